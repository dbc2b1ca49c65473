from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db.models import Model

from carefund.accounts.models import User
from carefund.core.formats import uk_instant
from carefund.core.paths import path_to
from carefund.notify.message import Address, Message, Quote, Topic, Typed

from . import queries
from .invitations import kind_of
from .models import Invitation, JoinRequest


@dataclass(frozen=True, kw_only=True)
class AboutPeople(Message):
    topic: ClassVar[Topic] = Topic.PEOPLE


@dataclass(frozen=True, kw_only=True)
class Invited(AboutPeople):
    """`token` is the secret of the link, which the database knows only by its digest."""

    kind: ClassVar[str] = "organisations.invited"
    invitation: Any  # an Invitation, or what slices above invite with
    token: str

    @property
    def what(self) -> Typed:
        return Typed(kind_of(self.invitation).to_what(self.invitation))

    def about(self) -> Invitation:
        found: Invitation = self.invitation
        return found

    def recipients(self) -> Iterable[Any]:
        return [Address(self.invitation.email)]

    def subject(self) -> str:
        return f"You are invited to {self.what}"

    def paragraphs(self) -> list[str | Quote]:
        who = Typed(self.invitation.invited_by or "The Digital Care Fund team")
        return [
            f"{who} invites you to {self.what} in the Digital Care Fund service.",
            "Open the link and accept. You then sign in with a code that we send you by email.",
            (
                f"The link works once, until {uk_instant(self.invitation.expires_at)} (UK time). "
                "If you did not expect this message, do nothing."
            ),
        ]

    def path(self) -> str:
        return f"/invitations/{self.token}/"


@dataclass(frozen=True, kw_only=True)
class ConfirmJoining(AboutPeople):
    """`token` as in `Invited`."""

    kind: ClassVar[str] = "organisations.confirm_joining"
    request: JoinRequest
    token: str

    def about(self) -> JoinRequest:
        return self.request

    def recipients(self) -> Iterable[Any]:
        return [Address(self.request.email)]

    def subject(self) -> str:
        return "Confirm that you want to join your organisation"

    def paragraphs(self) -> list[str | Quote]:
        return [
            (
                "Somebody, we think you, asked to join an organisation in the Digital Care Fund "
                "service with this email address."
            ),
            "Open the link and confirm. An administrator of your organisation then decides.",
            "The link works for one day. If it was not you, do nothing.",
        ]

    def path(self) -> str:
        return f"/join/confirm/{self.token}/"


@dataclass(frozen=True, kw_only=True)
class JoiningAsked(AboutPeople):
    """Of a request whose organisation is known."""

    kind: ClassVar[str] = "organisations.joining_asked"
    request: JoinRequest

    def about(self) -> JoinRequest:
        return self.request

    def recipients(self) -> Iterable[Any]:
        organisation = self.request.organisation
        return queries.administrators_of(organisation) if organisation else []

    def subject(self) -> str:
        return f"{Typed(self.request.name)} asks to join {self.request.organisation}"

    def paragraphs(self) -> list[str | Quote]:
        return [
            (
                f"{Typed(self.request.name)} has confirmed an email address of "
                f"{self.request.organisation} and asks to join it in the Digital Care Fund service."
            ),
            "Give them a role, or decline and say why. Until you decide they see nothing.",
        ]

    def path(self) -> str:
        place = f"/your-organisation/people/{self.request.organisation_id}/"
        return f"{place}requests/{self.request.pk}/"


@dataclass(frozen=True, kw_only=True)
class JoiningDecided(AboutPeople):
    """`roles` in words; none means that the request was declined."""

    kind: ClassVar[str] = "organisations.joining_decided"
    request: JoinRequest
    roles: tuple[str, ...] = ()

    def about(self) -> JoinRequest:
        return self.request

    def recipients(self) -> Iterable[Any]:
        return [self.request.user] if self.request.user else []

    def subject(self) -> str:
        words = "You have joined" if self.roles else "You were not added to"
        return f"{words} {self.request.organisation}"

    def paragraphs(self) -> list[str | Quote]:
        place = self.request.organisation
        if self.roles:
            return [f"You can now work for {place} as: {', '.join(self.roles)}."]
        return [f"An administrator of {place} has declined. Why:", Quote(self.request.reason)]

    def path(self) -> str:
        return path_to("dashboards:start") if self.roles else ""


@dataclass(frozen=True, kw_only=True)
class RolesChanged(AboutPeople):
    """`place` is the organisation or, for roles in the department, its name."""

    kind: ClassVar[str] = "organisations.roles_changed"
    person: User
    place: Any
    roles: tuple[str, ...] = ()

    def about(self) -> Model:
        return self.place if isinstance(self.place, Model) else self.person

    def recipients(self) -> Iterable[Any]:
        return [self.person]

    def subject(self) -> str:
        return f"Your roles in {self.place} have changed"

    def paragraphs(self) -> list[str | Quote]:
        if self.roles:
            return [f"You now have in {self.place}: {', '.join(self.roles)}."]
        return [f"You no longer have a role in {self.place}. What you did there stays on record."]

    def path(self) -> str:
        return path_to("dashboards:start")
