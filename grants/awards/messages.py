from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from carefund.accounts.roles import AuthorityRole
from carefund.notify.message import Message, Quote, Topic, Typed
from grants.bids.models import Bid
from grants.bids.queries import people_of

from .models import Choice, Letter

_OUTCOMES = {
    "offer": "We are offering you a grant. Answer the offer within 28 days.",
    "reserve": "Your bid is on the reserve list. We will write if money becomes free.",
    "regret": "We will not fund your bid.",
}


@dataclass(frozen=True, kw_only=True)
class Decision(Message):
    kind: ClassVar[str] = "awards.decision"
    topic: ClassVar[Topic] = Topic.AWARDS
    choice: Choice
    letter: Letter

    def about(self) -> Bid:
        return self.choice.bid

    def recipients(self) -> Iterable[Any]:
        """Who wrote the bid, and who runs the authority's part of the service."""
        return people_of(self.about(), AuthorityRole.BID_AUTHOR, AuthorityRole.ADMINISTRATOR)

    def subject(self) -> str:
        return f"Decision on bid {self.about().reference}"

    def paragraphs(self) -> list[str | Quote]:
        return [
            f"We have decided on your bid “{Typed(self.about().title)}”.",
            _OUTCOMES[self.letter.kind],
            "The letter is in the service, and can be kept as a PDF.",
            "Reason:",
            Quote(self.choice.reason),
        ]

    def path(self) -> str:
        return self.letter.get_absolute_url()
