"""Milestones as they were known at a moment and at an earlier one, read once for both."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q

from grants.delivery.models import Milestone, MilestoneFact
from grants.delivery.queries import MilestoneView, view_of
from programmes.funds.models import Programme

Views = list[MilestoneView]
Told = list[tuple[str, date]]


@dataclass(slots=True)
class Brief:
    """What figures ask of a milestone, of which there are too many to read them whole."""

    FIELDS = ("pk", "project_id", "title", "baseline_on", "is_sample")

    pk: int
    project_id: int
    title: str
    baseline_on: date
    is_sample: bool


def known(programme: Programme, moment: datetime, since: datetime) -> tuple[Views, Views]:
    """The milestones at the `moment` and those `since` then, by project and position.

    Without those that a change request has removed, which have no facts of their end.
    """
    rows = Milestone.objects.filter(project__programme=programme).exclude(state="removed")
    briefs = rows.order_by("project__reference", "position", "pk").values_list(*Brief.FIELDS)
    now, then = _told(programme, moment, since)
    views, earlier = [], []
    for values in briefs.iterator():
        brief = Brief(*values)
        if brief.pk in now:
            view = view_of(brief, now[brief.pk])
            views.append(view)
            if told := then.get(brief.pk):
                # Most have no news: they are the same on both days.
                earlier.append(
                    view if len(told) == len(now[brief.pk]) else view_of(brief, told)
                )
    return views, earlier


def _told(
    programme: Programme, moment: datetime, since: datetime
) -> tuple[Mapping[int, Told], Mapping[int, Told]]:
    """What was said of each milestone until the moment, and until the earlier one."""
    early = ExpressionWrapper(Q(recorded_at__lte=since), output_field=BooleanField())
    facts: Any = (
        MilestoneFact.objects.filter(milestone__project__programme=programme)
        .filter(recorded_at__lte=moment)
        .order_by("pk")
        .values_list("milestone_id", "kind", "on", early)
    )
    now: dict[int, Told] = {}
    then: dict[int, Told] = {}
    for milestone, kind, on, was_known in facts.iterator():
        now.setdefault(milestone, []).append((kind, on))
        if was_known:
            then.setdefault(milestone, []).append((kind, on))
    return now, then
