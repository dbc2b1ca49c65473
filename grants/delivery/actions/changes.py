from django.db import transaction

from carefund.core import clock, states
from carefund.core.actors import Actor, person
from carefund.core.errors import Refused
from carefund.core.permissions import require
from carefund.core.record import record
from carefund.notify.actions import send

from .. import messages
from ..models import ChangeRequest, Project
from .moving import MONEY, carry_out, in_progress


def request_change(*, project: Project, kind: str, what: str, why: str, by: Actor) -> ChangeRequest:
    """Ask for a change of dates or scope; one of money is asked for by its amounts."""
    require(by, "delivery.request_change", project)
    if kind not in ChangeRequest.Kind.values or not what.strip() or not why.strip():
        raise Refused("Say what should change and why.")
    if kind == MONEY:
        raise Refused("Say the new amounts by financial year and kind.")
    with transaction.atomic():
        locked = Project.objects.locked(project.pk)
        in_progress(locked)
        row = ChangeRequest.objects.create(
            project=locked,
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
    """Approve or refuse a change that somebody else has asked for.

    With the approval of a change of money the commitment and what may be claimed move, in the
    same transaction. Raises `Refused` where a budget line, a claim or other amounts stand in the
    way, and `WrongState` for whoever decides second.
    """
    require(by, "delivery.decide_change", request)
    if not reason.strip():
        raise Refused("Give the reason for your decision.")
    with transaction.atomic():
        # As claims do: whatever touches what is left of a grant takes turns at its project.
        project = Project.objects.locked(request.project_id)
        decided = states.move(
            request,
            "approve" if approve else "refuse",
            by=by,
            reason=reason,
            decided_at=clock.now(),
            decided_by=person(by),
            decision_reason=reason.strip(),
        )
        if approve:
            decided.project = project
            in_progress(project)
            if decided.kind == MONEY:
                carry_out(decided, by)
        send(messages.ChangeDecided(change=decided), key=str(decided.pk))
    return decided


def withdraw_change(*, request: ChangeRequest, by: Actor) -> ChangeRequest:
    """Ask no longer for a change that nobody has decided on."""
    require(by, "delivery.request_change", request)
    return states.move(request, "withdraw", by=by)
