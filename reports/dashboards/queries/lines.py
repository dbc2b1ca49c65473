from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, QuerySet, Window

from carefund.core.clock import LONDON

# A pile shows this many lines; its list has them all.
MOST = 25
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Line:
    """One thing to do: a verb, an object, why, and by when."""

    verb: str
    what: str
    reason: str
    due: date
    href: str


@dataclass(frozen=True)
class Pile:
    """Things to do of one kind: how many there are, the most pressing, and where all are."""

    title: str
    count: int
    href: str
    lines: list[Line]
    waiting: bool = False


def pile(
    title: str,
    rows: QuerySet[Any],
    line: Callable[[Any], Line],
    *,
    href: str,
    waiting: bool = False,
    long: bool = False,
) -> Pile:
    """The first rows as lines. `rows` come with the most pressing first.

    Of a `long` table the first keys and the count are found in one walk.
    """
    if long:
        counted = rows.annotate(in_all=Window(Count("*"))).values_list("pk", "in_all")
        keys = dict(counted[:MOST])
        found = list(rows.filter(pk__in=keys)) if keys else []
        count = next(iter(keys.values()), 0)
    else:
        found = list(rows[: MOST + 1])
        count = len(found) if len(found) <= MOST else rows.count()
    return Pile(title, count, href, [line(row) for row in found[:MOST]], waiting)


def day(moment: datetime) -> date:
    return moment.astimezone(LONDON).date()


def groups(piles: Iterable[Pile], today: date) -> list[tuple[str, list[Line]]]:
    """The lines by when they are due, what waits for others last; empty groups left out."""
    names = ("Overdue", "Today", "This week", "Later", "Waiting for others")
    found: dict[str, list[Line]] = {name: [] for name in names}
    for one in piles:
        for line in one.lines:
            found["Waiting for others" if one.waiting else _when(line.due, today)].append(line)
    return [(name, sorted(lines, key=lambda x: x.due)) for name, lines in found.items() if lines]


def _when(due: date, today: date) -> str:
    if due < today:
        return "Overdue"
    if due == today:
        return "Today"
    return "This week" if due <= today + WEEK else "Later"
