"""Promised benefits, and what was measured of them period by period."""

from datetime import timedelta
from decimal import Decimal

from grants.benefits.models import (
    BenefitForecast,
    BenefitObservation,
    BenefitProfile,
    Verification,
)

from .grants import Grant
from .world import UNTIL, World, at

CLASSES = ["crb", "crb", "ncrb", "ncrb", "sb", "ub"]
SHORTEST, USUAL = 2, 30  # days of a period
CORRECTED, CHECKED, REFUSED = 0.02, 0.8, 0.04  # parts of the observations
METHOD = "Counted from the care records, the same way as the baseline."


def make(world: World, grant: Grant, observations: int) -> int:
    """The benefits of one project; returns how many observations there was room for."""
    case, random = grant.case, world.random
    known = max((UNTIL - case.starts).days - 60, SHORTEST)
    count = max(case.benefits, -(-observations * 3 // known))
    written = 0
    for number in range(1, count + 1):
        wanted = observations * number // count - observations * (number - 1) // count
        kind = random.choice(CLASSES)
        price = None if kind == "ub" else Decimal(random.randint(1000, 90_000)) / 100
        benefit = _profile(world, grant, number, kind, price)
        _forecasts(world, grant, benefit, price)
        written += _observe(world, grant, benefit, wanted, price)
    return written


def _profile(world: World, grant: Grant, number: int, kind: str, price: Decimal | None) -> int:
    case, baseline = grant.case, world.random.randint(60, 900)
    return world.bulk.add(
        BenefitProfile,
        project_id=grant.pk,
        number=number,
        title=f"Fewer incidents, strand {number}",
        benefit_class=kind,
        measure="Incidents a month",
        unit="incidents",
        baseline=Decimal(baseline),
        baseline_on=case.starts,
        target=Decimal(baseline) / 2,
        owner="Head of service",
        unit_value=price,
        unit_value_source="Made-up costing" if price else "",
        price_year=case.starts.year if price else None,
        attribution=world.random.choice([50, 80, 100]),
        is_sample=True,
    )


def _forecasts(world: World, grant: Grant, benefit: int, price: Decimal | None) -> None:
    for year in sorted({year for year, _ in grant.case.amounts} if price else ()):
        world.bulk.add(
            BenefitForecast,
            benefit_id=benefit,
            financial_year=year,
            amount=Decimal(world.random.randint(500, 90_000)),
            recorded_at=at(grant.case.starts),
            recorded_by_id=grant.case.place.leads[0],
        )


def _observe(world: World, grant: Grant, benefit: int, wanted: int, price: Decimal | None) -> int:
    random, written, begins, last = world.random, 0, grant.case.starts, None
    known = max((UNTIL - grant.case.starts).days - 60, SHORTEST)
    step = max(SHORTEST, min(USUAL, known // max(wanted, 1)))
    while written < wanted:
        if last and random.random() < CORRECTED:
            begins, supersedes = last[1], last[0]
        else:
            supersedes = None
        improvement = Decimal(random.randint(-500, 9000)) / 100
        amount = None if price is None else (improvement * price).quantize(Decimal("0.01"))
        period = (begins, begins + timedelta(days=step - 1))
        values = {"improvement": improvement, "amount": amount, "supersedes": supersedes}
        observation = _observation(world, grant, benefit, period, **values)
        last = None if supersedes else (observation, begins)
        begins += timedelta(days=step)
        written += 1
    return written


def _observation(world, grant, benefit, period, *, improvement, amount, supersedes) -> int:
    random, (begins, ends) = world.random, period
    recorded = min(ends + timedelta(days=random.randint(5, 40)), UNTIL)
    author = random.choice(grant.case.place.leads)
    pk = world.bulk.add(
        BenefitObservation,
        benefit_id=benefit,
        period_starts_on=begins,
        period_ends_on=ends,
        measured=100 - improvement,
        improvement=improvement,
        amount=amount,
        method=METHOD,
        recorded_at=at(recorded, 5 if supersedes else 0),
        recorded_by_id=author,
        supersedes_id=supersedes,
        is_sample=True,
    )
    if random.random() < CHECKED:
        accepted = random.random() >= REFUSED
        world.bulk.add(
            Verification,
            observation_id=pk,
            accepted=accepted,
            note="" if accepted else "The records do not show this.",
            recorded_by_id=author,
            verified_by_id=random.choice(world.officers),
            verified_at=at(min(recorded + timedelta(days=14), UNTIL), 30),
        )
    return pk
