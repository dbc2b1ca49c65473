import json
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from django.db import connection
from django.db.models import QuerySet

from carefund.core import clock
from programmes.organisations.models import Organisation

from .models import Target, TargetObservation

MEASURED = ("actual", "lower_bound", "derived")


def known(target: Target, moment: datetime | None = None) -> QuerySet[TargetObservation]:
    """What was said about England and not superseded, as known at `moment` (now by default)."""
    moment = moment or clock.now()
    rows = target.observations.filter(area__isnull=True, recorded_at__lte=moment)
    later = TargetObservation.objects.filter(supersedes__isnull=False, recorded_at__lte=moment)
    return rows.exclude(pk__in=later.values("supersedes")).order_by("on", "pk")


def latest(target: Target, moment: datetime | None = None) -> TargetObservation | None:
    """The newest measured value for England, as known at `moment`."""
    return known(target, moment).filter(kind__in=MEASURED).order_by("on", "pk").last()


def national_targets() -> list[tuple[Target, TargetObservation | None]]:
    """Every target with its newest measured value for England, newest target first."""
    return [(row, latest(row)) for row in Target.objects.order_by("-goal_on", "code")]


def standing(
    target: Target, on: date, kind: str, area: Organisation | None
) -> TargetObservation | None:
    """The statement of this day, kind and area that nothing supersedes."""
    rows = target.observations.filter(on=on, kind=kind, area=area, superseded_by__isnull=True)
    return rows.order_by("pk").last()


class Asked(NamedTuple):
    """What one statement is about. `area_id` is None for England."""

    target_id: int
    on: date
    kind: str
    area_id: int | None


class Standing(NamedTuple):
    pk: int
    value: Decimal
    statement: str
    source: str


# What is asked comes as one parameter: thousands of them cost more than the answer.
ASKED = {
    "postgresql": """SELECT (v->>0)::int, (v->>1)::bigint, (v->>2)::date, v->>3, (v->>4)::bigint
        FROM json_array_elements(%s::json) AS t (v)""",
    "sqlite": """SELECT value->>0, value->>1, value->>2, value->>3, value->>4
        FROM json_each(%s)""",
}
# Asked in two parts, because no index is used to look for "the same, or both empty".
STANDING = """
WITH asked (place, target_id, day, kind, area_id) AS ({asked})
SELECT a.place, o.id, o.value, o.statement, o.source
FROM asked a JOIN targets_targetobservation o
    ON o.target_id = a.target_id AND o."on" = a.day AND o.kind = a.kind AND {area}
WHERE NOT EXISTS (SELECT 1 FROM targets_targetobservation s WHERE s.supersedes_id = o.id)
ORDER BY o.id
"""


def standing_of_all(asked: Sequence[Asked]) -> dict[int, Standing]:
    """For each place in `asked` the statement that nothing supersedes, as `standing` finds it."""
    england = [(place, one) for place, one in enumerate(asked) if one.area_id is None]
    places = [(place, one) for place, one in enumerate(asked) if one.area_id is not None]
    return {**_standing(england, "o.area_id IS NULL"), **_standing(places, "o.area_id = a.area_id")}


def _standing(asked: list[tuple[int, Asked]], area: str) -> dict[int, Standing]:
    if not asked:
        return {}
    sql = STANDING.format(asked=ASKED[connection.vendor], area=area)
    told = [(p, one.target_id, str(one.on), one.kind, one.area_id) for p, one in asked]
    with connection.cursor() as cursor:
        cursor.execute(sql, [json.dumps(told)])
        rows = cursor.fetchall()
    return {row[0]: Standing(row[1], _two_places(row[2]), row[3], row[4]) for row in rows}


def _two_places(value: Decimal | float) -> Decimal:
    """SQLite hands back a float for what was stored to the hundredth."""
    return Decimal(str(value)).quantize(Decimal("0.01"))
