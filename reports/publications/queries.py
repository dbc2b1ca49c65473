from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from carefund.core import clock, years
from carefund.core.days import day_in
from carefund.core.errors import Refused
from programmes.funds.models import Programme
from programmes.targets import queries as targets
from programmes.targets.models import Target

from . import build
from .document.model import Document
from .models import ReportRun

FIRST_DAY = years.first_day(years.EARLIEST)
MONTHS_OF_A_QUARTER = 3


class BadDay(Refused):
    """A day for which no report can be made."""


def day_of(text: str) -> date:
    """The day written as 2026-03-31 or 31/3/2026; today when nothing is. Raises `BadDay`."""
    if not text:
        return clock.today()
    day = day_in(text)
    if day is None:
        raise BadDay(f"“{text[:30]}” is not a date. Write it like 31/3/2026 or 2026-03-31.")
    return possible(day)


def possible(day: date) -> date:
    """The day again. Raises `BadDay` for a day to come or before anything was recorded."""
    if day > clock.today():
        raise BadDay(
            f"{day.day} {day:%B %Y} is still to come. A report shows what was known on a day that "
            "has passed, or today."
        )
    if day < FIRST_DAY:
        raise BadDay(f"There are no records before {FIRST_DAY.day} {FIRST_DAY:%B %Y}.")
    return day


def moment_of(day: date) -> datetime:
    """The end of the day in London."""
    return clock.end_of_day(day)


def since(programme: Programme, day: date) -> date:
    """The day of the last cleared report before `day`; else the end of the quarter before it."""
    start = clock.end_of_day(day).replace(hour=0, minute=0, second=0, microsecond=0)
    cleared = ReportRun.objects.filter(programme=programme, state="cleared", as_at__lt=start)
    last = cleared.order_by("-as_at").first()
    if last:
        return last.as_at.astimezone(clock.LONDON).date()
    first_month = (day.month - 1) // MONTHS_OF_A_QUARTER * MONTHS_OF_A_QUARTER + 1
    return date.fromordinal(date(day.year, first_month, 1).toordinal() - 1)


def snapshot(programme: Programme, day: date) -> dict[str, Any]:
    """Every figure of the programme as at the end of `day`."""
    return build.take(programme, moment_of(day), since(programme, day))


def target_page(target: Target) -> Document:
    """What is known today of a national target."""
    goal = build.plain(build.goal(target, targets.known(target), own=True))
    return build.target_page(goal, target.programme.name, clock.today())


def latest_reports(programmes: QuerySet[Programme]) -> dict[int, ReportRun]:
    """The newest cleared report by programme id."""
    rows = ReportRun.objects.filter(programme__in=programmes, state="cleared")
    return {run.programme_id: run for run in rows.defer("figures").order_by("as_at", "pk")}


def runs_of(programme: Programme) -> QuerySet[ReportRun]:
    """The frozen reports of a programme, newest first, without their figures."""
    return programme.reports.defer("figures").select_related("requested_by", "cleared_by")


def is_sound(run: ReportRun) -> bool:
    """Whether the kept figures are still those that were fingerprinted."""
    return not run.fingerprint or build.fingerprint(run.figures) == run.fingerprint
