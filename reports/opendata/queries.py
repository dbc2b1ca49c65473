"""The public register of grants: accepted offers of real and, marked, of sample programmes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Case, Count, F, Q, QuerySet, Sum, When
from django.db.models.functions import ExtractMonth, ExtractYear
from django.db.models.lookups import GreaterThanOrEqual
from django.http import Http404

from carefund.core import clock, years
from carefund.core.counted import PAGE
from carefund.core.money import ZERO
from carefund.core.prepared import Prepared
from grants.awards.models import DeterminationShare, Offer, OfferLine
from grants.awards.queries import determined_shares
from grants.benefits.models import BenefitObservation
from grants.delivery.models import Milestone, Project

MOST_DETERMINATIONS = 50
APRIL = 4
MADE_UP = Q(is_sample=True) | Q(amount_precision__startswith="sample")
SORTS = {
    "organisation": ("organisation__name", "pk"),
    "amount": ("amount", "pk"),
    "date": ("answered_at", "pk"),
    "programme": ("bid__call__programme__name", "pk"),
}
RELATED = ("bid__call__programme__funder", "bid__theme", "organisation__region", "project")
FACETS = {
    "programme": ("bid__call__programme__code", "bid__call__programme__name"),
    "region": ("organisation__region__code", "organisation__region__name"),
    "theme": ("bid__theme__code", "bid__theme__name"),
}


def grants() -> QuerySet[Offer]:
    """Accepted offers, newest first."""
    rows = Offer.objects.filter(state="accepted", project__isnull=False)
    rows = rows.select_related(*RELATED).prefetch_related("organisation__names")
    return rows.order_by("-answered_at", "-pk")


class Shown(NamedTuple):
    """What the register shows of a grant; pounds."""

    title: str
    reference: str
    organisation: str
    programme: str
    awarded_at: datetime | None
    amount: Decimal
    precision: str
    is_sample: bool


SHOWN = (
    *("project__title", "project__reference", "organisation__short_name"),
    *("bid__call__programme__name", "answered_at", "amount", "amount_precision", "is_sample"),
)


def shown(rows: Iterable[Offer]) -> list[Shown]:
    return [
        Shown(
            row.project.title,
            row.project.reference,
            row.organisation.short_name,
            row.bid.call.programme.name,
            row.answered_at,
            row.amount,
            row.amount_precision,
            row.is_sample,
        )
        for row in rows
    ]


def newest() -> list[Shown]:
    """The first page of the whole register."""
    return [Shown(*row) for row in _newest()]


def _first_page() -> QuerySet[Any, Any]:
    rows = grants().prefetch_related(None).select_related(None)
    first = Offer.objects.filter(pk__in=rows.values("pk")[:PAGE])
    return first.order_by("-answered_at", "-pk").values_list(*SHOWN)


_newest = Prepared(_first_page)


def narrowed(rows: QuerySet[Offer], wanted: Mapping[str, Any]) -> QuerySet[Offer]:
    """The grants that match a search and filters; what is empty does not narrow."""
    if words := wanted.get("q"):
        rows = rows.filter(
            Q(project__title__icontains=words)
            | Q(project__summary__icontains=words)
            | Q(organisation__name__icontains=words)
            | Q(pk__in=_formerly_named(words))
            | Q(project__reference__iexact=words)
        )
    for name, (code, _) in FACETS.items():
        if chosen := wanted.get(name):
            rows = rows.filter(**{f"{code}__in": chosen})
    if chosen := wanted.get("year"):
        rows = rows.filter(_in_years([int(year) for year in chosen]))
    return rows


def determined(wanted: Mapping[str, Any]) -> QuerySet[DeterminationShare]:
    """Section 31 grants to single authorities that match the same search and filters.

    They belong to no theme.
    """
    rows = determined_shares()
    if words := wanted.get("q"):
        rows = rows.filter(
            Q(determination__title__icontains=words)
            | Q(organisation__name__icontains=words)
            | Q(determination__reference__iexact=words)
        )
    if chosen := wanted.get("programme"):
        rows = rows.filter(determination__programme__code__in=chosen)
    if chosen := wanted.get("region"):
        rows = rows.filter(organisation__region__code__in=chosen)
    if chosen := wanted.get("year"):
        rows = rows.filter(_in_years([int(y) for y in chosen], "determination__issued_at"))
    return rows.none() if wanted.get("theme") else rows


def determinations(wanted: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The determinations that the grants found belong to, with how many and how much."""
    rows = _by_determination(determined(wanted)) if any(wanted.values()) else _determinations()
    return [dict(zip(DETERMINATION, row, strict=True)) for row in rows]


