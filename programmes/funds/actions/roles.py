"""Roles in the department: given by an administrator to somebody else, and ended."""

from typing import Any

from django.db import transaction

from carefund.accounts.models import User
from carefund.accounts.roles import AuthorityRole, StaffRole
from carefund.core import clock
from carefund.core.actors import SYSTEM, Actor, person
from carefund.core.errors import NotAllowed, Refused
from carefund.core.permissions import require
from carefund.core.record import record
from carefund.notify.actions import send
from programmes.organisations.actions.invitations import announce, send_invitation
from programmes.organisations.actions.memberships import OWN, end_sessions_without_access
from programmes.organisations.messages import RolesChanged
from programmes.organisations.models import Invitation, Membership, Organisation
from programmes.organisations.queries import administrators_of

from .. import duties, queries
from ..models import Programme, RoleAssignment, StaffInvitation
from ..signals import staff_roles_changed

DEPARTMENT = "the department"


class DutiesClash(Refused):
    """The two duties must lie with two people. The message says which and why."""


def give_role(
    *, user: User, role: str, programme: Programme | None, by: Actor, reason: str = ""
) -> RoleAssignment:
    """Give `user` a role for one programme, or with None for all. Raises `DutiesClash`."""
    _may_give(by, user, programme)
    with transaction.atomic():
        row = _give(user, role, programme, by, reason)
        _tell(user)
    return row


def _may_give(by: Actor, user: User | None, programme: Programme | None) -> None:
    """Whoever administers one programme gives roles for that one alone."""
    require(by, "funds.give_roles", programme)
    if by is not SYSTEM and programme is None and not queries.administers_everything(by):
        raise NotAllowed("You give roles for your own programmes, not for all.")
    if user is not None and person(by) == user:
        raise NotAllowed(OWN)


def _give(
    user: User, role: str, programme: Programme | None, by: Actor, reason: str
) -> RoleAssignment:
    if role not in StaffRole.values:
        raise Refused("Choose one of the roles that are listed.")
    # Two roles given to one person at once take turns.
    User.objects.select_for_update().get(pk=user.pk)
    current = RoleAssignment.objects.current().filter(user=user)
    if same := current.filter(role=role, programme=programme).first():
        return same
    scope = programme.pk if programme else None
    if why := problem(user, role, scope):
        raise DutiesClash(why)
    row = RoleAssignment.objects.create(
        user=user, role=role, programme=programme, started_at=clock.now(), given_by=person(by)
    )
    queries.forget(user)
    record("staff_role.give", row, by=by, changes={"role": (None, row.words)}, reason=reason)
    staff_roles_changed.send(RoleAssignment, user=user)
    return row


def problem(user: User, role: str, scope: int | None) -> str:
    """Why the person may not hold the role: another of theirs, or an authority they work for."""
    current = RoleAssignment.objects.current().filter(user=user)
    if why := duties.clash((role, scope), current.values_list("role", "programme_id")):
        return why
    member = Membership.objects.current().filter(user=user).select_related("organisation").first()
    if role in duties.CASE_WORK and member:
        return (
            f"{user} works for {member.organisation}, which may ask for money. One person cannot "
            "ask for money and decide about it."
        )
    return ""


def end_role(*, assignment: RoleAssignment, reason: str, by: Actor) -> RoleAssignment:
    """The person no longer holds the role, from now on. What they did stays on record."""
    _may_give(by, assignment.user, assignment.programme)
    if not reason.strip():
        raise Refused("Say why the role ends.")
    with transaction.atomic():
        locked = RoleAssignment.objects.select_for_update(of=("self",)).get(pk=assignment.pk)
        if locked.ended_at is not None:
            return locked
        _keep_an_administrator(locked)
        locked.ended_at, locked.ended_by = clock.now(), person(by)
        locked.save(update_fields=["ended_at", "ended_by"])
        queries.forget(locked.user)
        record(
            "staff_role.end",
            locked,
            by=by,
            changes={"role": (locked.words, None)},
            reason=reason,
        )
        staff_roles_changed.send(RoleAssignment, user=locked.user)
        _tell(locked.user)
        end_sessions_without_access(locked.user, by=by)
    return locked


def _keep_an_administrator(row: RoleAssignment) -> None:
    """Somebody must still be able to give roles for all programmes."""
    if row.role != StaffRole.ADMINISTRATOR or row.programme_id is not None:
        return
    current = RoleAssignment.objects.current().select_for_update(of=("self",))
    rows = current.filter(role=StaffRole.ADMINISTRATOR, programme=None, user__is_active=True)
    if not [other for other in rows if other.user_id != row.user_id]:
        raise Refused("This is the last service administrator. Make somebody else one first.")


def _tell(user: User) -> None:
    rows = RoleAssignment.objects.current().filter(user=user).select_related("programme")
    send(
        RolesChanged(person=user, place=DEPARTMENT, roles=tuple(row.words for row in rows)),
        key=f"staff:{user.pk}:{clock.now().isoformat()}",
    )


def invite_staff(
    *, email: str, name: str, role: str, programme: Programme | None, by: Actor
) -> Invitation:
    """Ask somebody to work for the department with a role."""
    _may_give(by, None, programme)
    if role not in StaffRole.values:
        raise Refused("Choose one of the roles that are listed.")
    with transaction.atomic():
        invitation = send_invitation(kind="staff", email=email, name=name, by=by)
        StaffInvitation.objects.create(invitation=invitation, role=role, programme=programme)
        announce(invitation)
    return invitation


def staff_problem(invitation: Invitation, user: User) -> str:
    wanted = invitation.staff
    return problem(user, wanted.role, wanted.programme_id)


def take_up_staff_role(invitation: Invitation, user: Any) -> None:
    wanted = invitation.staff
    _give(user, wanted.role, wanted.programme, invitation.invited_by or SYSTEM, "Invited")


def invite_first_administrator(
    *, organisation: Organisation, email: str, name: str, by: Actor
) -> Invitation:
    """For an organisation that has nobody to look after its people."""
    require(by, "organisations.administer")
    if administrators_of(organisation):
        raise Refused("This organisation has an administrator, who invites others.")
    with transaction.atomic():
        invitation = send_invitation(
            kind="member",
            organisation=organisation,
            email=email,
            name=name,
            by=by,
            roles=[AuthorityRole.ADMINISTRATOR.value],
        )
        announce(invitation)
    return invitation
