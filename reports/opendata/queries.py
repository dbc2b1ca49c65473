"""The public register of grants: accepted offers of real and, marked, of sample programmes."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.http import Http404

from carefund.core import clock, years
from carefund.core.money import ZERO
from carefund.core.prepared import Prepared
from grants.awards.models import DeterminationShare, Offer, OfferLine
from grants.awards.queries import determined_shares
from grants.benefits.models import BenefitObservation
from grants.delivery.models import Milestone, Project

MOST_DETERMINATIONS = 50
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


def determinations(rows: QuerySet[DeterminationShare]) -> list[dict[str, Any]]:
    """The determinations that these grants belong to, with how many and how much."""
    named: dict[str, Any] = {
        **{name: F(f"determination__{name}") for name in ("reference", "title", "issued_at")},
        "programme": F("determination__programme__name"),
        "sample": F("determination__is_sample"),
    }
    grouped: Any = rows.order_by().values(**named)
    found = grouped.annotate(count=Count("pk"), total=Sum("amount"))
    return list(found.order_by("-issued_at", "reference")[:MOST_DETERMINATIONS])


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


def facet(name: str, wanted: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The choices of one filter with how many grants each would show beside the others."""
    others = {key: value for key, value in wanted.items() if key != name}
    rows = narrowed(grants(), others).order_by()
    if name == "year":
        days = [d for d in rows.values_list("answered_at", flat=True) if d]
        found = [years.financial_year(d.astimezone(clock.LONDON).date()) for d in days]
        each = sorted(set(found), reverse=True)
        return [(str(y), f"{years.label(y)} ({found.count(y)})") for y in each]
    code, label = FACETS[name]
    counted = rows.exclude(**{f"{code}__isnull": True}).values_list(code).annotate(n=Count("pk"))
    named = dict(counted.values_list(code, label).distinct())
    counts: dict[str, int] = {}
    for value, number in counted.values_list(code, "n"):
        counts[value] = counts.get(value, 0) + number
    return sorted(((c, f"{named[c]} ({n})") for c, n in counts.items()), key=lambda x: x[1])


def total(rows: QuerySet[Offer]) -> Decimal:
    return rows.order_by().aggregate(sum=Sum("amount"))["sum"] or ZERO


def by_region(rows: QuerySet[Offer]) -> dict[str, Decimal]:
    """Pounds by region code."""
    sums = rows.order_by().values_list("organisation__region__code").annotate(sum=Sum("amount"))
    return {code: amount for code, amount in sums if code}


def has_samples(rows: QuerySet[Offer]) -> bool:
    made_up = Q(is_sample=True) | Q(amount_precision__startswith="sample")
    return rows.order_by().filter(made_up).exists()


@dataclass(frozen=True)
class PublicProject:
    """What the public may know about a project: nothing of people, claims or assessments."""

    project: Project
    lines: list[OfferLine]
    milestones: list[Milestone]
    verified: list[BenefitObservation]

    @property
    def verified_sum(self) -> Decimal:
        return sum((seen.amount or ZERO for seen in self.verified), ZERO)

    @property
    def has_samples(self) -> bool:
        rows: tuple[Any, ...] = (*self.milestones, *self.verified, self.project, self.project.offer)
        precision = self.project.offer.amount_precision
        return any(row.is_sample for row in rows) or precision.startswith("sample")


_public = Prepared(
    lambda reference: Project.objects.select_related(
        "programme__funder",
        "organisation",
        "offer__organisation__region",
        "theme",
        "offer__bid__call",
    ).filter(offer__state="accepted", reference=reference)
)
_lines = Prepared(lambda offer: OfferLine.objects.filter(offer=offer))
_achieved = Prepared(
    lambda project: Milestone.objects.filter(project=project, state="achieved").order_by(
        "achieved_on", "position"
    )
)
_verified = Prepared(
    lambda project: (
        BenefitObservation.objects.filter(
            benefit__project=project, verification__accepted=True, superseded_by__isnull=True
        )
        .select_related("benefit")
        .order_by("pk")
    )
)


def public_project(reference: str) -> PublicProject:
    """Four queries. A reference that is not public is not found."""
    found = _public.first(reference=reference)
    if found is None:
        raise Http404
    beside = (
        _lines(offer=found.offer_id),
        _achieved(project=found.pk),
        _verified(project=found.pk),
    )
    return PublicProject(found, *beside)
