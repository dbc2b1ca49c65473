from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from carefund.notify.message import Message


@dataclass(frozen=True, kw_only=True)
class AboutClaim(Message):
    reference: str

    def path(self) -> str:
        return f"/claims/{self.reference}/"


@dataclass(frozen=True, kw_only=True)
class CertificateWanted(AboutClaim):
    kind: ClassVar[str] = "payments.certificate_wanted"

    def subject(self) -> str:
        return f"Certify claim {self.reference}"

    def paragraphs(self) -> list[str]:
        return [f"Claim {self.reference} is ready for your certificate."]


@dataclass(frozen=True, kw_only=True)
class ClaimPaid(AboutClaim):
    kind: ClassVar[str] = "payments.paid"
    amount: Decimal

    def subject(self) -> str:
        return f"Claim {self.reference} was paid"

    def paragraphs(self) -> list[str]:
        return [f"We have released £{self.amount:,.2f} for claim {self.reference}."]
