"""What is still missing or wrong in a set of answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from .applying import Applied
from .definition import FormDefinition
from .expressions import ExpressionError
from .question import Question, Rule, Section

UNKNOWN = "This cannot be worked out from these answers. Check the numbers."


@dataclass(frozen=True)
class Problem:
    section: Section
    question: Question
    message: str

    @property
    def words(self) -> str:
        """The message where the question does not stand beside it."""
        told = self.question.label in self.message
        return self.message if told else f"“{self.question.label}”: {self.message}"


class Checked:
    """A form with a set of answers, looked through once."""

    def __init__(self, form: FormDefinition, answers: Mapping[str, Any]) -> None:
        self.form, self.given = form, answers
        self.applied: Applied = form.apply(answers)

    @cached_property
    def messages(self) -> dict[str, list[str]]:
        """Question -> the sentences to show at it, its own first, then those of rules."""
        found: dict[str, list[str]] = {}
        for question in self.form.questions():
            if message := self._own(question):
                found.setdefault(question.key, []).append(message)
        for rule in self.form.rules:
            if message := self._broken(rule):
                found.setdefault(self._place(rule), []).append(message)
        return found

    def _own(self, question: Question) -> str:
        if question.key not in self.applied.shown or question.type.is_computed:
            return ""
        value = self.given.get(question.key)
        if question.type.is_empty(value):
            required = question.key in self.applied.required
            return question.type.missing(question.label) if required else ""
        return question.type.problem(value, question.options)

    def _broken(self, rule: Rule) -> str:
        try:
            kept = rule.expression.value(self.applied.readings)
        except ExpressionError:
            return UNKNOWN
        return rule.message if kept is False else ""

    def _place(self, rule: Rule) -> str:
        """The first question that it concerns and that is asked."""
        asked = (key for key in rule.concerns if key in self.applied.shown)
        return next(asked, rule.concerns[0])

    @property
    def problems(self) -> list[Problem]:
        """Everything that stands between these answers and a complete form, in its order."""
        return [
            Problem(section, question, message)
            for section in self.form.sections
            for question in section.questions
            for message in self.messages.get(question.key, [])
        ]

    def message(self, question: Question) -> str:
        """What to show at `question`, or nothing when its answer is complete."""
        return " ".join(self.messages.get(question.key, []))

    def section_state(self, section: Section) -> str:
        """`not_started`, `in_progress`, `complete`, or `not_asked` when nothing in it is."""
        shown = [q for q in section.questions if q.key in self.applied.shown]
        typed = [q for q in shown if not q.type.is_computed]
        if not shown:
            return "not_asked"
        if typed and all(q.type.is_empty(self.given.get(q.key)) for q in typed):
            return "not_started"
        if any(q.key in self.messages for q in shown):
            return "in_progress"
        return "complete"


def problems(form: FormDefinition, answers: Mapping[str, Any]) -> list[Problem]:
    """Everything that stands between these answers and a complete form, in its order."""
    return Checked(form, answers).problems
