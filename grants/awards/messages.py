from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar

from carefund.accounts.roles import AuthorityRole, StaffRole
from carefund.core.formats import financial_year, money, uk_date, uk_instant
from carefund.core.paths import path_to
from carefund.notify.message import Message, Quote, Topic, Typed
from grants.bids.models import Bid
from grants.bids.queries import people_of
from programmes.funds.queries import senior_officers, staff
from programmes.organisations.queries import people_with

from .models import (
    AllocationRound,
    ApprovalStep,
    Choice,
    Determination,
    DeterminationShare,
    Letter,
    Offer,
    OfferAmendment,
    OfferMessage,
)

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


@dataclass(frozen=True, kw_only=True)
class _OnRound(Message):
    topic: ClassVar[Topic] = Topic.AWARDS
    allocation: AllocationRound
    people: tuple[Any, ...]

    def about(self) -> AllocationRound:
        return self.allocation

    def recipients(self) -> Iterable[Any]:
        return self.people

    def path(self) -> str:
        return self.allocation.get_absolute_url()


@dataclass(frozen=True, kw_only=True)
class ApprovalWanted(_OnRound):
    """To those who can give the approval that a recommended round waits for."""

    kind: ClassVar[str] = "awards.approval_wanted"
    step: ApprovalStep
    amount: Decimal

    def subject(self) -> str:
        return f"Your approval is wanted: round {self.allocation.number}, {self.allocation.call}"

    def paragraphs(self) -> list[str | Quote]:
        who = self.allocation.recommended_by or "the system"
        day = self.allocation.publish_at
        return [
            f"{Typed(who)} recommends to promise {money(self.amount)} to bids to this call.",
            f"You approve as: {Typed(self.step.title)}.",
            f"Keep it to yourself until {uk_instant(day) if day else 'it is published'}.",
            "Why it is recommended:",
            Quote(self.allocation.rationale),
        ]


@dataclass(frozen=True, kw_only=True)
class NotPublished(_OnRound):
    """To officers and approvers: the day came, and the round could not be published."""

    kind: ClassVar[str] = "awards.not_published"
    problem: Quote

    def subject(self) -> str:
        return f"Not published: round {self.allocation.number}, {self.allocation.call}"

    def paragraphs(self) -> list[str | Quote]:
        return [
            "It was to be published now. Nothing of it was done and no bidder was told, because:",
            self.problem,
            "Mend it and publish the round on its page, or return it to draft.",
        ]


@dataclass(frozen=True, kw_only=True)
class _OnOffer(Message):
    topic: ClassVar[Topic] = Topic.AWARDS
    offer: Offer

    def about(self) -> Offer:
        return self.offer

    def path(self) -> str:
        return self.offer.get_absolute_url()


SIGNATORIES = (AuthorityRole.ADMINISTRATOR, AuthorityRole.FINANCE_CERTIFIER)


@dataclass(frozen=True, kw_only=True)
class AboutOffer(_OnOffer):
    """One side writes; the other gets it."""

    kind: ClassVar[str] = "awards.about_offer"
    message: OfferMessage

    def recipients(self) -> Iterable[Any]:
        if self.message.from_funder:
            return people_of(self.offer.bid, AuthorityRole.BID_AUTHOR, *SIGNATORIES)
        code = self.offer.bid.call.programme.code
        return staff(role=StaffRole.PROGRAMME_OFFICER, programme=code).filter(is_active=True)

    def subject(self) -> str:
        return f"A message about offer {self.offer.reference}"

    def paragraphs(self) -> list[str | Quote]:
        return [
            f"About the offer for “{Typed(self.offer.bid.title)}” this was written:",
            Quote(self.message.text),
        ]

    def path(self) -> str:
        return path_to("awards:messages", self.offer.reference)


@dataclass(frozen=True, kw_only=True)
class SignatureWanted(_OnOffer):
    kind: ClassVar[str] = "awards.signature_wanted"

    def recipients(self) -> Iterable[Any]:
        return senior_officers(self.offer.bid.call.programme)

    def subject(self) -> str:
        return f"Sign agreement {self.offer.reference}"

    def paragraphs(self) -> list[str | Quote]:
        return [
            f"The grant agreement for “{Typed(self.offer.bid.title)}” was accepted.",
            "Read it, and sign it for the funder.",
        ]

    def path(self) -> str:
        return path_to("awards:agreement", self.offer.reference)


