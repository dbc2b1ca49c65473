"""The levels of standards that a grant is bound to, and how each stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from carefund.core.states import State
from programmes.standards.models import SelfAssessment
from programmes.standards.queries import standings

from .models import LevelCondition, Project


@dataclass(frozen=True)
class ConditionView:
    """A condition, what shows that it is reached, or why nothing does yet."""

    condition: LevelCondition
    shown: SelfAssessment | None
    why_not: str
    status: State


SHOWN = State("shown", "Shown, to be confirmed", "blue")
OVERDUE = State("overdue", "Overdue", "red")
DUE = State("due", "Due", "yellow")
# This many days before its day a condition needs somebody's action.
SOON = timedelta(days=30)


def conditions_of(project: Project, today: date) -> list[ConditionView]:
    """The levels that the grant is bound to, with how each stands today."""
    rows = project.level_conditions.select_related(
        "standard", "measure", "project__organisation", "shown_by__standard"
    )
    return condition_views(rows, today)


def condition_views(rows: Iterable[LevelCondition], today: date) -> list[ConditionView]:
    """`rows` come with their standard, measure and project's organisation; few queries for all."""
    rows = list(rows)
    waiting = [row for row in rows if row.state == "set"]
    found = standings([(row, row.project.organisation) for row in waiting])
    stands = {row.pk: one for row, one in zip(waiting, found, strict=True)}
    return [_condition(row, stands.get(row.pk), today) for row in rows]


def _condition(
    row: LevelCondition, stands: tuple[SelfAssessment | None, str] | None, today: date
) -> ConditionView:
    if stands is None:
        return ConditionView(row, row.shown_by, "", row.status)
    shown, why_not = stands
    if not why_not:
        return ConditionView(row, shown, "", SHOWN)
    late = OVERDUE if row.due_on < today else DUE if row.due_on <= today + SOON else row.status
    return ConditionView(row, None, why_not, late)
