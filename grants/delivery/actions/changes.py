from django.db import transaction

from carefund.core import clock, states
from carefund.core.actors import Actor, person
from carefund.core.errors import Refused
from carefund.core.permissions import require
from carefund.core.record import record
from carefund.notify.actions import send

from .. import messages
from ..models import ChangeRequest, Project


def request_change(*, project: Project, kind: str, what: str, why: str, by: Actor) -> ChangeRequest:
    """Ask for a change of dates, money or scope."""
    require(by, "delivery.request_change", project)
    if kind not in ChangeRequest.Kind.values or not what.strip() or not why.strip():
        raise Refused("Say what should change and why.")
    with transaction.atomic():
        row = ChangeRequest.objects.create(
            project=project,
            kind=kind,
            what=what.strip(),
            why=why.strip(),
            requested_at=clock.now(),
            requested_by=person(by),
        )
        record("change_request.make", row, by=by, changes={"kind": (None, kind)})
    return row


def decide_change(
    *, request: ChangeRequest, approve: bool, reason: str, by: Actor
) -> ChangeRequest:
    """Approve or refuse a change that somebody else has asked for."""
    require(by, "delivery.decide_change", request)
    if not reason.strip():
        raise Refused("Give the reason for your decision.")
    with transaction.atomic():
        decided = states.move(
            request,
            "approve" if approve else "refuse",
            by=by,
            reason=reason,
            decided_at=clock.now(),
            decided_by=person(by),
            decision_reason=reason.strip(),
        )
        send(messages.ChangeDecided(change=decided), key=str(decided.pk))
    return decided


def withdraw_change(*, request: ChangeRequest, by: Actor) -> ChangeRequest:
    """Ask no longer for a change that nobody has decided on."""
    require(by, "delivery.request_change", request)
    return states.move(request, "withdraw", by=by)
