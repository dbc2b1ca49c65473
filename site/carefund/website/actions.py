"""From a published page to a call that opens by itself."""

from typing import Any

from django.db import transaction
from django.utils.text import slugify

from carefund.core import years
from carefund.core.actors import Actor
from programmes.calls import actions as calls
from programmes.calls.models import Call
from programmes.calls.standard_form import definition

from .blocks import question_definitions
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
            calls.save_form(call=call, definition=_form(page), by=by)
            calls.save_criteria(call=call, criteria=_criteria(page), by=by)
            calls.announce(call=call, by=by)
    return call


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


def _form(page: CallPage) -> dict[str, Any]:
    first = years.financial_year(page.project_starts_on)
    last = years.financial_year(page.project_ends_on)
    return definition(
        years=range(first, last + 1),
        smallest=page.smallest_award,
        largest=page.largest_award,
        extra_questions=question_definitions(page.extra_questions),
    )


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
