from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from carefund.core.sheets import Cell, Sheet
from programmes.calls.models import Call

from .models import Bid, Submission
from .queries import read_form

AT_A_TIME = 500


class BidSheet(Sheet):
    reference = Cell("reference", "Reference")
    organisation = Cell("organisation__name", "Organisation")
    org_id = Cell("organisation__org_id", "Organisation identifier")
    region = Cell("organisation__region__name", "Region")
    title = Cell("title", "Title")
    programme = Cell("call__programme__name", "Programme")
    call = Cell("call__title", "Call")
    theme = Cell("theme__name", "Theme")
    state = Cell("status__label", "State")
    requested = Cell("requested", "Requested in pounds")
    score = Cell("score", "Score in per cent")
    submitted = Cell("submitted_at", "Submitted (UK time)")
    sample = Cell("is_sample", "Sample data")


def answers_table(call: Call, bids: QuerySet[Bid]) -> Iterator[list[Any]]:
    """Headings, then for each bid the answers that it submitted, as the latest form asks them."""
    version = call.forms.order_by("-version").first()
    form = read_form(version, call) if version else None
    asked = list(form.questions()) if form else []
    yield [
        *("Reference", "Organisation", "Title", "Form version"),
        *(heading for q in asked for heading in q.type.headings(q.label, q.options)),
    ]
    rows = bids.select_related("organisation", "form").prefetch_related("submissions", "answers")
    for bid in rows.iterator(chunk_size=AT_A_TIME):
        applied = form.apply(_submitted(bid)) if form else None
        values = {**applied.answers, **applied.computed} if applied else {}
        cells = (cell for q in asked for cell in q.type.cells(values.get(q.key), q.options))
        yield [bid.reference, bid.organisation.name, bid.title, bid.form.version, *cells]


def _submitted(bid: Bid) -> dict[str, Any]:
    submissions: list[Submission] = sorted(bid.submissions.all(), key=lambda row: row.number)
    if submissions:
        return dict(submissions[-1].content["answers"])
    return {answer.question: answer.value for answer in bid.answers.all()}
