"""The definition of a form: sections of questions, parsed once from JSON and then typed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from .conditions import Condition
from .types import QuestionType, question_type


class BadDefinition(ValueError):
    """A form that cannot be used; `problems` says why in sentences."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("; ".join(problems))


@dataclass(frozen=True)
class Question:
    key: str
    kind: str
    label: str
    hint: str = ""
    guidance: str = ""
    required: bool = True
    # What the type needs to know: word limit, choices, categories, years...
    options: Mapping[str, Any] = field(default_factory=dict)
    show_if: Condition | None = None

    @property
    def type(self) -> QuestionType:
        return question_type(self.kind)

    def is_shown(self, answers: Mapping[str, Any]) -> bool:
        return self.show_if is None or self.show_if.holds(answers)


@dataclass(frozen=True)
class Section:
    key: str
    title: str
    questions: tuple[Question, ...]
    group: str = ""
    introduction: str = ""


@dataclass(frozen=True)
class FormDefinition:
    sections: tuple[Section, ...]

    @classmethod
    def parse(cls, data: Mapping[str, Any]) -> "FormDefinition":
        """Read a stored definition. Raises `BadDefinition` naming everything that is wrong."""
        problems: list[str] = []
        sections = tuple(_section(item, problems) for item in data.get("sections", []))
        form = cls(sections)
        problems += _order_problems(form)
        if not sections:
            problems.append("The form has no section.")
        if problems:
            raise BadDefinition(problems)
        return form

    def questions(self) -> Iterator[Question]:
        for section in self.sections:
            yield from section.questions

    def question(self, key: str) -> Question:
        """The question with this key. Raises KeyError."""
        return next((q for q in self.questions() if q.key == key), None) or _missing(key)

    def section(self, key: str) -> Section:
        """The section with this key. Raises KeyError."""
        return next((s for s in self.sections if s.key == key), None) or _missing(key)

    def first(self, kind: str) -> Question | None:
        """The first question of a kind, such as the budget."""
        return next((q for q in self.questions() if q.kind == kind), None)


def _missing(key: str) -> Any:
    raise KeyError(key)


def _section(item: Mapping[str, Any], problems: list[str]) -> Section:
    title = item.get("title", "")
    if not item.get("key") or not title:
        problems.append("Every section needs a key and a title.")
    questions = tuple(_question(q, problems) for q in item.get("questions", []))
    if not questions:
        problems.append(f"Section “{title}” has no question.")
    return Section(
        key=item.get("key", ""),
        title=title,
        questions=questions,
        group=item.get("group", ""),
        introduction=item.get("introduction", ""),
    )


def _question(item: Mapping[str, Any], problems: list[str]) -> Question:
    label = item.get("label", "")
    if not item.get("key") or not label:
        problems.append("Every question needs a key and a label.")
    kind = item.get("kind", "")
    try:
        problems += question_type(kind).definition_problems(label, item.get("options", {}))
    except KeyError:
        problems.append(f"Question “{label}” is of the unknown type “{kind}”.")
    condition = item.get("show_if")
    return Question(
        key=item.get("key", ""),
        kind=kind,
        label=label,
        hint=item.get("hint", ""),
        guidance=item.get("guidance", ""),
        required=item.get("required", True),
        options=item.get("options", {}),
        show_if=Condition.parse(condition) if condition else None,
    )


def _order_problems(form: FormDefinition) -> list[str]:
    """Keys are unique, and a condition looks only at questions asked before."""
    problems, seen = [], set[str]()
    for question in form.questions():
        if question.key in seen:
            problems.append(f"Two questions have the key “{question.key}”.")
        if question.show_if and question.show_if.question not in seen:
            problems.append(
                f"Question “{question.label}” depends on “{question.show_if.question}”, "
                "which is not asked before it."
            )
        seen.add(question.key)
    sections = [section.key for section in form.sections]
    problems += [
        f"Two sections have the key “{k}”." for k in set(sections) if sections.count(k) > 1
    ]
    return problems
