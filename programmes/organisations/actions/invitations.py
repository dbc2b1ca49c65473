"""An invitation is sent, sent again, taken back, or taken up once."""

import secrets
from collections.abc import Collection
from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction

from carefund.accounts.actions import add_person
from carefund.accounts.models import User
from carefund.accounts.roles import AuthorityRole
from carefund.core import clock
from carefund.core.actors import SYSTEM, Actor, person
from carefund.core.errors import Refused
from carefund.core.permissions import require
from carefund.core.record import record
from carefund.notify.actions import send

from .. import queries
from ..invitations import kind_of
from ..messages import Invited
from ..models import Invitation, Organisation
from .memberships import MANAGE, set_roles

LASTS = timedelta(days=7)


def invite(
    *,
    organisation: Organisation,
    email: str,
    name: str,
    roles: Collection[str],
    by: Actor,
    capacity: str = "",
) -> Invitation:
    """Ask somebody to become a member with `roles`. An earlier open invitation lapses."""
    require(by, MANAGE, organisation)
    if not roles or set(roles) - set(AuthorityRole.values):
        raise Refused("Choose at least one role.")
    certifies = AuthorityRole.FINANCE_CERTIFIER in roles
    with transaction.atomic():
        invitation = send_invitation(
            kind="member",
            organisation=organisation,
            email=email,
            name=name,
            by=by,
            roles=[role for role in AuthorityRole.values if role in roles],
            capacity=capacity if certifies else "",
        )
        announce(invitation)
    return invitation


def send_invitation(
    *,
    kind: str,
    email: str,
    name: str,
    by: Actor,
    organisation: Organisation | None = None,
    **values: Any,
) -> Invitation:
    """Write the invitation; the caller has asked whether `by` may, and calls `announce` with it.

    Its `token` is on the returned object alone, for the link.
    """
    address = User.objects.normalize_email(email).strip().lower()
    by_whom = person(by)
    if by_whom is not None and by_whom.email == address:
        raise Refused("You cannot invite yourself.")
    now = clock.now()
    with transaction.atomic():
        if kind == "member":
            for old in _open(organisation, address):
                _revoke(old, by)
        token = secrets.token_urlsafe(32)
        invitation = Invitation.objects.create(
            kind=kind,
            organisation=organisation,
            email=address,
            name=name.strip(),
            token_hash=queries.fingerprint(token),
            invited_by=by_whom,
            invited_at=now,
            expires_at=now + LASTS,
            **values,
        )
        record("invitation.send", invitation, by=by, changes={"to": (None, address)})
        invitation.token = token  # type: ignore[attr-defined] # kept nowhere else
    return invitation


def _open(organisation: Organisation | None, address: str) -> list[Invitation]:
    rows = Invitation.objects.waiting().filter(kind="member", organisation=organisation)
    return list(rows.filter(email=address))


def announce(invitation: Any) -> None:
    """Put the mail with the link into the outbox."""
    send(
        Invited(invitation=invitation, token=invitation.token),
        key=f"{invitation.pk}:{invitation.sent_count}",
    )


def resend(*, invitation: Invitation, by: Actor) -> Invitation:
    """Send a new link for seven more days; the old one works no longer. `by` may invite."""
    with transaction.atomic():
        locked = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
        if locked.state not in {"open", "expired"}:
            raise Refused("This invitation has been used or taken back.")
        token = secrets.token_urlsafe(32)
        locked.token_hash, locked.expires_at = queries.fingerprint(token), clock.now() + LASTS
        locked.sent_count += 1
        locked.save(update_fields=["token_hash", "expires_at", "sent_count"])
        record("invitation.resend", locked, by=by)
        locked.token = token  # type: ignore[attr-defined] # kept nowhere else
        announce(locked)
    return locked


def revoke(*, invitation: Invitation, by: Actor) -> Invitation:
    """Take an invitation back. `by` may invite."""
    with transaction.atomic():
        locked = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
        if locked.state not in {"open", "expired"}:
            raise Refused("This invitation has been used or taken back.")
        _revoke(locked, by)
    return locked


def _revoke(invitation: Invitation, by: Actor) -> None:
    invitation.revoked_at, invitation.revoked_by = clock.now(), person(by)
    invitation.save(update_fields=["revoked_at", "revoked_by"])
    record("invitation.revoke", invitation, by=by)


def accept_invitation(*, invitation: Invitation, as_user: User | None) -> User:
    """Take an invitation up, once. Without an account, one is made for its address.

    `as_user` is whoever is signed in. Raises `Refused` with the reason why not.
    """
    with transaction.atomic():
        locked = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
        if locked.state != "open":
            raise Refused("This invitation can no longer be used.")
        user = as_user or _account(locked)
        if not user.is_active:
            raise Refused("This invitation cannot be used. Ask whoever sent it.")
        if user == locked.invited_by:
            raise Refused("You sent this invitation yourself. Somebody else has to invite you.")
        kind = kind_of(locked)
        if reason := kind.problem(locked, user):
            raise Refused(reason)
        locked.accepted_at, locked.accepted_by = clock.now(), user
        locked.save(update_fields=["accepted_at", "accepted_by"])
        kind.take_up(locked, user)
        queries.forget(user)
        record("invitation.accept", locked, by=user)
    return user


def _account(invitation: Invitation) -> User:
    known = EmailAddress.objects.filter(email__iexact=invitation.email, verified=True).first()
    user = known.user if known else User.objects.filter(email__iexact=invitation.email).first()
    if user is None:
        return add_person(email=invitation.email, name=invitation.name, by=_sender(invitation))
    # Whoever opened the link has read the mail that was sent to the address.
    EmailAddress.objects.get_or_create(
        user=user, email=invitation.email, defaults={"verified": True, "primary": not known}
    )
    return user


def _sender(invitation: Invitation) -> Actor:
    return invitation.invited_by or SYSTEM


def join_as_member(invitation: Invitation, user: User) -> None:
    """What taking up an invitation to become a member does: the roles come beside those held."""
    organisation = invitation.organisation
    if organisation is None:
        raise Refused("This invitation can no longer be used.")
    held = queries.memberships_of(user)
    roles = {m.role for m in held if m.organisation_id == organisation.pk} | set(invitation.roles)
    capacity = invitation.capacity or next((m.capacity for m in held if m.capacity), "")
    set_roles(organisation, user, roles, by=_sender(invitation), capacity=capacity)
