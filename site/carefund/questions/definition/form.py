import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Any

from ..applying import Applied, apply
from ..question import Question, Rule, Screening, Section
from .dependents import Dependent, dependents
from .faults import BadDefinition
from .reading import Reader


@dataclass(frozen=True)
class FormDefinition:
    sections: tuple[Section, ...]
    rules: tuple[Rule, ...] = ()
    eligibility: tuple[Screening, ...] = ()
    # What expressions may know of the call: name -> value.
    facts: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def parse(cls, data: Any, facts: Mapping[str, Any] | None = None) -> "FormDefinition":
        """Read a stored definition. Raises `BadDefinition` naming everything that is wrong."""
        reader = Reader(data)
        sections = reader.sections()
        eligibility = reader.eligibility()
        # Rules speak of questions: those that cannot be read would be told twice.
        rules = () if reader.faults else reader.rules()
        if reader.faults:
            raise BadDefinition(reader.faults)
        return cls(sections, rules, eligibility, dict(facts or {}))

    @classmethod
    def stored(cls, data: Any, facts: Mapping[str, Any] | None = None) -> "FormDefinition":
        """`parse` for what a database gave back as JSON: a form read lately is known still."""
        return cls.written(json.dumps(data), facts)

    @classmethod
    def written(cls, text: str, facts: Mapping[str, Any] | None = None) -> "FormDefinition":
        """The same for what a database gave back as text, which is not taken apart for it."""
        return _with_facts(text, tuple((facts or {}).items()))

    def questions(self) -> Iterator[Question]:
        for section in self.sections:
            yield from section.questions

    @cached_property
    def asked(self) -> dict[str, Question]:
        """Every question by its key."""
        return {question.key: question for question in self.questions()}

    def question(self, key: str) -> Question:
        """The question with this key. Raises KeyError."""
        return self.asked[key]

    def section(self, key: str) -> Section:
        """The section with this key. Raises KeyError."""
        return {section.key: section for section in self.sections}[key]

    def section_of(self, key: str) -> Section:
        """The section in which the question with this key stands. Raises KeyError."""
        return next(s for s in self.sections if self.asked[key] in s.questions)

    def first(self, kind: str) -> Question | None:
        """The first question of a kind, such as the budget."""
        return next((q for q in self.questions() if q.kind == kind), None)

    def apply(self, answers: Mapping[str, Any]) -> Applied:
        """Which questions these answers lead to, and what counts of them."""
        return apply(self.questions(), answers, self.facts)

    def counted(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        """The answers of questions that are asked; what is kept besides is left out."""
        return self.apply(answers).answers

    def dependents(self, key: str, criteria: Any = ()) -> list[Dependent]:
        """What uses the question: conditions, totals, rules, and `criteria` (title, questions)."""
        return dependents(self, key, criteria)


@lru_cache(maxsize=32)
def _with_facts(text: str, facts: tuple[tuple[str, Any], ...]) -> FormDefinition:
    return replace(_read(text), facts=dict(facts))


@lru_cache(maxsize=32)
def _read(text: str) -> FormDefinition:
    """Nothing of it changes: what makes another form is another text."""
    return FormDefinition.parse(json.loads(text))
