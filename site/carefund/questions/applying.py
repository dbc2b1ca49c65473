"""A form applied to answers: which questions are asked, which must be answered, what counts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .expressions import ExpressionError
from .question import Question


class Readings(dict[str, Any]):
    """What rules and conditions see of each answer: read when one of them looks at it."""

    def __getitem__(self, key: str) -> Any:
        found = super().__getitem__(key)
        if type(found) is _Unread:
            found = self[key] = found.question.type.read(found.value, found.question.options)
        return found

    def get(self, key: str, default: Any = None) -> Any:
        if key in self:
            return self[key]
        return default


@dataclass(frozen=True, slots=True)
class _Unread:
    question: Question
    value: Any


@dataclass
class Applied:
    """`answers` are those that count: of questions that are asked, and not empty.

    An answer to a question that is not asked is kept by whoever stores it, but nothing sees it:
    no condition, no rule, no total.
    """

    answers: dict[str, Any] = field(default_factory=dict)
    readings: Readings = field(default_factory=Readings)
    shown: set[str] = field(default_factory=set)
    required: set[str] = field(default_factory=set)
    # Question -> why it is not asked, as the end of a sentence.
    hidden: dict[str, str] = field(default_factory=dict)
    computed: dict[str, Any] = field(default_factory=dict)


def apply(
    questions: Iterable[Question], answers: Mapping[str, Any], facts: Mapping[str, Any]
) -> Applied:
    """One pass: conditions look only at questions asked before."""
    found, asked = Applied(readings=Readings(facts)), {}
    for question in questions:
        asked[question.key] = question
        condition = question.show_if
        if condition is not None and not condition.holds(found.readings):
            found.hidden[question.key] = condition.sentence(asked)
            found.readings[question.key] = None
            continue
        found.shown.add(question.key)
        if question.expression:
            _compute(question, found)
            continue
        _count(question, answers.get(question.key), found)
    return found


def _count(question: Question, value: Any, found: Applied) -> None:
    if question.require_if.holds(found.readings) if question.require_if else question.required:
        found.required.add(question.key)
    found.readings[question.key] = _Unread(question, value)
    if not question.type.is_blank(value):
        found.answers[question.key] = value


def _compute(question: Question, found: Applied) -> None:
    try:
        value = question.expression.value(found.readings) if question.expression else None
    except ExpressionError:
        value = None
    found.computed[question.key] = found.readings[question.key] = value
