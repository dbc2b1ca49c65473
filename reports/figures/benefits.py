"""Benefits: promised in the agreements, measured by the funded, verified by the department."""

from collections.abc import Iterator
from typing import Any

from carefund.core import years

from .awards import awards
from .facts import Facts, Pile
from .model import How, Row, Unit
from .money import as_whole, entries
from .registry import figure
from .stocks import Grain, Sum, day

PROMISES = "Benefit profiles of the grant agreements; the latest forecast known on the as-at day"
MEASURES = (
    "Observations recorded by the funded organisations, corrections replacing what they correct"
)
HELD, OPEN = 1, -1  # what was found of an observation; 0 is that it did not hold
VALUING = (
    "Improvement against the baseline × value of a unit × attribution × part of a year, "
    "following HM Treasury’s Green Book on attribution and the NHS classes of benefit"
)


def _sum(facts: Facts, found: Sum, record: str) -> dict[str, Any]:
    """What many forecasts or observations add up to."""
    (pk,) = found.case
    tags = facts.benefit_tags[pk] if pk in facts.benefits else {}  # sums by year are of no benefit
    return {
        "record": record,
        "what": "",
        "who": "",
        "on": facts.day,
        "amount": found.amount,
        "sample": found.sample,
        "tags": {**tags, "year": found.label} if found.year else tags,
        "group": str(pk),
    }


def _row(facts: Facts, found: Sum, record: str, what: str, source: str = "") -> dict[str, Any]:
    """What a forecast or observation says of itself."""
    benefit = facts.benefits[found.case[0]]
    award = facts.award_of[benefit.project_id]
    return {
        **_sum(facts, found, record),
        "on": years.last_day(found.year),
        "what": f"{award.reference} {benefit.title}: {what}",
        "who": award.holder.short_name,
        "source": source or benefit.source,
    }


def _forecast(facts: Facts, found: Sum) -> dict[str, Any]:
    if not found.single:
        return _sum(facts, found, "Benefit forecast")
    return _row(facts, found, "Benefit forecast", found.label)


def _observation(facts: Facts, found: Sum) -> dict[str, Any]:
    if not found.single:
        return _sum(facts, found, "Observation")
    end, start, source = day(found.single[0]), day(found.single[1]), found.single[2]
    span = f"{start:%-d %B %Y} to {end:%-d %B %Y}"
    return {**_row(facts, found, "Observation", span, source), "on": end}


@figure(
    "promised",
    "Benefits promised",
    "What the funded organisations forecast over the whole life of their projects, in money.",
    formula="Sum of the forecasts of all years",
    source=PROMISES,
    unit=Unit.MONEY,
)
def promised(facts: Facts, grain: Grain) -> Iterator[Row]:
    yield from facts.of(Pile("forecasts", ("",), _forecast), grain)


@figure(
    "promised_by_now",
    "Benefits promised by now",
    "The part of the promise that falls due up to the as-at day; the current year counts by days.",
    formula="Forecasts of past years + forecast of this year × days gone ÷ days of the year",
    source=PROMISES,
    unit=Unit.MONEY,
)
def promised_by_now(facts: Facts, grain: Grain) -> Iterator[Row]:
    yield from facts.of(Pile("due", ("",), _forecast), grain)


def observed(facts: Facts, grain: Grain, *findings: int) -> Iterator[Row]:
    yield from facts.of(Pile("observations", findings, _observation), grain)


@figure(
    "measured",
    "Benefits measured",
    "What the funded organisations have measured, verified or still to be verified, in money. "
    "Observations that the department found not to hold are left out.",
    formula="Sum of the worth of the observations: " + VALUING,
    source=MEASURES,
    unit=Unit.MONEY,
)
def measured(facts: Facts, grain: Grain) -> Iterator[Row]:
    yield from observed(facts, grain, HELD, OPEN)


@figure(
    "verified",
    "Benefits verified",
    "What was measured and then checked by somebody in the department who did not record it.",
    formula="Sum of the worth of the verified observations: " + VALUING,
    source=MEASURES,
    unit=Unit.MONEY,
)
def verified(facts: Facts, grain: Grain) -> Iterator[Row]:
    yield from observed(facts, grain, HELD)


@figure(
    "realised",
    "Verified share of what was promised by now",
    "How much of the promise that has fallen due is verified.",
    formula="Benefits verified ÷ benefits promised by now × 100",
    source=PROMISES,
    unit=Unit.PERCENT,
    how=How.SHARE,
)
def realised(facts: Facts, grain: Grain) -> Iterator[Row]:
    yield from verified(facts, grain)
    yield from as_whole(promised_by_now(facts, grain))


@figure(
    "return_verified",
    "Return so far",
    "Pounds of verified benefit for each pound paid. Nominal, not discounted.",
    formula="Benefits verified ÷ paid",
    source=MEASURES,
    unit=Unit.RATIO,
    how=How.RATIO,
)
def return_verified(facts: Facts, grain: Grain) -> Iterator[Row]:
    yield from verified(facts, grain)
    yield from as_whole(entries(facts, grain, "paid"))


@figure(
    "return_promised",
    "Return promised",
    "Pounds of promised benefit for each pound awarded. Nominal, not discounted.",
    formula="Benefits promised ÷ awarded",
    source=PROMISES,
    unit=Unit.RATIO,
    how=How.RATIO,
)
def return_promised(facts: Facts, grain: Grain) -> Iterator[Row]:
    yield from promised(facts, grain)
    yield from as_whole(awards(facts, grain))
