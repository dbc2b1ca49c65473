"""People ask to join by themselves; the administrators of their organisation decide."""

import secrets
from collections.abc import Collection
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.db import transaction

from carefund.accounts.actions import add_person
from carefund.accounts.models import User
from carefund.accounts.roles import AuthorityRole
from carefund.core import clock
from carefund.core.actors import SYSTEM, Actor, person
from carefund.core.errors import NotAllowed, Refused
from carefund.core.permissions import require
from carefund.core.record import record
from carefund.notify.actions import send

from .. import queries
from ..messages import ConfirmJoining, JoiningAsked, JoiningDecided
from ..models import JoinRequest, Organisation
from .memberships import MANAGE, set_roles

LASTS = timedelta(days=1)
# So that nobody can fill another's mailbox through the public page.
MAILS_A_DAY = 3


def verified_addresses(user: User) -> list[str]:
    rows = EmailAddress.objects.filter(user=user, verified=True)
    return list(rows.values_list("email", flat=True))


def may_join(user: User) -> list[Organisation]:
    """The organisations of the person's verified addresses to which they do not belong yet."""
    own = {m.organisation_id for m in queries.memberships_of(user)}
    found = queries.organisations_for(verified_addresses(user))
    return [organisation for organisation in found if organisation.pk not in own]


def ask_to_join(*, organisation: Organisation, by: User) -> JoinRequest:
    """Ask the organisation of one's own verified address; asking twice is asking once."""
    if organisation not in may_join(by):
        raise NotAllowed("Your email address does not belong to this organisation.")
    with transaction.atomic():
        Organisation.objects.select_for_update().get(pk=organisation.pk)
        waiting = JoinRequest.objects.filter(organisation=organisation, user=by, state="waiting")
        if found := waiting.first():
            return found
        request = JoinRequest.objects.create(
            organisation=organisation,
            user=by,
            email=by.email,
            name=str(by),
            state="waiting",
            asked_at=clock.now(),
        )
        _tell_administrators(request, by)
    return request


def _tell_administrators(request: JoinRequest, by: Actor) -> None:
    if request.organisation is None:
        return
    record("join_request.ask", request, by=by)
    send(JoiningAsked(request=request), key=str(request.pk))


def ask_to_join_by_mail(*, name: str, email: str) -> None:
    """Send a link by which the owner of an address confirms. Says nothing about the address."""
    address = User.objects.normalize_email(email).strip().lower()
    now = clock.now()
    asked = JoinRequest.objects.filter(email=address, token_hash__gt="", asked_at__gt=now - LASTS)
    if asked.count() >= MAILS_A_DAY:
        return
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        request = JoinRequest.objects.create(
            email=address,
            name=name.strip(),
            token_hash=queries.fingerprint(token),
            asked_at=now,
            expires_at=now + LASTS,
        )
        send(ConfirmJoining(request=request, token=token), key=str(request.pk))


def confirm_joining(*, request: JoinRequest) -> list[JoinRequest]:
    """The owner of the address has opened the link: ask the organisations of its domain.

    An account is made if there is none. No organisation has the domain: nothing is asked.
    """
    with transaction.atomic():
        locked = JoinRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
        if locked.state != "unconfirmed" or (
            locked.expires_at and clock.now() >= locked.expires_at
        ):
            raise Refused("This link can no longer be used.")
        places = queries.organisations_for([locked.email])
        if not places:
            return []
        user = User.objects.filter(email__iexact=locked.email).first() or add_person(
            email=locked.email, name=locked.name, by=SYSTEM
        )
        own = {m.organisation_id for m in queries.memberships_of(user)}
        asked = user.join_requests.filter(state="waiting").values_list("organisation", flat=True)
        fresh = [place for place in places if place.pk not in own | set(asked)]
        return [_confirmed(locked, user, place, first=not n) for n, place in enumerate(fresh)]


def _confirmed(
    request: JoinRequest, user: User, organisation: Organisation, *, first: bool
) -> JoinRequest:
    if not first:
        request = JoinRequest(email=request.email, name=request.name, asked_at=clock.now())
    request.user, request.organisation, request.state = user, organisation, "waiting"
    request.save()
    _tell_administrators(request, user)
    return request


def decide_joining(
    *,
    request: JoinRequest,
    roles: Collection[str],
    by: Actor,
    capacity: str = "",
    reason: str = "",
) -> JoinRequest:
    """Let the person in with `roles`, or decline with a reason when there are none."""
    require(by, MANAGE, request.organisation)
    if not roles and not reason.strip():
        raise Refused("Say why you decline.")
    if set(roles) - set(AuthorityRole.values):
        raise Refused("Choose from the roles that are listed.")
    with transaction.atomic():
        locked = JoinRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
        if locked.state != "waiting" or locked.user is None or locked.organisation is None:
            raise Refused("This request has been decided.")
        if person(by) == locked.user:
            raise NotAllowed("Somebody else decides about your own request.")
        words: tuple[str, ...] = ()
        if roles:
            held = queries.memberships_of(locked.user)
            kept = {m.role for m in held if m.organisation_id == locked.organisation.pk}
            rows = set_roles(
                locked.organisation, locked.user, kept | set(roles), by=by, capacity=capacity
            )
            words = tuple(row.words for row in rows)
        locked.state = "approved" if roles else "declined"
        locked.decided_at, locked.decided_by = clock.now(), person(by)
        locked.reason = reason.strip()
        locked.save()
        record(f"join_request.{locked.state}", locked, by=by, reason=reason)
        send(JoiningDecided(request=locked, roles=words), key=str(locked.pk))
    return locked
