"""Roles in an organisation begin and end here, under the lock of the organisation."""

from collections.abc import Collection
from typing import Any

from allauth.usersessions.models import UserSession
from django.db import transaction

from carefund.accounts import sessions
from carefund.accounts.models import User
from carefund.accounts.roles import AuthorityRole
from carefund.core import clock
from carefund.core.actors import Actor, person
from carefund.core.errors import NotAllowed, Refused
from carefund.core.permissions import require
from carefund.core.record import record
from carefund.notify.actions import send

from .. import access, queries
from ..messages import RolesChanged
from ..models import Membership, Organisation

MANAGE = "organisations.manage_people"
OWN = "Nobody changes their own roles. Ask another administrator."


class LastAdministrator(Refused):
    message = (
        "This is the last administrator of the organisation. Make somebody else administrator "
        "first, so that it can still look after its people."
    )


def change_roles(
    *,
    organisation: Organisation,
    user: User,
    roles: Collection[str],
    by: Actor,
    capacity: str = "",
    reason: str = "",
) -> list[Membership]:
    """Give a member exactly `roles`; none ends the membership. Raises `LastAdministrator`."""
    require(by, MANAGE, organisation)
    if person(by) == user:
        raise NotAllowed(OWN)
    with transaction.atomic():
        found = set_roles(organisation, user, roles, by=by, capacity=capacity, reason=reason)
        send(
            RolesChanged(person=user, place=organisation, roles=tuple(m.words for m in found)),
            key=f"{organisation.pk}:{clock.now().isoformat()}",
        )
    return found


def end_membership(*, organisation: Organisation, user: User, reason: str, by: Actor) -> None:
    """The person leaves: no access from now on, nothing of what they did is lost."""
    if not reason.strip():
        raise Refused("Say why the membership ends.")
    change_roles(organisation=organisation, user=user, roles=[], by=by, reason=reason.strip())


def set_roles(
    organisation: Organisation,
    user: User,
    roles: Collection[str],
    *,
    by: Actor,
    capacity: str = "",
    reason: str = "",
) -> list[Membership]:
    """The change itself; whoever calls has asked whether `by` may. In a transaction."""
    unknown = set(roles) - set(AuthorityRole.values)
    if unknown:
        raise Refused("Choose from the roles that are listed.")
    capacity = capacity if AuthorityRole.FINANCE_CERTIFIER in roles else ""
    # Two people who each end the other's role take turns here.
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    current = {
        m.role: m for m in Membership.objects.current().filter(organisation=organisation, user=user)
    }
    changed = {
        role
        for role, row in current.items()
        if role in roles and role == AuthorityRole.FINANCE_CERTIFIER and row.capacity != capacity
    }
    ending = [row for role, row in current.items() if role not in roles or role in changed]
    if any(row.role == AuthorityRole.ADMINISTRATOR for row in ending):
        _keep_an_administrator(organisation, user)
    for row in ending:
        end_role(row, by, reason)
    kept = set(current) - {row.role for row in ending}
    for role in [value for value in AuthorityRole.values if value in set(roles) - kept]:
        _start(organisation, user, role, by, capacity)
    queries.forget(user)
    if not roles:
        access.end_guests_of_person(organisation, user, by=by)
        _take_back_invitations(organisation, user, by)
        end_sessions_without_access(user, by=by)
    rows = Membership.objects.current().filter(organisation=organisation, user=user)
    return list(rows.order_by("role"))


def _keep_an_administrator(organisation: Organisation, leaving: User) -> None:
    others = [u for u in queries.administrators_of(organisation) if u.pk != leaving.pk]
    if not others:
        raise LastAdministrator


def _start(
    organisation: Organisation, user: User, role: str, by: Actor, capacity: str
) -> Membership:
    row = Membership.objects.create(
        organisation=organisation,
        user=user,
        role=role,
        capacity=capacity if role == AuthorityRole.FINANCE_CERTIFIER else "",
        started_at=clock.now(),
        started_by=person(by),
    )
    record("membership.start", row, by=by, changes={"role": (None, row.words)})
    return row


def _take_back_invitations(organisation: Organisation, leaver: User, by: Actor) -> None:
    """Whom a leaver has invited is invited anew by somebody who may still do so."""
    for row in queries.open_invitations(organisation).filter(invited_by=leaver):
        row.revoked_at, row.revoked_by = clock.now(), person(by)
        row.save(update_fields=["revoked_at", "revoked_by"])
        record("invitation.revoke", row, by=by)


def end_role(row: Membership, by: Actor, reason: str) -> None:
    row.ended_at, row.ended_by = clock.now(), person(by)
    row.save(update_fields=["ended_at", "ended_by"])
    record("membership.end", row, by=by, changes={"role": (row.words, None)}, reason=reason)


def end_sessions_without_access(user: Any, *, by: Actor) -> int:
    """Sign the person out everywhere if nothing lets them in any more. Returns how often."""
    queries.forget(user)
    if Membership.objects.current().filter(user=user).exists() or access.any_other(user):
        return 0
    open_ = list(UserSession.objects.filter(user=user))
    for session in open_:
        sessions.end(session, by=by, reason="No role is left.")
    return len(open_)
