from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any, ClassVar

from django.conf import settings

from carefund.core.formats import uk_date
from carefund.core.paths import path_to
from carefund.notify.message import Address, Message, Quote, Topic, Typed, Urgency

from . import queries
from .models import CallUpdate, Clarification, Follower, FollowRequest


@dataclass(frozen=True, kw_only=True)
class CallsChanged(Message):
    """One message about everything that changed since the last, with a way out in one click."""

    kind: ClassVar[str] = "calls.changed"
    topic: ClassVar[Topic] = Topic.CALLS
    urgency: ClassVar[Urgency] = Urgency.CAN_WAIT
    follower: Follower
    changes: tuple[CallUpdate, ...]

    def about(self) -> Follower:
        return self.follower

    def recipients(self) -> Iterable[Any]:
        return [self.follower.person or Address(self.follower.email)]

    def subject(self) -> str:
        calls = {row.call_id: row.call for row in self.changes}
        if len(calls) > 1:
            return f"{len(calls)} funding calls have changed"
        return f"Funding call: {Typed(next(iter(calls.values())).title)}"

    def paragraphs(self) -> list[str | Quote]:
        parts: list[str | Quote] = [*self._lines()]
        way_out = f"{settings.WAGTAILADMIN_BASE_URL}{queries.stop_path(self.follower)}"
        return [*parts, f"To stop these messages, open {way_out}"]

    def _lines(self) -> Iterator[str]:
        for call, rows in groupby(self.changes, key=lambda row: row.call):
            said = " ".join(f"{uk_date(row.at)}: {Typed(row.text)}" for row in rows)
            address = f"{settings.WAGTAILADMIN_BASE_URL}{queries.public_path(call)}"
            yield f"{Typed(call.title)}. {said} See {address}"

    def path(self) -> str:
        return "/calls/"


@dataclass(frozen=True, kw_only=True)
class ConfirmFollowing(Message):
    kind: ClassVar[str] = "calls.confirm_following"
    topic: ClassVar[Topic] = Topic.CALLS
    request: FollowRequest
    token: str

    def about(self) -> FollowRequest:
        return self.request

    def recipients(self) -> Iterable[Any]:
        return [Address(self.request.email)]

    def subject(self) -> str:
        return "Confirm that you want to follow funding calls"

    def paragraphs(self) -> list[str | Quote]:
        return [
            "Somebody asked us to tell this address when funding calls open or change.",
            "If it was you, confirm it within 2 days.",
            "If it was not, do nothing: we will not write to you again.",
        ]

    def path(self) -> str:
        return path_to("calls:confirm_following", self.token)


@dataclass(frozen=True, kw_only=True)
class ClarificationAsked(Message):
    kind: ClassVar[str] = "calls.clarification_asked"
    topic: ClassVar[Topic] = Topic.CALLS
    urgency: ClassVar[Urgency] = Urgency.CAN_WAIT
    clarification: Clarification

    def about(self) -> Clarification:
        return self.clarification

    def recipients(self) -> Iterable[Any]:
        return queries.officers_of(self.clarification.call)

    def subject(self) -> str:
        return f"A question about {Typed(self.clarification.call.title)}"

    def paragraphs(self) -> list[str | Quote]:
        return ["Somebody asks:", Quote(self.clarification.asked)]

    def path(self) -> str:
        return path_to("calls:clarifications", self.clarification.call.code)


@dataclass(frozen=True, kw_only=True)
class ClarificationAnswered(Message):
    kind: ClassVar[str] = "calls.clarification_answered"
    topic: ClassVar[Topic] = Topic.CALLS
    clarification: Clarification

    def about(self) -> Clarification:
        return self.clarification

    def recipients(self) -> Iterable[Any]:
        asker = self.clarification.asked_by
        return [asker] if asker else []

    def subject(self) -> str:
        return f"Your question about {Typed(self.clarification.call.title)}"

    def paragraphs(self) -> list[str | Quote]:
        row = self.clarification
        public = "It is on the page of the call now, without saying who asked."
        private = "Only you get this answer."
        return [
            "You asked:",
            Quote(row.asked),
            "Our answer:",
            Quote(row.answer),
            public if row.state == "published" else private,
        ]

    def path(self) -> str:
        return queries.public_path(self.clarification.call)