def _by_determination(shares: QuerySet[DeterminationShare]) -> QuerySet[Any, Any]:
    named: dict[str, Any] = {
        **{name: F(f"determination__{name}") for name in ("reference", "title", "issued_at")},
        "programme": F("determination__programme__name"),
        "sample": F("determination__is_sample"),
    }
    grouped: Any = shares.order_by().values(**named)
    found = grouped.annotate(count=Count("pk"), total=Sum("amount")).values_list(*DETERMINATION)
    return found.order_by("-issued_at", "reference")[:MOST_DETERMINATIONS]


DETERMINATION = ("reference", "title", "issued_at", "programme", "sample", "count", "total")
_determinations = Prepared(lambda: _by_determination(determined({})))


def _formerly_named(words: str) -> QuerySet[Any, Any]:
    return Offer.objects.filter(organisation__names__name__icontains=words).values("pk")


def _in_years(wanted: list[int], moment: str = "answered_at") -> Q:
    found = Q(pk__in=[])
    for year in wanted:
        first = clock.end_of_day(years.last_day(year - 1))
        last = clock.end_of_day(years.last_day(year))
        found |= Q(**{f"{moment}__gt": first, f"{moment}__lte": last})
    return found


def ordered(rows: QuerySet[Offer], sort: str) -> QuerySet[Offer]:
    order = SORTS.get(sort.removeprefix("-"))
    if order is None:
        return rows
    sign = "-" if sort.startswith("-") else ""
    return rows.order_by(*(sign + field for field in order))


Group = dict[str, Any]


@dataclass(frozen=True)
class Tally:
    """What the grants that match a search come to, and what each filter would offer."""

    groups: list[Group]
    facets: dict[str, list[tuple[str, str]]]

    @property
    def count(self) -> int:
        return sum(group["number"] for group in self.groups)

    @property
    def total(self) -> Decimal:
        """Pounds."""
        return sum((group["pounds"] for group in self.groups), ZERO)

    @property
    def by_region(self) -> dict[str, Decimal]:
        """Pounds by region code."""
        found: dict[str, Decimal] = {}
        for group in self.groups:
            if code := group["region"]:
                found[code] = found.get(code, ZERO) + group["pounds"]
        return found

    @property
    def has_samples(self) -> bool:
        return any(group["made_up"] for group in self.groups)


def tally(wanted: Mapping[str, Any]) -> Tally:
    """One query, and one more for each filter that is used: its choices are counted without it."""
    groups = _groups(wanted)
    facets = {}
    for name in (*FACETS, "year"):
        others = {key: value for key, value in wanted.items() if key != name}
        facets[name] = _choices(name, _groups(others) if wanted.get(name) else groups)
    return Tally(groups, facets)


def _groups(wanted: Mapping[str, Any]) -> list[Group]:
    """Grants by all that they are filtered by, with how many and how much."""
    rows = _grouped(narrowed(grants(), wanted)) if any(wanted.values()) else _all_groups()
    return [dict(zip(GROUP, row, strict=True)) for row in rows]


