"""Following calls: at once for who is signed in, by a confirmed address for all others."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction

from carefund.accounts.models import User
from carefund.core import clock
from carefund.core.errors import Refused
from carefund.notify.actions import send

from ..messages import ConfirmFollowing
from ..models import Follower, FollowRequest
from ..queries import follower_of_link, token_fingerprint
from .telling import newest_update

LASTS = timedelta(days=2)
# So that nobody can fill another's mailbox through the public page.
MAILS_A_DAY = 3
Wishes = Mapping[str, Any]  # everything: bool; themes, regions, calls: ids


def follow(*, wishes: Wishes, by: User) -> Follower:
    """Somebody with an account chooses what to hear of; choosing again replaces it."""
    return _apply(by.email, by, wishes)


def ask_to_follow(*, email: str, wishes: Wishes) -> None:
    """Send a link by which the owner of an address confirms. Says nothing about the address."""
    address = User.objects.normalize_email(email).strip().lower()
    moment = clock.now()
    lately = FollowRequest.objects.filter(email=address, asked_at__gt=moment - timedelta(days=1))
    if lately.count() >= MAILS_A_DAY:
        return
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        request = FollowRequest.objects.create(
            email=address,
            token_hash=token_fingerprint(token),
            wishes={name: _plain(value) for name, value in wishes.items()},
            asked_at=moment,
            expires_at=moment + LASTS,
        )
        send(ConfirmFollowing(request=request, token=token), key=str(request.pk))


def _plain(value: Any) -> Any:
    return value if isinstance(value, bool) else [int(item) for item in value]


def confirm_following(*, request: FollowRequest) -> Follower:
    """The owner of the address has opened the link and said yes. Twice is once."""
    with transaction.atomic():
        locked = FollowRequest.objects.select_for_update().get(pk=request.pk)
        if clock.now() >= locked.expires_at:
            raise Refused("This link has run out. Ask to follow calls again.")
        if locked.confirmed_at is not None:
            return _followed_before(locked)
        locked.confirmed_at = clock.now()
        locked.save(update_fields=["confirmed_at"])
        user = User.objects.filter(email__iexact=locked.email, is_active=True).first()
        return _apply(locked.email, user, locked.wishes)


def _followed_before(request: FollowRequest) -> Follower:
    """A link works once: whoever has stopped since is not made to follow by it again."""
    row = Follower.objects.current().filter(email__iexact=request.email).first()
    if row is None:
        raise Refused("This link has been used. Ask to follow calls again.")
    return row


def _apply(email: str, person: User | None, wishes: Wishes) -> Follower:
    with transaction.atomic():
        rows = Follower.objects.current().select_for_update(of=("self",))
        row = rows.filter(email__iexact=email).first()
        if row is None:
            row = Follower.objects.create(
                email=email.lower(),
                person=person,
                started_at=clock.now(),
                told_up_to=newest_update(),
            )
        row.everything, row.person = bool(wishes.get("everything")), person
        row.save(update_fields=["everything", "person"])
        for name in ("themes", "regions", "calls"):
            _choose(row, name, wishes.get(name, ()))
    return row


def _choose(row: Follower, name: str, chosen: Sequence[int]) -> None:
    related = getattr(row, name)
    related.set(related.model.objects.filter(pk__in=list(chosen)))


def stop_following(*, link: str) -> bool:
    """End what the signed link of a message belongs to. Also for a link used before."""
    with transaction.atomic():
        row = follower_of_link(link)
        if row is None:
            return False
        _end(row)
    return True


def stop(*, by: User) -> None:
    """Somebody with an account no longer follows anything."""
    with transaction.atomic():
        for row in Follower.objects.current().filter(person=by):
            _end(row)


def _end(row: Follower) -> None:
    """The address is forgotten at once: nothing is kept of who does not want to be written to."""
    locked = Follower.objects.select_for_update().get(pk=row.pk)
    if locked.ended_at:
        return
    for name in ("themes", "regions", "calls"):
        getattr(locked, name).clear()
    locked.ended_at, locked.email, locked.person = clock.now(), "", None
    locked.save(update_fields=["ended_at", "email", "person"])
