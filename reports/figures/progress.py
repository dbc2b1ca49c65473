"""Milestones as they were known at a moment and at an earlier one, read once for both."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q

from grants.delivery.models import Milestone, MilestoneFact
from grants.delivery.queries import MilestoneView, view_of
from programmes.funds.models import Programme

Views = list[MilestoneView]


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
    found = rows.order_by("project__reference", "position", "pk").values_list(*Brief.FIELDS)
    briefs = {values[0]: Brief(*values) for values in found.iterator()}
    now, then = _views(programme, moment, since, briefs)
    return [now[pk] for pk in briefs if pk in now], [then[pk] for pk in briefs if pk in then]


def _views(
    programme: Programme, moment: datetime, since: datetime, briefs: Mapping[int, Brief]
) -> tuple[dict[int, MilestoneView], dict[int, MilestoneView]]:
    """What the facts said of each milestone at the moment, and at the earlier one."""
    early = ExpressionWrapper(Q(recorded_at__lte=since), output_field=BooleanField())
    facts: Any = (
        MilestoneFact.objects.filter(milestone__project__programme=programme)
        .filter(recorded_at__lte=moment)
        .order_by("milestone_id", "pk")
        .values_list("milestone_id", "kind", "on", early)
    )
    now: dict[int, MilestoneView] = {}
    then: dict[int, MilestoneView] = {}
    for pk, told in groupby(facts.iterator(), key=itemgetter(0)):
        if pk not in briefs:
            continue
        said = [(kind, on, was_known) for _, kind, on, was_known in told]
        before = [(kind, on) for kind, on, was_known in said if was_known]
        now[pk] = view_of(briefs[pk], [(kind, on) for kind, on, _ in said])
        if len(before) == len(said):
            then[pk] = now[pk]  # no news, as of most
        elif before:
            then[pk] = view_of(briefs[pk], before)
    return now, then
