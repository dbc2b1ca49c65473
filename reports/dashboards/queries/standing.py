"""Where organisations stand in digital standards: one profile, and all of a programme."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from carefund.core import clock
from programmes.funds.models import Programme
from programmes.organisations.models import Organisation
from programmes.standards.models import SelfAssessment, Standard
from programmes.standards.queries import FEWEST, Part, Profile, latest_for_lists, tally, whole
from programmes.standards.queries import profile as profile_of
from reports.charts.spread import SpreadChart, Standing

STEPS = 4


@dataclass(frozen=True)
class Standings:
    """A profile with its chart."""

    profile: Profile
    chart: SpreadChart


def standings(organisation: Organisation, code: str) -> Standings | None:
    """None before the organisation has submitted anything of the catalogue."""
    found = profile_of(organisation, code)
    return Standings(found, _chart(found)) if found else None


def _chart(profile: Profile) -> SpreadChart:
    this, national = profile.this, profile.national
    note = (
        f"The middle half of {national.organisations} organisations, by what each submitted last"
        if national.enough
        else f"The national spread is shown from {FEWEST} organisations on, so that it tells "
        "nothing of a single one"
    )
    before = profile.previous
    return SpreadChart(
        title=f"Where does {this.organisation.short_name} stand in each measure?",
        source=f"Self-assessments, {this.standard.name}, version {this.standard.version}",
        as_at=clock.today(),
        note=note,
        sample=this.is_sample or national.sample,
        category="Measure",
        names=(
            f"Submitted {_day(this)}",
            f"The time before, {_day(before)}" if before else "The time before",
            "Middle half of all, line: the middle",
        ),
        steps=max([STEPS, *(p.answer.level.level for p in profile.parts if p.answer)]),
        rows=tuple(_row(part, profile) for part in profile.parts),
    )


def _day(row: SelfAssessment) -> str:
    return f"{row.submitted_at.astimezone(clock.LONDON):%-d %B %Y}" if row.submitted_at else ""


def _row(part: Part, profile: Profile) -> Standing:
    spread = profile.national.spread.get(part.measure.code)
    return Standing(
        str(part.measure),
        part.answer.level.level if part.answer else None,
        part.before.level if part.before else None,
        (spread.lower, spread.middle, spread.upper) if spread else None,
    )


@dataclass(frozen=True)
class Tally:
    """How many organisations stand at each level of a measure."""

    measure: str
    counts: list[int]


def register(
    standard: Standard | None, *, programme: Programme | None, measure: str, level: int, words: str
) -> QuerySet[SelfAssessment]:
    """What each organisation submitted last, narrowed to a programme and to who reached what."""
    rows = latest_for_lists(standard.code if standard else "")
    if programme:
        there = Q(organisation__projects__programme=programme) | Q(
            organisation__bids__call__programme=programme
        )
        own = SelfAssessment.objects.filter(there).values("pk")
        rows = rows.filter(pk__in=own)
    if words:
        rows = rows.filter(organisation__name__icontains=words)
    if level:
        rows = _reached(rows, measure, level)
    return rows.order_by("organisation__name", "pk")


def _reached(rows: QuerySet[SelfAssessment], measure: str, level: int) -> QuerySet[SelfAssessment]:
    """At least `level` in the measure, or in every measure when none is chosen."""
    if measure:
        return rows.filter(answers__measure__code=measure, answers__level__level__gte=level)
    below = SelfAssessment.objects.filter(answers__level__level__lt=level)
    return rows.exclude(pk__in=below.values("pk"))


def tallies(standard: Standard | None, rows: QuerySet[Any]) -> list[Tally]:
    """For the measures of the version in force, the organisations of `rows` by level."""
    if standard is None:
        return []
    counts = {(r["measure__code"], r["level__level"]): r["times"] for r in tally(rows)}
    measures = whole(standard)
    levels = [level.level for level in measures[0].levels.all()] if measures else []
    return [Tally(str(m), [counts.get((m.code, level), 0) for level in levels]) for m in measures]
