"""Codes: by email for somebody who is signed in, and those of authenticator apps."""

import time
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core.internal.cryptokit import compare_user_code, normalize_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from . import limits

KEY = "carefund.confirm_code"
WORKS_SECONDS = 10 * 60


def send(request: HttpRequest) -> bool:
    """Send a new code, which ends the one before. False when too many were asked for."""
    user = request.user
    if limits.MAIL.take(user.email, limits.place(request, user.email)) is None:  # type: ignore[union-attr]
        return False
    adapter = get_adapter()
    code = adapter.generate_login_code()
    request.session[KEY] = {"code": code, "at": time.time()}
    adapter.send_mail("account/email/confirm_code", user.email, {"code": code})  # type: ignore[union-attr]
    return True


def is_waiting(request: HttpRequest) -> bool:
    kept: dict[str, Any] = request.session.get(KEY) or {"at": 0}
    return time.time() - kept["at"] < WORKS_SECONDS


def is_right(request: HttpRequest, typed: str) -> bool:
    """Whether this is the code that was sent; a right one and the fifth wrong one use it up."""
    if not is_waiting(request):
        return False
    kept = request.session[KEY]
    if limits.CODE.take("confirm", request.user.pk, kept["code"]) is None:
        del request.session[KEY]
        return False
    right = compare_user_code(actual=typed, expected=kept["code"])
    if right:
        del request.session[KEY]
    return right


def is_example(user: Any) -> bool:
    """One of the people of the example, which is never on in production."""
    return bool(settings.CAREFUND_EXAMPLE and user is not None and user.is_sample)


def is_first_use(user: Any, code: str) -> bool:
    """Whether a code is new: the library forgets a used one while it would still be accepted."""
    if is_example(user):
        return True
    life = (2 * settings.MFA_TOTP_TOLERANCE + 1) * 30
    return cache.add(f"factor-used:{user.pk}:{normalize_user_code(code)}", 1, life)


def give_app(user: Any) -> None:
    """An authenticator app for somebody of the example; its codes are shown to whoever asks."""
    totp.TOTP.activate(user, totp.generate_totp_secret())


def shown_code(user: Any) -> str:
    """What the app of somebody of the example shows now; empty for everybody else."""
    row = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    if not is_example(user) or row is None:
        return ""
    app, secret = totp.TOTP(row), decrypt(row.data["secret"])
    before, now, after = totp.yield_hotp_counters_from_time()
    found = [totp.format_hotp_value(totp.hotp_value(secret, at)) for at in (now, after, before)]
    unused = [code for code in found if not cache.get(app._get_used_cache_key(code))]  # noqa: SLF001 - its own key
    return (unused or found)[0]
