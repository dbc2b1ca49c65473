"""Conditions of a grant: reach a level of a standard by a day, confirmed by an officer."""

from datetime import date, datetime, time, timedelta

from django.db import transaction

from carefund.core import clock, states, work
from carefund.core.actors import SYSTEM, Actor, person
from carefund.core.errors import Refused
from carefund.core.formats import uk_date
from carefund.core.permissions import require
from carefund.core.record import record
from carefund.notify.actions import send
from programmes.standards.models import Level, Measure, Standard
from programmes.standards.queries import conditions_of, standing

from .. import messages
from ..models import LevelCondition, Project
from ..queries import LIVE

REMIND = "delivery.remind_level"
BEFORE = timedelta(days=30)
MORNING = time(9)


def carry_conditions(*, project: Project, by: Actor) -> list[LevelCondition]:
    """What the call asked of every grant, from the moment the project begins."""
    return [
        _create(project, row.standard, row.measure, row.level, row.due_on, by=by)
        for row in conditions_of(project.offer.bid.call)
        if row.due_on
    ]


def set_condition(
    *,
    project: Project,
    standard: Standard,
    level: int,
    due_on: date,
    reason: str,
    by: Actor,
    measure: Measure | None = None,
) -> LevelCondition:
    """Add a condition that was agreed with the authority; `reason` says how."""
    require(by, "delivery.confirm", project)
    if not reason.strip():
        raise Refused("Say how the condition was agreed.")
    if due_on <= clock.today() or due_on > project.ends_on:
        raise Refused(f"Choose a day in the future, not after {uk_date(project.ends_on)}.")
    levels = Level.objects.filter(measure__standard=standard, level=level)
    if not (levels.filter(measure=measure) if measure else levels).exists():
        raise Refused("Choose one of the levels of this standard.")
    with transaction.atomic():
        locked = Project.objects.locked(project.pk)
        if locked.state not in LIVE:
            raise Refused("The project is over. Its conditions no longer change.")
        same = {"standard": standard, "measure": measure, "level": level, "state": "set"}
        if locked.level_conditions.filter(**same).exists():
            raise Refused("The grant carries this condition already.")
        return _create(locked, standard, measure, level, due_on, by=by, reason=reason.strip())


def _create(
    project: Project,
    standard: Standard,
    measure: Measure | None,
    level: int,
    due_on: date,
    *,
    by: Actor,
    reason: str = "",
) -> LevelCondition:
    row = LevelCondition.objects.create(
        project=project,
        standard=standard,
        measure=measure,
        level=level,
        due_on=due_on,
        set_at=clock.now(),
        set_by=person(by),
        is_sample=project.is_sample,
    )
    changes = {"due_on": (None, due_on)}
    record("level condition.set", row, by=by, changes=changes, reason=reason)
    moment = datetime.combine(due_on - BEFORE, MORNING, clock.LONDON)
    work.enqueue(REMIND, key=str(row.pk), payload={"condition_id": row.pk}, due_at=moment)
    return row


def confirm_condition(*, condition: LevelCondition, note: str, by: Actor) -> LevelCondition:
    """The officer has read the self-assessment that shows the level, and agrees."""
    require(by, "delivery.confirm", condition)
    shown, why_not = standing(condition, condition.project.organisation)
    if why_not or shown is None:
        raise Refused(why_not)
    return states.move(condition, "confirm", by=by, reason=note, shown_by=shown, met_at=clock.now())


def release_condition(*, condition: LevelCondition, reason: str, by: Actor) -> LevelCondition:
    """The grant no longer carries it."""
    require(by, "delivery.confirm", condition)
    if not reason.strip():
        raise Refused("Say why the condition is released.")
    return states.move(condition, "release", by=by, reason=reason)


def remind(*, condition: LevelCondition) -> bool:
    """Tell the authority a month ahead, unless there is nothing left to do. Done once."""
    if condition.state != "set" or condition.project.state not in LIVE:
        return False
    if not standing(condition, condition.project.organisation)[1]:
        return False
    record("level condition.remind", condition, by=SYSTEM)
    send(messages.LevelDue(condition=condition), key=str(condition.pk))
    return True
