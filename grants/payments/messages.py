from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from carefund.accounts.roles import AuthorityRole
from carefund.core.formats import money
from carefund.notify.message import Message, Quote, Topic, Urgency
from grants.bids.queries import people_of

from .models import Claim, Payment


@dataclass(frozen=True, kw_only=True)
class AboutClaim(Message):
    topic: ClassVar[Topic] = Topic.PAYMENTS
    roles: ClassVar[tuple[AuthorityRole, ...]] = ()
    claim: Claim

    def about(self) -> Claim:
        return self.claim

    def recipients(self) -> Iterable[Any]:
        """Members of the authority with one of `roles`."""
        return people_of(self.claim.project.offer.bid, *self.roles)

    def path(self) -> str:
        return self.claim.get_absolute_url()


@dataclass(frozen=True, kw_only=True)
class CertificateWanted(AboutClaim):
    kind: ClassVar[str] = "payments.certificate_wanted"
    roles: ClassVar[tuple[AuthorityRole, ...]] = (AuthorityRole.FINANCE_CERTIFIER,)

    def subject(self) -> str:
        return f"Certify claim {self.claim.reference}"

    def paragraphs(self) -> list[str | Quote]:
        return [f"Claim {self.claim.reference} is ready for your certificate."]


@dataclass(frozen=True, kw_only=True)
class ClaimPaid(AboutClaim):
    kind: ClassVar[str] = "payments.paid"
    urgency: ClassVar[Urgency] = Urgency.CAN_WAIT
    roles: ClassVar[tuple[AuthorityRole, ...]] = (
        AuthorityRole.PROJECT_LEAD,
        AuthorityRole.BID_AUTHOR,
        AuthorityRole.FINANCE_CERTIFIER,
    )
    payment: Payment

    def subject(self) -> str:
        return f"Claim {self.claim.reference} was paid"

    def paragraphs(self) -> list[str | Quote]:
        amount = money(self.payment.amount)
        return [f"We have released {amount} for claim {self.claim.reference}."]
