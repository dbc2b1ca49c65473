"""From a published page to a call that opens by itself."""

from typing import Any

from django.db import transaction
from django.utils.text import slugify

from carefund.core.actors import Actor
from programmes.calls import actions as calls
from programmes.calls.models import Call

from .designer.design import design
from .models import CallPage

SCALE = (
    (0, "Not answered"),
    (1, "Very weak: little evidence"),
    (2, "Weak: important gaps"),
    (3, "Sound: some gaps"),
    (4, "Good: small gaps only"),
    (5, "Excellent: complete and convincing"),
)


def announce_from_page(*, page: CallPage, by: Actor) -> Call:
    """Make or bring up to date the call of a page that has just been published.

    The first publication announces the call; later ones correct its words.
    """
    with transaction.atomic():
        if page.call_id is None:
            call = calls.create_call(
                programme=page.programme, code=page.slug, by=by, **_values(page)
            )
            CallPage.objects.filter(pk=page.pk).update(call=call)
            page.call = call
        else:
            call = calls.update_call(call=Call.objects.get(pk=page.call_id), by=by, **_values(page))
        if call.state in {"draft", "in_review"}:
            call.themes.set(page.themes.all())
            _save_form(page, call, by)
            calls.save_criteria(call=call, criteria=_criteria(page), by=by)
            calls.announce(call=call, by=by)
        else:
            _save_form(page, call, by)
    return call


def _save_form(page: CallPage, call: Call, by: Actor) -> None:
    """The form of the call follows its page; a page without a form leaves that of its call."""
    latest = call.forms.order_by("-version").first()
    if latest and (not page.form or latest.definition == design(page)):
        return
    calls.save_form(call=call, definition=design(page), by=by)


def _values(page: CallPage) -> dict[str, Any]:
    same = (
        "title",
        "summary",
        "opens_at",
        "closes_at",
        "total",
        "smallest_award",
        "largest_award",
        "eligibility",
        "assessors_per_bid",
        "project_starts_on",
        "project_ends_on",
    )
    values = {name: getattr(page, name) for name in same}
    return {**values, "eligible_kinds": page.eligible_kinds.split(",")}


def _criteria(page: CallPage) -> list[dict[str, Any]]:
    return [
        {
            "code": f"{number}-{slugify(criterion.title)}"[:40],
            "title": criterion.title,
            "guidance": criterion.guidance,
            "weight": criterion.weight,
            "descriptors": [{"score": score, "text": text} for score, text in SCALE],
        }
        for number, criterion in enumerate(page.criteria.all(), 1)
    ]
