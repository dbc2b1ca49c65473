"""Benefits: promised in the agreements, measured by the funded, verified by the department."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from carefund.core import years
from carefund.core.money import PENNY
from grants.benefits.models import BenefitForecast, BenefitObservation

from .awards import awards
from .facts import Facts
from .model import How, Row, Unit
from .money import as_whole, entries
from .registry import figure

PROMISES = "Benefit profiles of the grant agreements; the latest forecast known on the as-at day"
MEASURES = (
    "Observations recorded by the funded organisations, corrections replacing what they correct"
)
RECORDS = {BenefitForecast: "Benefit forecast", BenefitObservation: "Observation"}
VALUING = (
    "Improvement against the baseline × value of a unit × attribution × part of a year, "
    "following HM Treasury’s Green Book on attribution and the NHS classes of benefit"
)


def _row(facts: Facts, fact: Any, what: str, on: date, amount: Decimal) -> Row:
    benefit = facts.benefits[fact.benefit_id]
    return Row(
        record=RECORDS[type(fact)],
        pk=fact.pk,
        what=f"{benefit.project.reference} {benefit.title}: {what}",
        who=benefit.project.organisation.short_name,
        on=on,
        amount=amount,
        tags={
            **facts.project_tags[benefit.project_id],
            "class": benefit.get_benefit_class_display(),
        },
        sample=benefit.is_sample or getattr(fact, "is_sample", False),
        source=getattr(fact, "source", "") or benefit.source,
    )


@figure(
    "promised",
    "Benefits promised",
    "What the funded organisations forecast over the whole life of their projects, in money.",
    formula="Sum of the forecasts of all years",
    source=PROMISES,
    unit=Unit.MONEY,
)
def promised(facts: Facts) -> Iterator[Row]:
    for forecast in facts.forecasts:
        year = forecast.financial_year
        label, last = years.label(year), years.last_day(year)
        row = _row(facts, forecast, label, last, forecast.amount)
        yield replace(row, tags={**row.tags, "year": label})


def part_elapsed(year: int, day: date) -> Decimal:
    """The part of a financial year that has passed at the end of `day`, between 0 and 1."""
    first, after = years.first_day(year), years.last_day(year) + timedelta(days=1)
    gone = min(max((day - first).days + 1, 0), (after - first).days)
    return Decimal(gone) / (after - first).days


@figure(
    "promised_by_now",
    "Benefits promised by now",
    "The part of the promise that falls due up to the as-at day; the current year counts by days.",
    formula="Forecasts of past years + forecast of this year × days gone ÷ days of the year",
    source=PROMISES,
    unit=Unit.MONEY,
)
def promised_by_now(facts: Facts) -> Iterator[Row]:
    for row, forecast in zip(promised(facts), facts.forecasts, strict=True):
        part = part_elapsed(forecast.financial_year, facts.day)
        if part:
            yield replace(row, amount=(row.amount * part).quantize(PENNY, ROUND_HALF_EVEN))


def observed(facts: Facts, *findings: bool | None) -> Iterator[Row]:
    for seen in facts.observations:
        if seen.amount is None or facts.finding(seen) not in findings:
            continue
        span = f"{seen.period_starts_on:%-d %B %Y} to {seen.period_ends_on:%-d %B %Y}"
        row = _row(facts, seen, span, seen.period_ends_on, seen.amount)
        year = years.label(years.financial_year(seen.period_ends_on))
        yield replace(row, tags={**row.tags, "year": year})


@figure(
    "measured",
    "Benefits measured",
    "What the funded organisations have measured, verified or still to be verified, in money. "
    "Observations that the department found not to hold are left out.",
    formula="Sum of the worth of the observations: " + VALUING,
    source=MEASURES,
    unit=Unit.MONEY,
)
def measured(facts: Facts) -> Iterator[Row]:
    yield from observed(facts, True, None)


@figure(
    "verified",
    "Benefits verified",
    "What was measured and then checked by somebody in the department who did not record it.",
    formula="Sum of the worth of the verified observations: " + VALUING,
    source=MEASURES,
    unit=Unit.MONEY,
)
def verified(facts: Facts) -> Iterator[Row]:
    yield from observed(facts, True)


@figure(
    "realised",
    "Verified share of what was promised by now",
    "How much of the promise that has fallen due is verified.",
    formula="Benefits verified ÷ benefits promised by now × 100",
    source=PROMISES,
    unit=Unit.PERCENT,
    how=How.SHARE,
)
def realised(facts: Facts) -> Iterator[Row]:
    yield from verified(facts)
    yield from as_whole(promised_by_now(facts))


@figure(
    "return_verified",
    "Return so far",
    "Pounds of verified benefit for each pound paid. Nominal, not discounted.",
    formula="Benefits verified ÷ paid",
    source=MEASURES,
    unit=Unit.RATIO,
    how=How.RATIO,
)
def return_verified(facts: Facts) -> Iterator[Row]:
    yield from verified(facts)
    yield from as_whole(entries(facts, "paid"))


@figure(
    "return_promised",
    "Return promised",
    "Pounds of promised benefit for each pound awarded. Nominal, not discounted.",
    formula="Benefits promised ÷ awarded",
    source=PROMISES,
    unit=Unit.RATIO,
    how=How.RATIO,
)
def return_promised(facts: Facts) -> Iterator[Row]:
    yield from promised(facts)
    yield from as_whole(awards(facts))
