from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from carefund.core.formats import uk_instant
from carefund.notify.message import Message


@dataclass(frozen=True, kw_only=True)
class Invited(Message):
    kind: ClassVar[str] = "organisations.invited"
    to_what: str
    who: str
    token: str
    expires_at: datetime

    def subject(self) -> str:
        return f"You are invited to {self.to_what}"

    def paragraphs(self) -> list[str]:
        return [
            f"{self.who} invites you to {self.to_what} in the Digital Care Fund service.",
            "Open the link and accept. You then sign in with a code that we send you by e-mail.",
            f"The link works once, until {uk_instant(self.expires_at)} (UK time).",
            "If you did not expect this message, do nothing.",
        ]

    def path(self) -> str:
        return f"/invitations/{self.token}/"


@dataclass(frozen=True, kw_only=True)
class ConfirmJoining(Message):
    kind: ClassVar[str] = "organisations.confirm_joining"
    token: str

    def subject(self) -> str:
        return "Confirm that you want to join your organisation"

    def paragraphs(self) -> list[str]:
        return [
            "Somebody, we think you, asked to join an organisation with this e-mail address.",
            "Open the link and confirm. An administrator of your organisation then decides.",
            "The link works for one day. If it was not you, do nothing.",
        ]

    def path(self) -> str:
        return f"/join/confirm/{self.token}/"


@dataclass(frozen=True, kw_only=True)
class JoiningAsked(Message):
    kind: ClassVar[str] = "organisations.joining_asked"
    name: str
    organisation: str
    organisation_id: int
    request_id: int

    def subject(self) -> str:
        return f"{self.name} asks to join {self.organisation}"

    def paragraphs(self) -> list[str]:
        return [
            f"{self.name} has confirmed an e-mail address of {self.organisation} and asks to join.",
            "Give them a role, or decline and say why. Until you decide they see nothing.",
        ]

    def path(self) -> str:
        return f"/your-organisation/people/{self.organisation_id}/requests/{self.request_id}/"


@dataclass(frozen=True, kw_only=True)
class JoiningDecided(Message):
    kind: ClassVar[str] = "organisations.joining_decided"
    organisation: str
    roles: str = ""
    reason: str = ""

    def subject(self) -> str:
        words = "You have joined" if self.roles else "You were not added to"
        return f"{words} {self.organisation}"

    def paragraphs(self) -> list[str]:
        if self.roles:
            return [f"You can now work for {self.organisation} as: {self.roles}."]
        return [f"An administrator of {self.organisation} has declined.", f"Why: {self.reason}"]

    def path(self) -> str:
        return "/start/" if self.roles else ""


@dataclass(frozen=True, kw_only=True)
class RolesChanged(Message):
    kind: ClassVar[str] = "organisations.roles_changed"
    place: str
    roles: str = ""

    def subject(self) -> str:
        return f"Your roles in {self.place} have changed"

    def paragraphs(self) -> list[str]:
        if self.roles:
            return [f"You now have in {self.place}: {self.roles}."]
        return [f"You no longer have a role in {self.place}. What you did there stays on record."]

    def path(self) -> str:
        return "/start/"
