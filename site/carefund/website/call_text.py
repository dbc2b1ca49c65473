"""What the page of a call says beyond its fields: contents, questions, data for machines."""

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from carefund.core.clock import LONDON
from carefund.core.paths import path_to
from carefund.core.prepared import Prepared
from programmes.calls.models import Call, CallUpdate, Clarification, Criterion, CutOff
from programmes.organisations.models import Region
from programmes.standards.queries import demands_by

from .page_forms import PREPARED

# Inside a script element, so that no text of ours can end it.
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}
# What stands beside a call: rows by the call. Most calls have few of these.
BESIDE: dict[str, Callable[[Any], QuerySet[Any]]] = {
    "levels": demands_by,
    "updates": lambda call: CallUpdate.objects.filter(call=call),
    "answers": lambda call: Clarification.objects.filter(call=call, state="published"),
    "cut_offs": lambda call: CutOff.objects.filter(call=call),
    "criteria": lambda call: Criterion.objects.filter(call=call),
    "places": lambda call: Region.objects.filter(pk__in=_regions(call).values("region")),
    "next_phase": lambda call: Call.objects.public().filter(follows=call).select_related("page"),
}
_beside = {name: Prepared(rows) for name, rows in BESIDE.items()}


def with_what_there_is(pages: QuerySet[Any]) -> QuerySet[Any]:
    """Pages that know what of `BESIDE` their call surely has none of."""
    rows = {**BESIDE, "places": _regions}
    there = {_known(name): Exists(rows[name](OuterRef("call"))) for name in BESIDE}
    return pages.annotate(**there)


def _regions(call: Any) -> QuerySet[Any]:
    return Call.eligible_regions.through.objects.filter(call=call)


def _known(name: str) -> str:
    return f"there_are_{name}"


def beside(page: Any, name: str) -> list[Any]:
    if getattr(page, _known(name), True):
        return _beside[name](call=page.call.pk)
    return []


def context_of(page: Any, request: Any) -> dict[str, Any]:
    call = page.call
    extra: dict[str, Any] = {"kinds": page.kinds, "updates": [], "answers": []}
    if call is not None:
        extra["levels"] = beside(page, "levels")
    if call is not None and call.state not in PREPARED:
        extra |= {name: beside(page, name) for name in BESIDE}
        extra |= {"announced": True, "dates": call, "first_phase": call.follows}
        extra["structured"] = structured(page, request, extra["places"])
    else:  # nobody but editors reads it yet: what they typed, which the call may not hold
        extra |= {"announced": False, "dates": page, "first_phase": page.follows}
        extra |= {"cut_offs": list(page.cut_offs.all()), "places": list(page.regions.all())}
        extra["criteria"] = list(page.criteria.all())
    extra["documents"] = _documents(page)
    extra["contents"] = list(contents(page, extra))
    above = _address(page, request).removesuffix("/").rpartition("/")[0]
    extra["list_url"] = f"{above}/"
    return extra


def _documents(page: Any) -> list[Any]:
    if not getattr(page, _known("documents"), True):
        return []
    return [row for row in page.attachments.all() if row.document_id]


def _address(page: Any, request: Any) -> str:
    """Where the page stands: where it was found, if it was found by its address."""
    return request.path if page.is_open_to_all else page.url or ""


def contents(page: Any, extra: dict[str, Any]) -> Any:
    """(anchor, words) of the parts of the page that there are."""
    for block in page.body:
        if block.block_type == "heading":
            yield slugify(block.value), block.value
    if page.objectives:
        yield "objectives", "Objectives"
    yield "who", "Who can bid"
    yield "how-much", "How much you can ask for"
    yield "criteria", "How bids are assessed"
    yield "dates", "Dates"
    yield "how", "How to apply"
    if page.supporting_information or extra["documents"]:
        yield "documents", "Supporting information"
    yield "questions", "Questions and answers"
    if extra["updates"]:
        yield "updates", "Updates"


def structured(page: Any, request: Any, places: Sequence[Region]) -> SafeString:
    """The call for search engines, as schema.org has it; a data block, which no policy runs."""
    call, programme = page.call, page.programme
    here = _address(page, request)
    address = request.build_absolute_uri(here) if here else ""
    funder = {"@type": "GovernmentOrganization", "name": str(programme.funder)}
    grant = {
        "@type": "MonetaryGrant",
        "@id": f"{address}#grant",
        "name": page.title,
        "description": page.summary,
        "identifier": call.code,
        "url": address,
        "amount": {
            "@type": "MonetaryAmount",
            "currency": "GBP",
            "minValue": _number(call.smallest_award),
            "maxValue": _number(call.largest_award),
        },
        "funder": funder,
    }
    data = {
        "@context": "https://schema.org",
        # A grant cannot point at the service that gives it; the service says what comes of it.
        "@graph": [grant, _service(page, request, places, funder, grant["@id"])],
    }
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(ESCAPES))


def _service(
    page: Any, request: Any, places: Sequence[Region], funder: dict[str, Any], grant: Any
) -> dict[str, Any]:
    """Bidding to the call: for whom, where, from when and until when."""
    call = page.call
    return {
        "@type": "GovernmentService",
        "name": f"Bid to {page.title}",
        "serviceType": "Grant",
        "serviceOutput": {"@id": grant},
        "audience": {"@type": "Audience", "audienceType": ", ".join(map(str, page.kinds))},
        "areaServed": [row.name for row in places] or ["England"],
        "hoursAvailable": {
            "@type": "OpeningHoursSpecification",
            "validFrom": _moment(call.opens_at),
            "validThrough": _moment(call.closes_at),
        },
        "availableChannel": {
            "@type": "ServiceChannel",
            "serviceUrl": request.build_absolute_uri(path_to("bids:start", call.code)),
        },
        "provider": funder,
    }


def _number(amount: Decimal) -> int | float:
    """Whole pounds as such; pence are exact enough for a search engine."""
    return int(amount) if amount == int(amount) else float(amount)


def _moment(value: datetime) -> str:
    return value.astimezone(LONDON).isoformat(timespec="seconds")
