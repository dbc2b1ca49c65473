from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from carefund.core.paths import path_to

from . import queries
from .message import Message, Quote, Topic, Typed
from .models import StoppedAddress


@dataclass(frozen=True, kw_only=True)
class AddressStopped(Message):
    """To who runs the service: an address takes no mail."""

    kind: ClassVar[str] = "notify.address_stopped"
    topic: ClassVar[Topic] = Topic.SERVICE
    stopped: StoppedAddress

    def about(self) -> StoppedAddress:
        return self.stopped

    def recipients(self) -> Iterable[Any]:
        # Telling somebody by the address that does not work would go round in circles.
        return [p for p in queries.administrators() if p.email.lower() != self.stopped.address]

    def subject(self) -> str:
        return "Mail to an address came back"

    def paragraphs(self) -> list[str | Quote]:
        return [
            f"Mail to {Typed(self.stopped.address)} came back. We mail nothing more to it.",
            Quote(self.stopped.reason),
            "Ask the organisation for the right address, or say that it takes mail again.",
        ]

    def path(self) -> str:
        return path_to("notify:stopped")
