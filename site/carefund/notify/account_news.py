"""What the service tells people about their own account. Connected in `apps.py`."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db.models import Model

from carefund.accounts.news import SecurityNews
from carefund.core.formats import uk_instant
from carefund.core.paths import path_to

from .actions import send
from .message import Address, Message, Topic, Typed

NOT_YOU = (
    "If this was not you, open the service, sign out everywhere else, change how you sign in "
    "and tell the service desk."
)


@dataclass(frozen=True, kw_only=True)
class AboutYourAccount(Message):
    """Always mailed at once: whoever has taken an account over must not be able to put it off."""

    topic: ClassVar[Topic] = Topic.SERVICE
    heading: ClassVar[str] = ""
    says: ClassVar[str] = ""
    news: SecurityNews

    def about(self) -> Model:
        user: Model = self.news.user
        return user

    def recipients(self) -> Iterable[Any]:
        user = self.news.user
        return [Address(self.news.email, person=user) if self.news.email else user]

    def subject(self) -> str:
        return self.heading

    def happened(self) -> str:
        return self.says

    def paragraphs(self) -> list[str]:
        when = f"When: {uk_instant(self.news.at)} (UK time)."
        where = f"Internet address: {self.news.internet_address or 'not known'}."
        browser = f"Browser: {Typed(self.news.browser or 'not known')}."
        return [self.happened(), f"{when} {where} {browser}", NOT_YOU]

    def path(self) -> str:
        return path_to("usersessions_list")


@dataclass(frozen=True, kw_only=True)
class AddressChanged(AboutYourAccount):
    """Goes to the old address: whoever took the account over reads the new one."""

    kind: ClassVar[str] = "accounts.email_changed"
    heading: ClassVar[str] = "Your email address was changed"

    def happened(self) -> str:
        before, after = (self.news.about.get(key, "") for key in ("from_email", "to_email"))
        return f"The email address of your account was changed from {before} to {after}."


@dataclass(frozen=True, kw_only=True)
class AddressRemoved(AboutYourAccount):
    kind: ClassVar[str] = "accounts.email_deleted"
    heading: ClassVar[str] = "An email address was removed"

    def happened(self) -> str:
        gone = self.news.about.get("deleted_email", "")
        return f"The email address {gone} was removed from your account."


# What happened: heading and sentence.
PLAIN = {
    "totp_activated": (
        "An authenticator app was set up",
        "An authenticator app was set up for your account.",
    ),
    "totp_deactivated": (
        "The authenticator app was switched off",
        "The authenticator app of your account was switched off.",
    ),
    "webauthn_added": (
        "A passkey was added",
        "A passkey or security key was added to your account.",
    ),
    "webauthn_removed": (
        "A passkey was removed",
        "A passkey or security key was removed from your account.",
    ),
    "recovery_codes_generated": (
        "New recovery codes were made",
        "New recovery codes were made for your account. The old ones no longer work.",
    ),
    "password_changed": (
        "Your password was changed",
        "Your password was changed.",
    ),
    "password_set": (
        "You have a password now",
        "A password was set for your account.",
    ),
    "password_removed": (
        "Your password was removed",
        (
            "The password of your account was removed. "
            "You sign in with a code or a passkey from now on."
        ),
    ),
    "password_reset": (
        "A new password was chosen",
        "A new password was chosen for your account, by a link that we had sent to you.",
    ),
    "new_device": (
        "You signed in from somewhere new",
        "Somebody signed in to your account with a browser that we have not seen you use before.",
    ),
}


def _kind_of_news(kind: str, heading: str, says: str) -> type[AboutYourAccount]:
    says_it = {"kind": f"accounts.{kind}", "heading": heading, "says": says}
    return type(kind, (AboutYourAccount,), {**says_it, "__module__": __name__})


KINDS: dict[str, type[AboutYourAccount]] = {
    **{kind: _kind_of_news(kind, *words) for kind, words in PLAIN.items()},
    "email_changed": AddressChanged,
    "email_deleted": AddressRemoved,
}


def tell_owner(*, news: SecurityNews, **_: Any) -> None:
    # The same thing may happen twice in a minute, and each time is worth telling.
    send(KINDS[news.kind](news=news), key=secrets.token_hex(8))
