"""The share of care locations with digital records, by board and month, from what was known."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import connection

from carefund.core.money import percentage

# What changed by board and day: locations open, and those of them with digital records. Only
# changes are stored, so the sums up to a day are the answer for that day. The last part takes out
# what a location had when it closed.
SQL = """
WITH known AS (
    SELECT location_id, month, has_record, ROW_NUMBER() OVER (
        PARTITION BY location_id, month ORDER BY recorded_at DESC, id DESC) AS place
    FROM targets_locationchange WHERE recorded_at <= %s
), stood AS (
    SELECT k.location_id, k.month, CASE WHEN k.has_record THEN 1 ELSE 0 END AS has,
        l.board_id, l.opened_on, l.closed_on
    FROM known k JOIN targets_location l ON l.id = k.location_id
    WHERE k.place = 1 AND (l.closed_on IS NULL OR k.month < l.closed_on)
), steps AS (
    SELECT location_id, board_id, closed_on,
        CASE WHEN month < opened_on THEN opened_on ELSE month END AS on_day,
        has - COALESCE(LAG(has) OVER (PARTITION BY location_id ORDER BY month), 0) AS step
    FROM stood
), moves AS (
    SELECT board_id, on_day, 0 AS homes, step AS digital FROM steps WHERE step <> 0
    UNION ALL SELECT board_id, opened_on, 1, 0 FROM targets_location
    UNION ALL SELECT board_id, closed_on, -1, 0 FROM targets_location WHERE closed_on IS NOT NULL
    UNION ALL SELECT board_id, closed_on, 0, -SUM(step) FROM steps
        WHERE closed_on IS NOT NULL GROUP BY location_id, board_id, closed_on
)
SELECT board_id, on_day, SUM(SUM(homes)) OVER running, SUM(SUM(digital)) OVER running
FROM moves GROUP BY board_id, on_day
WINDOW running AS (PARTITION BY board_id ORDER BY on_day)
ORDER BY board_id, on_day
"""


@dataclass(frozen=True)
class Share:
    """Open locations of a board in a month, and how many of them have digital records."""

    board_id: int
    month: date
    locations: int
    digital: int

    @property
    def per_cent(self) -> Decimal | None:
        return percentage(Decimal(self.digital), Decimal(self.locations))


def shares(months: Sequence[date], moment: datetime) -> list[Share]:
    """Each board in each of `months` (first days, ascending), as known at `moment`. One query."""
    known = connection.ops.adapt_datetimefield_value(moment)
    with connection.cursor() as cursor:
        cursor.execute(SQL, [known])
        rows = cursor.fetchall()
    by_board: dict[int, list[tuple[date, int, int]]] = {}
    for board, day, locations, digital in rows:
        on = date.fromisoformat(day) if isinstance(day, str) else day
        by_board.setdefault(board, []).append((on, int(locations), int(digital)))
    return [share for board, steps in by_board.items() for share in _filled(board, steps, months)]


def _filled(board: int, steps: list[tuple[date, int, int]], months: Sequence[date]) -> list[Share]:
    found, place, standing = [], 0, (0, 0)
    for month in months:
        while place < len(steps) and steps[place][0] <= month:
            standing = steps[place][1:]
            place += 1
        found.append(Share(board, month, *standing))
    return found


def months_until(last: date, count: int) -> list[date]:
    """The first days of `count` months, the last of them that of `last`."""
    end = last.year * 12 + last.month - 1
    return [date(n // 12, n % 12 + 1, 1) for n in range(end - count + 1, end + 1)]
