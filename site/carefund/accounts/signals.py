"""What happens to accounts is put on record, and what was opened with less is closed."""

from typing import Any

from allauth.account import signals as account
from allauth.core import context
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.signals import user_logged_out
from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver

from carefund.core.record import record

from . import factors, news, sessions
from .actions import note_failure

WORDS = {
    Authenticator.Type.TOTP: "authenticator app",
    Authenticator.Type.WEBAUTHN: "passkey or security key",
    Authenticator.Type.RECOVERY_CODES: "recovery codes",
}
# Recovery codes come with the first factor; making new ones is news of its own.
NEWS = {
    Authenticator.Type.TOTP: "totp_activated",
    Authenticator.Type.WEBAUTHN: "webauthn_added",
}


@receiver(account.user_logged_in)
def on_signed_in(sender: Any, request: Any, user: Any, **kwargs: Any) -> None:
    ways = " and ".join(dict.fromkeys(_way(one) for one in _records(request, user)))
    record("sign_in.start", user, by=user, reason=ways)


def _records(request: Any, user: Any) -> list[dict[str, Any]]:
    return list(factors.get_authentication_records(request, user))


def _way(shown: dict[str, Any]) -> str:
    if shown["method"] == "mfa":
        kind = shown.get("type", "")
        return {**WORDS, "oidc": "the department’s second step"}.get(kind, str(kind))
    names = {"code": "code by email", "socialaccount": "the department’s sign-in"}
    return names.get(shown["method"], str(shown["method"]))


@receiver(user_logged_out)
def on_signed_out(sender: Any, request: Any, user: Any, **kwargs: Any) -> None:
    if user is None:
        return
    UserSession.objects.filter(session_key=request.session.session_key).delete()
    ended = getattr(request, "ended", None)
    record("sign_in.end", user, by=user, reason=ended.reason if ended else "")


@receiver(account.login_code_rejected)
def on_wrong_code(sender: Any, user: Any, **kwargs: Any) -> None:
    note_failure(user=user, way="code")


@receiver(mfa.authentication_failed)
def on_wrong_factor(sender: Any, user: Any, **kwargs: Any) -> None:
    note_failure(user=user, way="factor")


@receiver(mfa.authenticator_used)
def on_factor_shown(
    sender: Any, request: Any, user: Any, *, reauthenticated: bool = False, **kwargs: Any
) -> None:
    if reauthenticated:
        record("sign_in.confirm", user, by=user)
        sessions.renew(request)


@receiver(post_save, sender=Authenticator)
def on_factor_made(sender: Any, instance: Authenticator, created: bool, **kwargs: Any) -> None:  # noqa: FBT001
    """On record and told in one transaction with the factor, when a person makes it themselves.

    The library says so only after the transaction, when a crash would leave neither.
    """
    request = context.request
    if not created or request is None:
        return
    kind, user = instance.type, instance.user
    renewed = getattr(request.resolver_match, "view_name", "") == "mfa_generate_recovery_codes"
    record(f"second_step.{'renew' if renewed else 'add'}", user, by=user, reason=WORDS[kind])
    if kind in NEWS or renewed:
        news.tell(NEWS.get(kind, "recovery_codes_generated"), user)


@receiver(mfa.authenticator_added)
def on_factor_added(sender: Any, request: Any, user: Any, authenticator: Any, **kw: Any) -> None:
    kind = authenticator.type
    if kind in factors.FACTORS and request.user.is_authenticated:
        # Setting it up showed it: its code, or its answer to our question.
        factors.give(request, user, kind)
        sessions.renew(request)
        sessions.end_others(request, user, reason="A second step was added.")


@receiver(mfa.authenticator_removed)
def on_factor_removed(sender: Any, request: Any, user: Any, authenticator: Any, **kw: Any) -> None:
    record("second_step.remove", user, by=user, reason=WORDS[authenticator.type])
    sessions.end_others(request, user, reason="A second step was removed.")


@receiver(mfa.authenticator_reset)
def on_codes_made(sender: Any, request: Any, user: Any, **kwargs: Any) -> None:
    sessions.end_others(request, user, reason="New recovery codes were made.")


@receiver([account.password_changed, account.password_set, account.password_reset])
def on_password_changed(sender: Any, request: Any, user: Any, **kwargs: Any) -> None:
    with transaction.atomic():
        record("person.change_password", user, by=user)
        sessions.end_others(request, user, reason="The password was changed.")


@receiver(account.email_changed)
def on_address_changed(
    sender: Any, request: Any, user: Any, from_email_address: Any, to_email_address: Any, **kw: Any
) -> None:
    before = from_email_address.email if from_email_address else ""
    changes = {"email": (before, to_email_address.email)}
    record("person.change_address", user, by=user, changes=changes)
    sessions.end_others(request, user, reason="The email address was changed.")
