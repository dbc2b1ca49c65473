from datetime import date

from django.db import transaction

from carefund.core import clock, states
from carefund.core.actors import Actor, person
from carefund.core.errors import Refused
from carefund.core.permissions import require
from carefund.core.record import record

from ..models import MonitoringReturn, Project


def open_return(
    *, project: Project, starts_on: date, ends_on: date, due_on: date, by: Actor
) -> MonitoringReturn:
    """Ask for a return for a period; asking again for the same period is the same return."""
    require(by, "delivery.confirm", project)
    if project.state != "active":
        raise Refused("A return is asked only of a project in delivery.")
    with transaction.atomic():
        row, new = MonitoringReturn.objects.get_or_create(
            project=project,
            period_starts_on=starts_on,
            defaults={"period_ends_on": ends_on, "due_on": due_on, "is_sample": project.is_sample},
        )
        if new:
            record("return.open", row, by=by, changes={"due_on": (None, due_on)})
    return row


def submit_return(
    *, monitoring: MonitoringReturn, progress: str, confidence: str, by: Actor
) -> MonitoringReturn:
    require(by, "delivery.report", monitoring)
    if not progress.strip() or confidence not in {"on_track", "at_risk", "off_track"}:
        raise Refused("Say how the project is getting on and whether it is on track.")
    return states.move(
        monitoring,
        "submit",
        by=by,
        progress=progress.strip(),
        confidence=confidence,
        submitted_at=clock.now(),
        submitted_by=person(by),
    )


def send_back_return(*, monitoring: MonitoringReturn, reason: str, by: Actor) -> MonitoringReturn:
    require(by, "delivery.confirm", monitoring)
    if not reason.strip():
        raise Refused("Say what is missing.")
    return states.move(monitoring, "send_back", by=by, reason=reason)


def accept_return(*, monitoring: MonitoringReturn, by: Actor) -> MonitoringReturn:
    require(by, "delivery.confirm", monitoring)
    return states.move(monitoring, "accept", by=by)
