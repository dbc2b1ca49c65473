"""A bid may begin with what was answered in an earlier one: of the first phase, or a chosen one."""

from typing import Any

from django.db import transaction

from carefund.core.actors import SYSTEM
from carefund.core.record import record
from carefund.questions.answers import Checked

from .. import queries
from ..models import Answer, Bid
from .answering import save_answers

FILES = "file"  # a file belongs to the bid that it was given with


def bring_answers(*, bid: Bid, source: Bid | None = None) -> list[Answer]:
    """Answer the questions that were asked before as the organisation did there.

    `source` is an earlier bid of the organisation; without one, its bid of the first phase.

    Only questions of the same key and type, and only what the new form takes: what it would
    refuse is left to be answered anew. Nobody is said to have prepared it.
    """
    before = source or queries.first_phase_bid(bid)
    if before is None:
        return []
    values = _same(bid, before)
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
            changes={"answers from": (None, before.reference)},
        )
    return saved


def _same(bid: Bid, before: Bid) -> dict[str, Any]:
    form = queries.form_of(bid)
    asked = {question.key: question.kind for question in form.questions()}
    then = {question.key: question.kind for question in queries.form_of(before).questions()}
    given = queries.submitted_answers(before) or queries.answers_of(before)
    values = {
        key: value
        for key, value in given.items()
        if key in asked and asked[key] == then.get(key) and not asked[key].startswith(FILES)
    }
    refused = {problem.question.key for problem in Checked(form, values).problems}
    return {key: value for key, value in values.items() if key not in refused}
