"""The one clock. Actions never ask Django or the operating system for the time.

Inside `replaying(moment)` the clock stands still at that moment, so that a history can be
written through the same actions as the present (example data, migrations from older systems).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

LONDON = ZoneInfo("Europe/London")
_replayed: ContextVar[datetime | None] = ContextVar("carefund_clock", default=None)


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return _replayed.get() or timezone.now()


def today() -> date:
    """The calendar day in London."""
    return now().astimezone(LONDON).date()


def end_of_day(day: date) -> datetime:
    """The last instant of a London day: what "as at 31 March" means."""
    return datetime(day.year, day.month, day.day, 23, 59, 59, 999999, tzinfo=LONDON)


def is_replaying() -> bool:
    """Whether history is being written: what would reach people now is only put on record."""
    return _replayed.get() is not None


@contextmanager
def replaying(moment: datetime) -> Iterator[None]:
    if timezone.is_naive(moment):
        raise ValueError("A replayed moment needs a time zone.")
    token = _replayed.set(moment)
    try:
        yield
    finally:
        _replayed.reset(token)
