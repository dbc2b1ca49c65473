"""Guest access begins with an invitation and ends on its day, or when somebody ends it.

The slices that own a concrete `GuestAccess` call these inside actions of their own, which ask for
permission first.
"""

from datetime import date, timedelta
from typing import Any

from django.db import transaction

from carefund.core import clock
from carefund.core.actors import Actor, person
from carefund.core.errors import NotAllowed, Refused
from carefund.core.record import record

from ..models import Invitation, Organisation
from .invitations import announce, send_invitation
from .memberships import end_sessions_without_access

LONGEST = timedelta(days=366)


def let_in(
    *,
    model: Any,
    kind: str,
    organisation: Organisation,
    email: str,
    name: str,
    role: str,
    ends_on: date,
    by: Actor,
    **subject: Any,
) -> Any:
    """Invite somebody to one thing, as a viewer or contributor, until a day within a year."""
    if role not in model.Role.values:
        raise Refused("Choose viewer or contributor.")
    if not clock.today() <= ends_on <= clock.today() + LONGEST:
        raise Refused("Choose a last day from today to a year ahead.")
    with transaction.atomic():
        invitation = send_invitation(
            kind=kind, organisation=organisation, email=email, name=name, by=by
        )
        row = model.objects.create(
            invitation=invitation,
            role=role,
            ends_on=ends_on,
            given_by=person(by),
            given_at=clock.now(),
            **subject,
        )
        announce(invitation)
        record(
            "guest.invite",
            row.what,
            by=by,
            changes={"guest": (None, str(row))},
        )
    return row


def take_up(model: Any, invitation: Invitation, user: Any) -> None:
    row = model.objects.select_for_update(of=("self",)).get(invitation=invitation)
    if row.ended_at or row.ends_on < clock.today():
        raise Refused("This invitation can no longer be used.")
    row.user = user
    row.save(update_fields=["user"])
    record("guest.begin", row.what, by=user, changes={"guest": (None, [user, str(row)])})


def end(*, access: Any, by: Actor) -> Any:
    """The guest no longer sees it; an invitation not taken up is taken back."""
    if person(by) is not None and person(by).pk == access.user_id:
        raise NotAllowed("Ask whoever invited you.")
    with transaction.atomic():
        row = type(access).objects.select_for_update(of=("self",)).get(pk=access.pk)
        if row.ended_at:
            return row
        row.ended_at, row.ended_by = clock.now(), person(by)
        row.save(update_fields=["ended_at", "ended_by"])
        if row.invitation and row.invitation.state in {"open", "expired"}:
            row.invitation.revoked_at, row.invitation.revoked_by = clock.now(), person(by)
            row.invitation.save(update_fields=["revoked_at", "revoked_by"])
        record("guest.end", row.what, by=by, changes={"guest": ([row.user, str(row)], None)})
        if row.user:
            end_sessions_without_access(row.user, by=by)
    return row
