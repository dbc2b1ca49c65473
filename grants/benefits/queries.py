from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from carefund.core.prepared import Prepared
from carefund.files.models import StoredFile
from carefund.files.queries import files_of
from grants.delivery.models import Project

from .models import BenefitForecast, BenefitObservation, BenefitProfile, Verification
from .valuing import months

NOTHING = Decimal("0.00")


@dataclass(frozen=True)
class BenefitView:
    """A benefit with the forecasts and observations that stand now, in pounds."""

    benefit: BenefitProfile
    forecasts: list[BenefitForecast]
    observations: list[BenefitObservation]

    @property
    def promised(self) -> Decimal:
        return sum((f.amount for f in self.forecasts), NOTHING)

    @property
    def measured(self) -> Decimal:
        """Worth of what was recorded and not refused."""
        rows = (o for o in self.observations if found_of(o) is not False)
        return sum((o.amount or NOTHING for o in rows), NOTHING)

    @property
    def verified(self) -> Decimal:
        rows = (o for o in self.observations if found_of(o))
        return sum((o.amount or NOTHING for o in rows), NOTHING)

    @property
    def latest(self) -> BenefitObservation | None:
        return max(self.observations, key=lambda o: o.period_ends_on, default=None)


def found_of(observation: BenefitObservation) -> bool | None:
    """Whether an observation was accepted; None while nobody has decided."""
    verification = getattr(observation, "verification", None)
    return verification.accepted if verification else None


def views_of(benefits: QuerySet[BenefitProfile], *, sums_only: bool = False) -> list[BenefitView]:
    """Benefits with what stands now; three queries, however many.

    `sums_only`: what is asked of their observations is only whether they were accepted.
    """
    standing = still_standing(BenefitObservation.objects.all())
    standing = standing.select_related("verification") if sums_only else for_lists(standing)
    current = BenefitForecast.objects.filter(superseded_by__isnull=True)
    # Two calls: the type checker mixes up what two prefetches of one call bring.
    rows = benefits.prefetch_related(Prefetch("forecasts", current, "current")).prefetch_related(
        Prefetch("observations", standing, "standing")
    )
    return [
        BenefitView(
            b,
            sorted(b.current, key=lambda f: f.financial_year),
            sorted(b.standing, key=lambda o: o.period_starts_on),
        )
        for b in rows.order_by("project", "number")
    ]


def of_project(project: Project, *, sums_only: bool = False) -> list[BenefitView]:
    if not sums_only:
        rows = BenefitProfile.objects.filter(project=project).select_related("project")
        return views_of(rows)
    found = {b.pk: BenefitView(b, [], []) for b in _benefits(project=project.pk)}
    for forecast in _forecasts(project=project.pk):
        found[forecast.benefit_id].forecasts.append(forecast)
    for observation in _observations(project=project.pk):
        found[observation.benefit_id].observations.append(observation)
    for view in found.values():
        view.benefit.project = project
    return list(found.values())


_benefits = Prepared(
    lambda project: BenefitProfile.objects.filter(project=project).order_by("number")
)
_forecasts = Prepared(
    lambda project: (
        BenefitForecast.objects.filter(benefit__project=project, superseded_by__isnull=True)
        .only("benefit", "financial_year", "amount")
        .order_by("financial_year", "pk")
    )
)
_observations = Prepared(
    lambda project: (
        still_standing(BenefitObservation.objects.filter(benefit__project=project))
        .select_related("verification")
        .only("benefit", "measured", "amount", "period_ends_on", "verification__accepted")
        .order_by("period_starts_on", "pk")
    )
)


def for_lists(observations: QuerySet[BenefitObservation]) -> QuerySet[BenefitObservation]:
    return observations.select_related(
        "benefit__project__organisation", "benefit__project__programme", "recorded_by"
    ).select_related("verification__verified_by")


def to_verify(benefits: QuerySet[BenefitProfile]) -> QuerySet[BenefitObservation]:
    """The observations that stand now; `verification` is None where nobody has decided."""
    return for_lists(still_standing(BenefitObservation.objects.filter(benefit__in=benefits)))


def still_standing(observations: QuerySet[BenefitObservation]) -> QuerySet[BenefitObservation]:
    # NOT EXISTS rather than a join: PostgreSQL then sees that nearly all remain.
    later = BenefitObservation.objects.filter(supersedes=OuterRef("pk"))
    return observations.filter(~Exists(later))


def undecided(observations: QuerySet[BenefitObservation]) -> QuerySet[BenefitObservation]:
    return observations.filter(~Exists(Verification.objects.filter(observation=OuterRef("pk"))))


def evidence_of(observation: BenefitObservation) -> QuerySet[StoredFile]:
    return files_of(observation, "evidence")


@dataclass(frozen=True)
class Working:
    """How the worth of an observation was computed, number by number."""

    units: Decimal
    unit: str
    unit_value: Decimal | None
    attribution: int
    part: str
    amount: Decimal | None


def _part_of_year(length: Decimal) -> str:
    """In whole numbers, so that whoever multiplies comes to the same amount."""
    if length == int(length):
        return f"{int(length)} of 12 months"
    return f"{round(length * 30)} of 360 days, 30 for each month,"


def working_of(observation: BenefitObservation) -> Working:
    benefit = observation.benefit
    starts: date = observation.period_starts_on
    length = months(starts, observation.period_ends_on)
    return Working(
        observation.improvement,
        benefit.unit,
        benefit.unit_value,
        benefit.attribution,
        _part_of_year(length),
        observation.amount,
    )
