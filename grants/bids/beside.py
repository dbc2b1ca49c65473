"""Two answers to one question beside each other, with what differs marked."""

from collections.abc import Mapping
from typing import Any

from carefund.questions.comparing import differing
from carefund.questions.definition import Question

from . import queries
from .models import Bid, ClarificationRequest


def beside(question: Question, first: Any, second: Any) -> dict[str, Any]:
    """`tables` and `differences` of answers that are tables, else `first` and `second` in pieces.

    For `bids/_beside.html`.
    """
    kind, options = question.type, question.options
    if kind.is_table:
        tables = [kind.table(value, options) for value in (first, second)]
        return {"tables": tables, "differences": kind.differences(first, second, options)}
    texts = [kind.display(value, options) for value in (first, second)]
    return {"first": differing(*texts), "second": differing(*reversed(texts))}


def corrections_of(request: ClarificationRequest, bid: Bid) -> list[dict[str, Any]]:
    """What a reply changed: each question with its answer before and after."""
    return corrections(bid, request.before, request.values)


def drafted(request: ClarificationRequest) -> list[tuple[str, str]]:
    """The answers in the draft of a reply, each with its question, in words."""
    asked = queries.form_of(request.bid).asked
    submitted = queries.submitted_answers(request.bid)
    return [
        (asked[key].label, _words(asked[key], value))
        for key, value in request.values.items()
        if key in asked and value != submitted.get(key)
    ]


def _words(question: Question, value: Any) -> str:
    kind, options = question.type, question.options
    rows = kind.table(value, options).rows if kind.is_table else []
    lines = [", ".join(filter(None, row)) for row in rows]
    return "\n".join(lines) or kind.display(value, options) or "Nothing"


def corrections(
    bid: Bid, before: Mapping[str, Any], after: Mapping[str, Any]
) -> list[dict[str, Any]]:
    asked = queries.form_of(bid).asked
    return [
        {"label": asked[key].label, **beside(asked[key], before.get(key), value)}
        for key, value in after.items()
        if key in asked
    ]
