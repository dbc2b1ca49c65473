import re
import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db import models

MOST_TYPED = 300
# Mail programs make links of these by themselves.
_LINK = re.compile(r"(?i)\b([a-z][a-z0-9+.-]*):(?=//)|\b(www)\.(?=\w)|@(?=[\w-]+\.)")


class Topic(models.TextChoices):
    """What a message is about, as people choose how to hear of it."""

    PEOPLE = "people", "People and roles"
    CALLS = "calls", "Calls"
    BIDS = "bids", "Bids"
    ASSESSMENT = "assessment", "Assessment"
    AWARDS = "awards", "Decisions, offers and agreements"
    DELIVERY = "delivery", "Projects, milestones and returns"
    PAYMENTS = "payments", "Claims and payments"
    BENEFITS = "benefits", "Benefits"
    REPORTS = "reports", "Reports"
    SERVICE = "service", "The service itself"


class Urgency(models.TextChoices):
    """Whether a person may put off hearing of it."""

    NOW = "now", "Mailed at once, always"
    CAN_WAIT = "can_wait", "Mailed as the person has chosen"


class Typed:
    """Text that a person typed: shown on one line, with nothing in it that a reader could click.

    A title like “Pay at http://evil.example” must not become a link in a mail that we send.
    """

    def __init__(self, text: object) -> None:
        self._text = _harmless(str(text))

    def __str__(self) -> str:
        line = " ".join(self._text.split())
        return line if len(line) <= MOST_TYPED else f"{line[: MOST_TYPED - 1]}…"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Typed) and other._text == self._text

    def __hash__(self) -> int:
        return hash(self._text)


class Quote(Typed):
    """Longer text that a person typed: a paragraph of its own, with its lines."""

    @property
    def lines(self) -> list[str]:
        return self._text.splitlines()


def _harmless(text: str) -> str:
    kept = "".join(
        letter for letter in text if letter in "\n\t" or unicodedata.category(letter)[0] != "C"
    )
    return _LINK.sub(lambda found: f"{found.group()} ", kept)


@dataclass(frozen=True)
class Address:
    """Somebody who has no account yet, or a person at another address than the account's."""

    email: str
    person: Any = None


@dataclass(frozen=True, kw_only=True)
class Message(ABC):
    """One kind of message. A subclass per thing to tell; its fields are what it tells of."""

    kind: ClassVar[str] = ""
    topic: ClassVar[Topic]
    urgency: ClassVar[Urgency] = Urgency.NOW

    @classmethod
    def kinds(cls) -> Iterator[type["Message"]]:
        """Every kind of message that there is."""
        for one in cls.__subclasses__():
            if one.kind:
                yield one
            yield from one.kinds()

    @abstractmethod
    def about(self) -> models.Model:
        """The object that the message is filed under."""

    @abstractmethod
    def recipients(self) -> Iterable[Any]:
        """People, or an `Address` where there is no account."""

    @abstractmethod
    def subject(self) -> str: ...

    @abstractmethod
    def paragraphs(self) -> Sequence["str | Quote"]:
        """What happened, what happens next and by when: short plain sentences.

        What people typed stands in them as `Typed`, or as a `Quote` between them.
        """

    def path(self) -> str:
        """Where in the service to go on; empty when there is nowhere."""
        return ""
