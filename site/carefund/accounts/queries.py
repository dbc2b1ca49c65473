from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address

from allauth.usersessions.models import UserSession

from . import devices
from .models import User


@dataclass(frozen=True)
class SignedIn:
    """One browser in which a person is signed in, in words."""

    pk: int
    device: str
    place: str
    since: datetime
    last_seen: datetime
    is_current: bool


def sessions_of(user: User, current_key: str | None) -> list[SignedIn]:
    """The browsers in which the person is signed in: this one first, then by last use."""
    rows = UserSession.objects.purge_and_list(user)
    here = next((row.ip for row in rows if row.session_key == current_key), "")
    found = [
        SignedIn(
            row.pk,
            devices.words(row.user_agent),
            _place(row.ip, here),
            row.created_at,
            row.last_seen_at,
            row.session_key == current_key,
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: (not one.is_current, -one.last_seen.timestamp()))


def _place(address: str, here: str) -> str:
    if ip_address(address).is_loopback:
        return "This computer"
    if address == here:
        return f"Where you are now ({address})"
    if ip_address(address).is_private:
        return f"Inside your organisation’s network ({address})"
    return f"Internet address {address}"
