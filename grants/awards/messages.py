from dataclasses import dataclass
from typing import ClassVar

from django.urls import reverse

from carefund.notify.message import Message

_OUTCOMES = {
    "fund": "We are offering you a grant. Answer the offer within 28 days.",
    "reserve": "Your bid is on the reserve list. We will write if money becomes free.",
    "refuse": "We will not fund your bid.",
}


@dataclass(frozen=True, kw_only=True)
class Decision(Message):
    kind: ClassVar[str] = "awards.decision"
    reference: str
    title: str
    decision: str
    reason: str

    def subject(self) -> str:
        return f"Decision on bid {self.reference}"

    def paragraphs(self) -> list[str]:
        return [
            f"We have decided on your bid “{self.title}”.",
            _OUTCOMES[self.decision],
            f"Reason: {self.reason}",
        ]

    def path(self) -> str:
        return reverse("bids:task_list", args=[self.reference])
