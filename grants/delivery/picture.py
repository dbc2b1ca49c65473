"""The milestones of a project as a drawing: where they were promised and where they are now."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from .models import Project
from .queries import MilestoneView, is_waited_for

WIDTH, ROW, TOP, LEFT = 800, 34, 34, 60
COLOURS = {"achieved": "#28a197", "overdue": "#801650", "late": "#f46a25", "on_track": "#12436d"}

RESTING = "#505a5f"


@dataclass(frozen=True)
class Mark:
    position: int
    y: int
    promised: int
    now: int
    colour: str
    done: bool


def picture(project: Project, views: list[MilestoneView], today: date) -> dict[str, Any]:
    """Coordinates for delivery/_picture.html: a row per milestone, a tick per financial year."""
    days = [project.starts_on, project.ends_on, *(v.milestone.baseline_on for v in views)]
    days += [v.achieved_on or v.expected_on for v in views]
    first, last = min(days), max(days)
    length = max((last - first).days, 1)

    def x(day: date) -> int:
        share = (min(max(day, first), last) - first).days / length
        return LEFT + round(share * (WIDTH - 2 * LEFT))

    marks = [
        Mark(
            v.milestone.position,
            TOP + index * ROW + ROW // 2,
            x(v.milestone.baseline_on),
            x(v.achieved_on or v.expected_on),
            _colour(v, today),
            bool(v.achieved_on),
        )
        for index, v in enumerate(views)
    ]
    ticks = [(x(date(year, 4, 1)), year) for year in _years(first, last)]
    height = TOP + max(len(views), 1) * ROW + 10
    shown = first <= today <= last
    return {"marks": marks, "ticks": ticks, "height": height, "today": x(today) if shown else None}


def _colour(view: MilestoneView, today: date) -> str:
    return COLOURS[view.status(today)] if is_waited_for(view) else RESTING


def _years(first: date, last: date) -> list[int]:
    return [y for y in range(first.year, last.year + 1) if first <= date(y, 4, 1) <= last]
