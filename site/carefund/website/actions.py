"""From the page of a call to a call that opens by itself."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify

from carefund.core.actors import Actor
from carefund.core.errors import Refused
from programmes.calls import actions as calls
from programmes.calls.models import Call

from .designer.design import design, problems, same
from .designer.standard import standard_stream
from .designer.writing import streams
from .models import CallAttachment, CallCriterion, CallIndexPage, CallPage, PageCutOff
from .page_forms import PREPARED, WHOLE

WORDS = ("title", "summary", "eligibility")
SAME = (
    *WORDS, "opens_at", "closes_at", "total", "smallest_award", "largest_award",
    "assessors_per_bid", "project_starts_on", "project_ends_on", "questions_until", "always_open",
    "invited_only", "several_bids_allowed", "assessors_read_all",
    "anonymous_assessment", "late_by_grace", "follows",
)  # fmt: skip


def prepare_call(*, page: CallPage, by: Actor) -> Call | None:
    """Make or bring up to date the draft call of a page; None while the page says too little.

    What is missing for the announcement does not matter yet.
    """
    try:
        with transaction.atomic():
            return _prepared(page, by)
    except (ValidationError, Refused):
        return page.call


def _prepared(page: CallPage, by: Actor) -> Call | None:
    if page.call_id is None:
        if not _says_enough(page):
            return None
        call = calls.create_call(programme=page.programme, code=page.slug, by=by, **_values(page))
        CallPage.objects.filter(pk=page.pk).update(call=call)
        page.call = call
    else:
        call = Call.objects.get(pk=page.call_id)
        if call.state not in PREPARED or not _says_enough(page):
            return call
        call = calls.update_call(call=call, by=by, **_values(page))
        page.call = call
    call.themes.set(page.themes.all())
    call.eligible_regions.set(page.regions.all())
    _bring_cut_offs(page, call)
    _bring_form(page, call, by, criteria=list(_criteria(page.criteria.all())))
    _bring_criteria(page, call, by)
    return call


def _says_enough(page: CallPage) -> bool:
    needed = [name for name in SAME if name not in {"questions_until", "follows"}]
    return bool(page.programme_id) and all(getattr(page, name) not in (None, "") for name in needed)


def announce_from_page(*, page: CallPage, by: Actor) -> Call | None:
    """Announce the call of a page that has just been published.

    Later publications correct its words. A call that is not ready is not announced, and then its
    page is not public either: `problems_with` says why, on its own page and in the editor.
    """
    with transaction.atomic():
        call = prepare_call(page=page, by=by)
        if call is None:
            return None
        if call.state not in PREPARED:
            values = {name: getattr(page, name) for name in WORDS}
            call = calls.update_call(call=call, by=by, **values)
            _correct_form(page, call, by)
            return call
        if page.form and problems(page):
            return call
        try:
            calls.announce(call=call, by=by)
        except calls.NotReady:
            return call
    page.call = call
    return call


def _correct_form(page: CallPage, call: Call, by: Actor) -> None:
    """A correction of a call in use is a new version of its form; a closed one keeps its own."""
    if call.is_open or call.state == "forecast":
        _bring_form(page, call, by)


def _values(page: CallPage) -> dict[str, Any]:
    values = {name: getattr(page, name) for name in SAME}
    return {**values, "eligible_kinds": [kind for kind in page.eligible_kinds.split(",") if kind]}


def _bring_cut_offs(page: CallPage, call: Call) -> None:
    wanted = {row.at for row in page.cut_offs.all()}
    if wanted == set(call.cut_offs.values_list("at", flat=True)):
        return
    call.cut_offs.all().delete()
    for moment in sorted(wanted):
        call.cut_offs.create(at=moment)


def _bring_form(
    page: CallPage, call: Call, by: Actor, criteria: list[dict[str, Any]] | None = None
) -> None:
    """The form of the call follows its page once it is sound; an empty one leaves the call's."""
    if not page.form or problems(page):
        return
    made = design(page)
    latest = call.forms.order_by("-version").first()
    # A form in use becomes a new version only if its people would notice.
    kept = latest and latest.frozen_at and same(latest.definition, made)
    if not kept and (latest is None or latest.definition != made):
        calls.save_form(call=call, definition=made, by=by, criteria=criteria)


def _bring_criteria(page: CallPage, call: Call, by: Actor) -> None:
    rows = list(_criteria(page.criteria.all()))
    if sum(row["weight"] for row in rows) != WHOLE:
        return
    fields = ("code", *rows[0])
    now = [{name: getattr(row, name) for name in fields} for row in call.criteria.all()]
    if now != [{name: row[name] for name in fields} for row in rows]:
        calls.save_criteria(call=call, criteria=rows, by=by)


def _criteria(criteria: Iterable[CallCriterion]) -> Iterable[dict[str, Any]]:
    for number, criterion in enumerate(criteria, 1):
        yield {
            "code": f"{number}-{slugify(criterion.title)}"[:40],
            "title": criterion.title,
            "guidance": criterion.guidance,
            "weight": criterion.weight,
            "highest_score": criterion.highest_score,
            "threshold": criterion.threshold,
            "descriptors": criterion.descriptors,
            "questions": list(criterion.questions),
        }


def page_of_copy(*, call: Call, source: Call) -> CallPage | None:
    """Give a call that was copied the page of the first, as a draft that nobody reads yet."""
    before = CallPage.objects.filter(call=source).first()
    index = CallIndexPage.objects.first()
    if before is None or index is None:
        return None
    page = CallPage(
        slug=call.code, live=False, call=call, programme=call.programme,
        eligible_kinds=",".join(call.eligible_kinds),
        **design_of(call),
        body=before.body, objectives=before.objectives, dates_note="",
        how_to_apply=before.how_to_apply, supporting_information=before.supporting_information,
        contact=before.contact, ggis_reference=before.ggis_reference,
        **{name: getattr(call, name) for name in SAME},
    )  # fmt: skip
    page.criteria = [criterion_of(row, number) for number, row in enumerate(call.criteria.all())]
    page.attachments = [
        CallAttachment(document=row.document, title=row.title, sort_order=number)
        for number, row in enumerate(before.attachments.all())
    ]
    page.cut_offs = [PageCutOff(at=row.at) for row in call.cut_offs.all()]
    index.add_child(instance=page)
    page.themes.set(call.themes.all())
    page.regions.set(call.eligible_regions.all())
    page.save()
    page.save_revision()
    return page


def design_of(call: Call) -> dict[str, list[dict[str, Any]]]:
    """The form of a call as its page has it, to be edited there."""
    latest = call.forms.order_by("-version").first()
    return streams(latest.definition) if latest else {"form": standard_stream()}


def criterion_of(row: Any, number: int) -> CallCriterion:
    """A criterion of a call as its page has it."""
    return CallCriterion(
        title=row.title,
        guidance=row.guidance,
        weight=row.weight,
        highest_score=row.highest_score,
        threshold=row.threshold,
        scale="\n".join(one["text"] for one in row.descriptors),
        questions=row.questions,
        sort_order=number,
    )
