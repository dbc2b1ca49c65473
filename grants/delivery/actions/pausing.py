"""A project rests for a while, and goes on."""

from django.db import transaction

from carefund.core import clock, states
from carefund.core.actors import Actor
from carefund.core.errors import Refused
from carefund.core.permissions import require
from carefund.notify.actions import send
from carefund.notify.message import Quote

from .. import messages
from ..models import Project


def pause(*, project: Project, reason: str, by: Actor) -> Project:
    """Let a project rest, and tell its authority why.

    Meanwhile no claim is made, approved or paid, and no milestone or return falls due. A change
    can be asked for, and levels that the grant is bound to keep their days.
    """
    require(by, "delivery.close", project)
    if not reason.strip():
        raise Refused("Say why the project is paused.")
    return _move(project, "pause", reason.strip(), by)


def resume(*, project: Project, reason: str, by: Actor) -> Project:
    """Let a paused project go on, and tell its authority."""
    require(by, "delivery.close", project)
    if not reason.strip():
        raise Refused("Say why the project goes on.")
    return _move(project, "resume", reason.strip(), by)


def _move(project: Project, move: str, reason: str, by: Actor) -> Project:
    told = messages.ProjectPaused if move == "pause" else messages.ProjectResumed
    with transaction.atomic():
        moved = states.move(project, move, by=by, reason=reason)
        send(told(project=moved, reason=Quote(reason)), key=f"{moved.pk}:{clock.now().isoformat()}")
    return moved
