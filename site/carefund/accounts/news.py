"""What became of an account, sent inside the transaction, to whoever stands above and tells."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from allauth.core import context
from django.dispatch import Signal

from carefund.core import clock
from carefund.core.addresses import client_address

from . import devices

# Arguments: news (a `SecurityNews`).
security_news = Signal()
# Told in the transaction that makes the factor (`signals.py`); the library tells only after it.
TOLD_WITH_THE_FACTOR = {"totp_activated", "webauthn_added", "recovery_codes_generated"}


@dataclass(frozen=True)
class SecurityNews:
    """One thing that a person must hear of, because it may not have been them."""

    kind: str
    user: Any
    at: datetime
    # Where to write, if not to the address that the account has now.
    email: str = ""
    internet_address: str = ""
    browser: str = ""
    about: Mapping[str, str] = field(default_factory=dict)


def tell(
    kind: str, user: Any, *, email: str = "", about: Mapping[str, str] | None = None
) -> SecurityNews:
    """Let the owner of the account know. Where it came from is read from the request."""
    request: Any = context.request
    news = SecurityNews(
        kind=kind,
        user=user,
        at=clock.now(),
        email=email,
        internet_address=client_address(request) if request else "",
        browser=devices.words(request.headers.get("User-Agent", "")) if request else "",
        about=dict(about or {}),
    )
    security_news.send(SecurityNews, news=news)
    return news