@dataclass(frozen=True, kw_only=True)
class AgreementSigned(_OnOffer):
    kind: ClassVar[str] = "awards.agreement_signed"

    def recipients(self) -> Iterable[Any]:
        return people_of(self.offer.bid, AuthorityRole.BID_AUTHOR, *SIGNATORIES)

    def subject(self) -> str:
        return f"Agreement {self.offer.reference} is signed by both sides"

    def paragraphs(self) -> list[str | Quote]:
        return [
            f"The funder has signed the grant agreement for “{Typed(self.offer.bid.title)}”.",
            "It is in the service, and can be kept as a PDF with the bid as its annex.",
        ]

    def path(self) -> str:
        return path_to("awards:agreement", self.offer.reference)


class Event(StrEnum):
    """What became of a determination."""

    ISSUED = "issued"
    PAID = "paid"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, kw_only=True)
class Determined(Message):
    """To each authority of a section 31 determination: issued, paid, or taken back."""

    kind: ClassVar[str] = "awards.determined"
    topic: ClassVar[Topic] = Topic.AWARDS
    share: DeterminationShare
    event: Event

    def about(self) -> Determination:
        return self.share.determination

    def recipients(self) -> Iterable[Any]:
        return people_with(self.share.organisation, *SIGNATORIES)

    def subject(self) -> str:
        return f"Section 31 grant {self.about().reference} was {self.event}"

    def paragraphs(self) -> list[str | Quote]:
        row = self.about()
        what = f"“{Typed(row.title)}”, {financial_year(row.financial_year)}, {row.kind}"
        amount, place = money(self.share.amount), Typed(self.share.organisation)
        lines: list[str | Quote] = [f"{what}: {amount} to {place}."]
        if self.event == Event.ISSUED:
            bound = "is ring-fenced" if row.ring_fenced else "is not ring-fenced"
            lines.append(f"The grant {bound}. There is nothing to accept.")
            if row.pay_on:
                lines.append(f"It is paid in one payment from {uk_date(row.pay_on)}.")
            if row.replaces:
                lines.append(f"It takes the place of {row.replaces.reference}.")
        return lines + (["The reason:", Quote(row.change_reason)] if row.change_reason else [])

    def path(self) -> str:
        return path_to("awards:public_determination", self.about().reference)


@dataclass(frozen=True, kw_only=True)
class OfferChanged(_OnOffer):
    """To who reads and answers the offer: other amounts, and why."""

    kind: ClassVar[str] = "awards.offer_changed"
    amendment: OfferAmendment

    def recipients(self) -> Iterable[Any]:
        return people_of(self.offer.bid, AuthorityRole.BID_AUTHOR, *SIGNATORIES)

    def subject(self) -> str:
        return f"Offer {self.offer.reference} has other amounts"

    def paragraphs(self) -> list[str | Quote]:
        was, now = money(self.amendment.from_amount), money(self.amendment.amount)
        return [
            f"The offer for “{Typed(self.offer.bid.title)}” was {was} and is {now} now.",
            "Reason:",
            Quote(self.amendment.reason),
            f"Answer it by {uk_instant(self.offer.expires_at)}: that time has not changed.",
        ]


@dataclass(frozen=True, kw_only=True)
class AmendmentWanted(Message):
    """To those who can give the approval that a rise of an offer waits for."""

    kind: ClassVar[str] = "awards.amendment_wanted"
    topic: ClassVar[Topic] = Topic.AWARDS
    amendment: OfferAmendment
    step: ApprovalStep
    people: tuple[Any, ...]

    def about(self) -> Offer:
        return self.amendment.offer

    def recipients(self) -> Iterable[Any]:
        return self.people

    def subject(self) -> str:
        return f"Your approval is wanted: a rise of offer {self.amendment.offer.reference}"

    def paragraphs(self) -> list[str | Quote]:
        was, then = money(self.amendment.from_amount), money(self.amendment.amount)
        return [
            f"The offer is {was} and is to be {then}: more than was approved.",
            f"You approve as: {Typed(self.step.title)}.",
            "Reason:",
            Quote(self.amendment.reason),
        ]

    def path(self) -> str:
        return self.amendment.get_absolute_url()
