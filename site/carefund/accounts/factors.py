"""The second factor: who must have one, and whether this session was opened with one."""

import base64
import hashlib
from collections.abc import Callable
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest

Predicate = Callable[[Any], bool]
_must: list[Predicate] = []
# What a person signs in with by itself; recovery codes only stand in for one of these.
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def register_must_have(predicate: Predicate) -> None:
    """Whoever `predicate` says yes to must have a second factor. Floors above register theirs."""
    if predicate not in _must:
        _must.append(predicate)


def must_have(user: Any) -> bool:
    """Whether the service opens to this person only with a second factor."""
    return bool(user.is_staff or user.is_superuser or any(predicate(user) for predicate in _must))


def own(user: Any) -> list[Authenticator]:
    return list(Authenticator.objects.filter(user_id=user.pk, type__in=FACTORS).order_by("pk"))


def given(request: HttpRequest) -> bool:
    """Whether the person of this session has shown a second factor in it."""
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == "mfa" for record in records)


def give(request: HttpRequest, user: Any, kind: str) -> None:
    """Note in the session that the person has just shown a second factor."""
    record_authentication(request, user, "mfa", type=kind)


class FactorAdapter(DefaultMFAAdapter):
    """Secrets are encrypted at rest; who must have a second factor cannot remove the last."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": (
            "You need a second step to use this service. Add another one before you remove this."
        ),
        "incorrect_code": "That code is not right. Check it and enter it again.",
        "unverified_email": "Confirm your email address before you set up a second step.",
        "cannot_generate_recovery_codes": "Set up an authenticator app or a passkey first.",
    }

    def _get_site_name(self) -> str:
        return str(settings.WAGTAIL_SITE_NAME)

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        user = authenticator.user
        return not must_have(user) or len(own(user)) > 1

    def generate_authenticator_name(self, user: Any, type: str) -> str:  # noqa: A002 - allauth's
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return "My passkey" if number == 1 else f"My passkey {number}"


def _cipher() -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = (hashlib.sha256(f"factors\0{secret}".encode()).digest() for secret in secrets)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
