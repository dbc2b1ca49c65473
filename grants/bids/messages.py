from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.urls import reverse

from carefund.core.clock import LONDON
from carefund.notify.message import Message


@dataclass(frozen=True, kw_only=True)
class AboutBid(Message):
    reference: str
    title: str

    def path(self) -> str:
        return reverse("bids:task_list", args=[self.reference])


@dataclass(frozen=True, kw_only=True)
class CertificateWanted(AboutBid):
    kind: ClassVar[str] = "bids.certificate_wanted"

    def subject(self) -> str:
        return f"Certify bid {self.reference}"

    def paragraphs(self) -> list[str]:
        return [
            f"The bid “{self.title}” is ready for your certificate.",
            "Read it as a whole, then certify it or return it with your reasons.",
        ]


@dataclass(frozen=True, kw_only=True)
class CertificateRefused(AboutBid):
    kind: ClassVar[str] = "bids.certificate_refused"
    reason: str

    def subject(self) -> str:
        return f"Bid {self.reference} was returned to you"

    def paragraphs(self) -> list[str]:
        return [
            f"The finance certifier returned the bid “{self.title}” for this reason:",
            self.reason,
        ]


@dataclass(frozen=True, kw_only=True)
class BidSubmitted(AboutBid):
    kind: ClassVar[str] = "bids.submitted"
    moment: datetime
    fingerprint: str

    def subject(self) -> str:
        return f"Bid {self.reference} was submitted"

    def paragraphs(self) -> list[str]:
        local = self.moment.astimezone(LONDON)
        return [
            f"We have received the bid “{self.title}”.",
            f"Reference: {self.reference}",
            f"Submitted: {local.day} {local:%B %Y at %H:%M:%S} (UK time)",
            f"Fingerprint of the content: {self.fingerprint}",
            (
                "We will check that it is eligible and then have it assessed. "
                "You can follow its status in the service."
            ),
        ]
