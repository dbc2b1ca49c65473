"""Care locations and the months in which they began, or ceased, to keep digital records."""

from datetime import date, timedelta
from decimal import Decimal

from programmes.targets.models import Location, LocationChange, Target

from .world import UNTIL, World, at

CODE = "scale-locations"


def make(world: World) -> None:
    if not world.sizes.locations:
        return
    months = [_months_before(n) for n in range(world.sizes.months - 1, -1, -1)]
    world.bulk.add(
        Target,
        code=CODE,
        programme_id=world.funds[0].pk,
        name="Care locations with a digital record (sample)",
        definition="The share of open care locations that keep digital social care records.",
        baseline=Decimal(40),
        baseline_on=months[0],
        goal=Decimal(80),
        goal_on=date(2029, 3, 31),
    )
    for number in range(1, world.sizes.locations + 1):
        _location(world, number, months)
        world.bulk.breathe()


def _months_before(count: int) -> date:
    month = UNTIL.year * 12 + UNTIL.month - 1 - count
    return date(month // 12, month % 12 + 1, 1)


def _location(world: World, number: int, months: list[date]) -> None:
    random, place = world.random, world.place()
    opened = random.choice(months) if random.random() < 0.15 else date(2015, 4, 1)  # noqa: PLR2004
    closed = None
    if random.random() < 0.08 and opened < months[-1]:  # noqa: PLR2004
        closed = random.choice([month for month in months if month > opened])
    pk = world.bulk.add(
        Location,
        identifier=f"1-{number:09d}",
        name=f"{world.words.title(place.name)} home {number}"[:200],
        authority_id=place.pk,
        board_id=place.board_id,
        opened_on=opened,
        closed_on=closed,
        is_sample=True,
    )
    has, start = False, random.random()
    for place_in_time, month in enumerate(months):
        first = place_in_time == 0
        turned = start < 0.4 if first else random.random() < (0.004 if has else 0.018)  # noqa: PLR2004
        if turned:
            has = not has
            _change(world, pk, month, has=has)


def _change(world: World, location: int, month: date, *, has: bool) -> None:
    """As it became known a few weeks later; now and then first wrong, then corrected."""
    known = min(month + timedelta(days=world.random.randint(31, 60)), UNTIL)
    common = {"location_id": location, "month": month, "is_sample": True}
    if world.random.random() < 0.02:  # noqa: PLR2004
        world.bulk.add(LocationChange, has_record=not has, recorded_at=at(known), **common)
        known = min(known + timedelta(days=40), UNTIL)
    world.bulk.add(LocationChange, has_record=has, recorded_at=at(known, 5), **common)
