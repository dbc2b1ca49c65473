"""What the service tells people about their own account. Connected in `apps.py`."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db.models import Model
from django.urls import reverse

from carefund.accounts.news import SecurityNews
from carefund.core.formats import uk_instant

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
        return reverse("usersessions_list")


@dataclass(frozen=True, kw_only=True)
class AppAdded(AboutYourAccount):
    kind: ClassVar[str] = "accounts.totp_activated"
    heading: ClassVar[str] = "An authenticator app was set up"
    says: ClassVar[str] = "An authenticator app was set up for your account."


@dataclass(frozen=True, kw_only=True)
class AppRemoved(AboutYourAccount):
    kind: ClassVar[str] = "accounts.totp_deactivated"
    heading: ClassVar[str] = "The authenticator app was switched off"
    says: ClassVar[str] = "The authenticator app of your account was switched off."


@dataclass(frozen=True, kw_only=True)
class PasskeyAdded(AboutYourAccount):
    kind: ClassVar[str] = "accounts.webauthn_added"
    heading: ClassVar[str] = "A passkey was added"
    says: ClassVar[str] = "A passkey or security key was added to your account."


@dataclass(frozen=True, kw_only=True)
class PasskeyRemoved(AboutYourAccount):
    kind: ClassVar[str] = "accounts.webauthn_removed"
    heading: ClassVar[str] = "A passkey was removed"
    says: ClassVar[str] = "A passkey or security key was removed from your account."


@dataclass(frozen=True, kw_only=True)
class CodesMade(AboutYourAccount):
    kind: ClassVar[str] = "accounts.recovery_codes_generated"
    heading: ClassVar[str] = "New recovery codes were made"
    says: ClassVar[str] = (
        "New recovery codes were made for your account. The old ones no longer work."
    )


@dataclass(frozen=True, kw_only=True)
class PasswordChanged(AboutYourAccount):
    kind: ClassVar[str] = "accounts.password_changed"
    heading: ClassVar[str] = "Your password was changed"
    says: ClassVar[str] = "Your password was changed."


@dataclass(frozen=True, kw_only=True)
class PasswordSet(AboutYourAccount):
    kind: ClassVar[str] = "accounts.password_set"
    heading: ClassVar[str] = "You have a password now"
    says: ClassVar[str] = "A password was set for your account."


@dataclass(frozen=True, kw_only=True)
class PasswordRemoved(AboutYourAccount):
    kind: ClassVar[str] = "accounts.password_removed"
    heading: ClassVar[str] = "Your password was removed"
    says: ClassVar[str] = (
        "The password of your account was removed. "
        "You sign in with a code or a passkey from now on."
    )


@dataclass(frozen=True, kw_only=True)
class PasswordReset(AboutYourAccount):
    kind: ClassVar[str] = "accounts.password_reset"
    heading: ClassVar[str] = "A new password was chosen"
    says: ClassVar[str] = (
        "A new password was chosen for your account, by a link that we had sent to you."
    )


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


@dataclass(frozen=True, kw_only=True)
class NewBrowser(AboutYourAccount):
    kind: ClassVar[str] = "accounts.new_device"
    heading: ClassVar[str] = "You signed in from somewhere new"
    says: ClassVar[str] = (
        "Somebody signed in to your account with a browser that we have not seen you use before."
    )


def tell_owner(*, news: SecurityNews, **_: Any) -> None:
    classes = {one.kind: one for one in AboutYourAccount.kinds()}
    message: Any = classes[f"accounts.{news.kind}"]
    # The same thing may happen twice in a minute, and each time is worth telling.
    send(message(news=news), key=secrets.token_hex(8))
