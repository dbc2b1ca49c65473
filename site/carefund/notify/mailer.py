"""The step from the outbox to a mail backend of Django's."""

from collections.abc import Callable
from smtplib import SMTPRecipientsRefused
from typing import Any, Protocol

from django.core.mail import EmailMultiAlternatives, get_connection

PERMANENT = 500  # SMTP replies from here on say that trying again is of no use (RFC 5321, 4.2.1)


Headers = Callable[[Any], dict[str, str]]
_headers: dict[str, Headers] = {}


def register_headers(kind: str, headers: Headers) -> None:
    """`headers(row)` adds to the mail of every message of `kind`, such as a way to unsubscribe."""
    _headers[kind] = headers


def headers_of(row: Any) -> dict[str, str]:
    find = _headers.get(row.kind)
    return find(row) if find else {}


class AddressRefused(Exception):
    """The address does not exist or takes no mail; the text says what the other side said."""


class Remembers(Protocol):
    """A backend that can say whether it has taken a mail already."""

    def has_accepted(self, message_id: str) -> bool: ...


def hand_over(mail: EmailMultiAlternatives, *, may_have_gone: bool) -> None:
    """Give `mail` to the backend. Raises `AddressRefused`, or what the backend raises."""
    connection: Any = get_connection()
    if may_have_gone and hasattr(connection, "has_accepted"):
        backend: Remembers = connection
        if backend.has_accepted(mail.extra_headers["Message-ID"]):
            return
    try:
        connection.send_messages([mail])
    except SMTPRecipientsRefused as refused:
        code, words = next(iter(refused.recipients.values()))
        if code >= PERMANENT:
            raise AddressRefused(f"{code} {_text(words)}") from refused
        raise


def _text(words: Any) -> str:
    return words.decode(errors="replace") if isinstance(words, bytes) else str(words)
