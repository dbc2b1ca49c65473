"""A form applied to answers: which questions are asked, which must be answered, what counts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .expressions import ExpressionError
from .question import Question


@dataclass
class Applied:
    """`answers` are those that count: of questions that are asked, and not empty.

    An answer to a question that is not asked is kept by whoever stores it, but nothing sees it:
    no condition, no rule, no total.
    """

    answers: dict[str, Any] = field(default_factory=dict)
    readings: dict[str, Any] = field(default_factory=dict)
    shown: set[str] = field(default_factory=set)
    required: set[str] = field(default_factory=set)
    # Question -> why it is not asked, as the end of a sentence.
    hidden: dict[str, str] = field(default_factory=dict)
    computed: dict[str, Any] = field(default_factory=dict)


def apply(
    questions: Iterable[Question], answers: Mapping[str, Any], facts: Mapping[str, Any]
) -> Applied:
    """One pass: conditions look only at questions asked before."""
    found, asked = Applied(readings=dict(facts)), {}
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
    kind = question.type
    found.readings[question.key] = kind.read(value, question.options)
    if not kind.is_blank(value):
        found.answers[question.key] = value


def _compute(question: Question, found: Applied) -> None:
    try:
        value = question.expression.value(found.readings) if question.expression else None
    except ExpressionError:
        value = None
    found.computed[question.key] = found.readings[question.key] = value