def _grouped(found: QuerySet[Offer]) -> QuerySet[Any, Any]:
    rows: Any = found.select_related(None).prefetch_related(None).order_by()
    month = ExtractMonth("answered_at", tzinfo=clock.LONDON)
    begins = ExtractYear("answered_at", tzinfo=clock.LONDON) - Case(
        When(GreaterThanOrEqual(month, APRIL), then=0), default=1
    )
    by = {name: F(code) for name, (code, _) in FACETS.items()}
    named = {f"{name}_name": F(label) for name, (_, label) in FACETS.items()}
    made_up = Count("pk", filter=MADE_UP)
    grouped = rows.values(year=begins, **by, **named)
    summed: Any = grouped.annotate(number=Count("pk"), pounds=Sum("amount"), made_up=made_up)
    return summed.values_list(*GROUP)


GROUP = ("year", *FACETS, *(f"{name}_name" for name in FACETS), "number", "pounds", "made_up")
_all_groups = Prepared(lambda: _grouped(grants()))


def _choices(name: str, groups: list[Group]) -> list[tuple[str, str]]:
    """The choices of one filter with how many grants each would show beside the others."""
    counts: dict[Any, int] = {}
    for group in groups:
        counts[group[name]] = counts.get(group[name], 0) + group["number"]
    counts.pop(None, None)
    if name == "year":
        newest = sorted(counts.items(), reverse=True)
        return [(str(year), f"{years.label(year)} ({number})") for year, number in newest]
    names = {group[name]: group[f"{name}_name"] for group in groups}
    return sorted(((c, f"{names[c]} ({n})") for c, n in counts.items()), key=lambda pair: pair[1])


class Verified(NamedTuple):
    """What was measured of a benefit and verified since; pounds where it has a price."""

    title: str
    unit: str
    amount: Decimal | None
    improvement: Decimal
    begins: date
    ends: date
    is_sample: bool
    of_a_sample: bool


class Achieved(NamedTuple):
    title: str
    on: date | None
    is_sample: bool


@dataclass(frozen=True)
class PublicProject:
    """What the public may know about a project: nothing of people, claims or assessments."""

    project: Project
    lines: list[OfferLine]
    milestones: list[Achieved]
    verified: list[Verified]

    @property
    def verified_sum(self) -> Decimal:
        return sum((seen.amount or ZERO for seen in self.verified), ZERO)

    @property
    def has_samples(self) -> bool:
        offer = self.project.offer
        rows: tuple[Any, ...] = (self.project, offer, *self.milestones, *self.verified)
        return any(row.is_sample for row in rows) or offer.amount_precision.startswith("sample")


_public = Prepared(
    lambda reference: Project.objects.select_related(
        "programme__funder",
        "organisation",
        "offer__organisation__region",
        "theme",
        "offer__bid__call",
    ).filter(offer__state="accepted", reference=reference)
)
OBSERVED = (
    *("benefit__title", "benefit__unit", "amount", "improvement"),
    *("period_starts_on", "period_ends_on", "is_sample", "benefit__is_sample"),
)
_lines = Prepared(lambda offer: OfferLine.objects.filter(offer=offer))
_achieved = Prepared(
    lambda project: (
        Milestone.objects.filter(project=project, state="achieved")
        .order_by("achieved_on", "position")
        .values_list("title", "achieved_on", "is_sample")
    )
)
_verified = Prepared(
    lambda project: (
        BenefitObservation.objects.filter(
            benefit__project=project, verification__accepted=True, superseded_by__isnull=True
        )
        .order_by("pk")
        .values_list(*OBSERVED)
    )
)


def public_project(reference: str) -> PublicProject:
    """Four queries. A reference that is not public is not found."""
    found = _public.first(reference=reference)
    if found is None:
        raise Http404
    achieved = [Achieved(*row) for row in _achieved(project=found.pk)]
    verified = [Verified(*row) for row in _verified(project=found.pk)]
    return PublicProject(found, _lines(offer=found.offer_id), achieved, verified)
