from datetime import date
from typing import Any

from django.db import transaction

from carefund.core import clock, states
from carefund.core.actors import Actor, person
from carefund.core.errors import Refused
from carefund.core.permissions import require
from carefund.core.record import record
from carefund.files.actions import store

from .. import queries
from ..models import Milestone, MilestoneFact


def _fact(milestone: Milestone, kind: str, on: date, note: str, by: Actor) -> MilestoneFact:
    return MilestoneFact.objects.create(
        milestone=milestone,
        kind=kind,
        on=on,
        note=note.strip(),
        recorded_at=clock.now(),
        recorded_by=person(by),
    )


def forecast(*, milestone: Milestone, on: date, note: str, by: Actor) -> MilestoneFact:
    """Say on which day a milestone is now expected. The baseline stays."""
    require(by, "delivery.contribute", milestone)
    if not note.strip():
        raise Refused("Say why the date has changed.")
    with transaction.atomic():
        locked = Milestone.objects.select_for_update(of=("self",)).get(pk=milestone.pk)
        if locked.state != "planned":
            raise Refused("This milestone has been reported. Its date no longer changes.")
        fact = _fact(locked, MilestoneFact.Kind.FORECAST, on, note, by)
        record("milestone.forecast", locked, by=by, changes={"expected": (None, on)}, reason=note)
    return fact


def report(
    *, milestone: Milestone, achieved_on: date, note: str, by: Actor, evidence: Any = None
) -> Milestone:
    """Report a milestone as achieved, with evidence: a file, or words where none can be."""
    require(by, "delivery.report", milestone)
    if achieved_on > clock.today():
        raise Refused("A milestone is reported once it has been achieved, not before.")
    if not evidence and not note.strip() and not queries.evidence_waived(milestone):
        raise Refused("Attach evidence or describe it.")
    with transaction.atomic():
        moved = states.move(milestone, "report", by=by, reason=note, achieved_on=achieved_on)
        if evidence:
            store(upload=evidence, subject=milestone, role="evidence", by=by)
        _fact(milestone, MilestoneFact.Kind.REPORTED, achieved_on, note, by)
    return moved


def confirm(*, milestone: Milestone, note: str, by: Actor) -> Milestone:
    """The programme officer accepts the evidence."""
    require(by, "delivery.confirm", milestone)
    with transaction.atomic():
        moved = states.move(milestone, "confirm", by=by, reason=note)
        on = moved.achieved_on or moved.baseline_on
        _fact(milestone, MilestoneFact.Kind.CONFIRMED, on, note, by)
    return moved


def send_back(*, milestone: Milestone, note: str, by: Actor) -> Milestone:
    """The evidence does not show it; the authority is told why."""
    require(by, "delivery.confirm", milestone)
    if not note.strip():
        raise Refused("Say what is missing.")
    with transaction.atomic():
        on = milestone.achieved_on or milestone.baseline_on
        moved = states.move(milestone, "return_to_authority", by=by, reason=note, achieved_on=None)
        _fact(milestone, MilestoneFact.Kind.RETURNED, on, note, by)
    return moved
