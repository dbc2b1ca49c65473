"""A second phase begins with what was answered in the first."""

from typing import Any

from django.db import transaction

from carefund.core.actors import SYSTEM
from carefund.core.record import record
from carefund.questions.answers import Checked

from .. import queries
from ..models import Answer, Bid
from .answering import save_answers

FILES = "file"  # a file belongs to the bid that it was given with


def bring_answers(*, bid: Bid) -> list[Answer]:
    """Answer the questions that were asked in the first phase as the organisation did there.

    Only questions of the same key and type, and only what the new form takes: what it would
    refuse is left to be answered anew. Nobody is said to have prepared it.
    """
    first = queries.first_phase_bid(bid)
    if first is None:
        return []
    values = _same(bid, first)
    if not values:
        return []
    with transaction.atomic():
        saved = save_answers(bid=bid, values=values, revisions={}, by=SYSTEM)
        bid.refresh_from_db(fields=["prepared_by", "requested"])
        bid.prepared_by = bid.started_by
        bid.save(update_fields=["prepared_by"])
        record(
            "bid.bring_answers",
            bid,
            by=SYSTEM,
            changes={"answers from": (None, first.reference)},
        )
    return saved


def _same(bid: Bid, first: Bid) -> dict[str, Any]:
    form = queries.form_of(bid)
    asked = {question.key: question.kind for question in form.questions()}
    before = {question.key: question.kind for question in queries.form_of(first).questions()}
    values = {
        key: value
        for key, value in queries.submitted_answers(first).items()
        if key in asked and asked[key] == before.get(key) and not asked[key].startswith(FILES)
    }
    refused = {problem.question.key for problem in Checked(form, values).problems}
    return {key: value for key, value in values.items() if key not in refused}
