from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from .models import Milestone, MilestoneFact, Project


@dataclass(frozen=True)
class MilestoneView:
    """A milestone as it was known at a moment."""

    milestone: Milestone
    expected_on: date
    reported: bool
    achieved_on: date | None

    def lateness(self, today: date) -> int:
        """Days behind the baseline: by the day achieved, else by the later of forecast and today."""
        on = self.achieved_on or max(self.expected_on, today)
        return (on - self.milestone.baseline_on).days

    def status(self, today: date) -> str:
        """`achieved`, `overdue` (baseline passed), `late` (forecast later), or `on_track`."""
        if self.achieved_on:
            return "achieved"
        if self.milestone.baseline_on < today:
            return "overdue"
        return "late" if self.expected_on > self.milestone.baseline_on else "on_track"


def milestones_as_at(projects: Iterable[Project], moment: datetime) -> list[MilestoneView]:
    """Every milestone of `projects` that was known at `moment`, from the facts known then.

    Two queries, however many projects.
    """
    rows = Milestone.objects.filter(project__in=projects).select_related("project__organisation")
    facts: dict[int, list[MilestoneFact]] = {}
    known = MilestoneFact.objects.filter(milestone__in=rows, recorded_at__lte=moment)
    for fact in known.order_by("milestone", "pk"):
        facts.setdefault(fact.milestone_id, []).append(fact)
    return [
        _view(row, facts[row.pk])
        for row in rows.order_by("project__reference", "position")
        if row.pk in facts
    ]


def _view(milestone: Milestone, facts: list[MilestoneFact]) -> MilestoneView:
    expected, reported, achieved = milestone.baseline_on, False, None
    for fact in facts:
        if fact.kind == MilestoneFact.Kind.FORECAST:
            expected = fact.on
        elif fact.kind == MilestoneFact.Kind.REPORTED:
            reported = True
        elif fact.kind == MilestoneFact.Kind.CONFIRMED:
            achieved = fact.on
        else:
            reported, achieved = False, None
    return MilestoneView(milestone, expected, reported, achieved)
