"""How long a session lasts, and how it ends."""

import time
from dataclasses import dataclass
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest
from django.utils import timezone

from carefund.core.actors import Actor
from carefund.core.record import record

from . import held
from .factors import must_have

SEEN, STARTED, ENDED = "carefund.seen", "carefund.started", "carefund.ended"
# How exactly a session knows when it was used last; a write for every page would cost more.
GRAIN_SECONDS = 60


@dataclass(frozen=True)
class Ended:
    """A session that the service closed: whose it was and why."""

    user_id: Any
    reason: str


REASONS = {
    "idle": "You were signed out because you did nothing here for {minutes} minutes.",
    "long": "You were signed out because you had been signed in for {hours} hours.",
}


def begin(request: HttpRequest) -> None:
    request.session[STARTED] = request.session[SEEN] = int(time.time())
    request.session.pop(ENDED, None)
    if held.held(request) is None:
        held.drop(request)


def idle_minutes(user: Any) -> int:
    return int(settings.IDLE_MINUTES_STAFF if must_have(user) else settings.IDLE_MINUTES)


def close_if_over(request: HttpRequest) -> Ended | None:
    """Sign the person out when they were away too long or signed in too long ago."""
    now, session, user = time.time(), request.session, request.user
    if STARTED not in session:
        begin(request)
    away = now - session[SEEN]
    reason = ""
    if now - session[STARTED] > settings.SESSION_HOURS * 3600:
        reason = "long"
    elif away > settings.IDLE_MINUTES_STAFF * 60 and away > idle_minutes(user) * 60:
        reason = "idle"
    if not reason:
        if away >= GRAIN_SECONDS:
            _seen(request, int(now))
        return None
    minutes = idle_minutes(user)
    ended = Ended(user.pk, REASONS[reason].format(minutes=minutes, hours=settings.SESSION_HOURS))
    request.ended = ended  # type: ignore[attr-defined]
    logout(request)
    request.session[ENDED] = ended.reason
    return ended


def _seen(request: HttpRequest, now: int) -> None:
    request.session[SEEN] = now
    rows = UserSession.objects.filter(session_key=request.session.session_key)
    rows.update(last_seen_at=timezone.now())


def renew(request: HttpRequest) -> None:
    """Give the session a new id, as what it may do has just grown."""
    old = request.session.session_key
    request.session.cycle_key()
    rows = UserSession.objects.filter(session_key=old)
    rows.update(session_key=request.session.session_key)


def end(session: UserSession, *, by: Actor, reason: str = "") -> None:
    """Sign one browser of a person out."""
    user = session.user
    session.end()
    record("sign_in.end", user, by=by, reason=reason)


def end_others(request: HttpRequest, user: Any, *, reason: str = "") -> int:
    """Sign the person out everywhere but here. Returns how many sessions ended."""
    rows = UserSession.objects.filter(user=user)
    others = list(rows.exclude(session_key=request.session.session_key or ""))
    for session in others:
        end(session, by=user, reason=reason)
    return len(others)
