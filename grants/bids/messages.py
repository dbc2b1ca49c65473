from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from carefund.accounts.roles import AuthorityRole
from carefund.core.formats import uk_date, uk_exact, uk_instant
from carefund.core.paths import path_to
from carefund.notify.message import Message, Quote, Topic, Typed, Urgency
from carefund.questions.definition import Question, Section
from programmes.calls.models import Call, Invitation
from programmes.calls.queries import public_path

from . import queries
from .models import Bid, BidPartner, ClarificationRequest, Submission


@dataclass(frozen=True, kw_only=True)
class AboutBid(Message):
    topic: ClassVar[Topic] = Topic.BIDS
    roles: ClassVar[tuple[AuthorityRole, ...]] = ()
    bid: Bid

    @property
    def title(self) -> Typed:
        return Typed(self.bid.title)

    def about(self) -> Bid:
        return self.bid

    def recipients(self) -> Iterable[Any]:
        """Members of the authority with one of `roles`."""
        return queries.people_of(self.bid, *self.roles)

    def path(self) -> str:
        return path_to("bids:task_list", self.bid.reference)


@dataclass(frozen=True, kw_only=True)
class CertificateWanted(AboutBid):
    kind: ClassVar[str] = "bids.certificate_wanted"
    roles: ClassVar[tuple[AuthorityRole, ...]] = (AuthorityRole.FINANCE_CERTIFIER,)

    def subject(self) -> str:
        return f"Certify bid {self.bid.reference}"

    def paragraphs(self) -> list[str | Quote]:
        return [
            f"The bid “{self.title}” is ready for your certificate.",
            "Read it as a whole, then certify it or return it with your reasons.",
        ]


@dataclass(frozen=True, kw_only=True)
class CertificateRefused(AboutBid):
    kind: ClassVar[str] = "bids.certificate_refused"
    roles: ClassVar[tuple[AuthorityRole, ...]] = (AuthorityRole.BID_AUTHOR,)
    reasons: tuple[Quote, ...]

    def subject(self) -> str:
        return f"Bid {self.bid.reference} was returned to you"

    def paragraphs(self) -> list[str | Quote]:
        return [
            f"The finance certifier returned the bid “{self.title}”. What has to change:",
            *self.reasons,
        ]


@dataclass(frozen=True, kw_only=True)
class FormCorrected(AboutBid):
    """The questions changed while the bid was being written."""

    kind: ClassVar[str] = "bids.form_corrected"
    roles: ClassVar[tuple[AuthorityRole, ...]] = (
        AuthorityRole.BID_AUTHOR,
        AuthorityRole.FINANCE_CERTIFIER,
    )
    lapsed: bool

    def subject(self) -> str:
        return f"The form of bid {self.bid.reference} was corrected"

    def paragraphs(self) -> list[str | Quote]:
        lapse = "The bid is a draft again: complete it and ask for a new certificate."
        return [
            "The department corrected the form of the call.",
            f"The bid “{self.title}” goes on with the new version. Nothing written in it is lost.",
            "See what changed, and what you may have to answer again.",
            *([lapse] if self.lapsed else []),
        ]

    def path(self) -> str:
        return path_to("bids:form_changes", self.bid.reference)


@dataclass(frozen=True, kw_only=True)
class SectionGiven(AboutBid):
    """A colleague is asked to see to a section."""

    kind: ClassVar[str] = "bids.section_given"
    urgency: ClassVar[Urgency] = Urgency.CAN_WAIT
    section: Section
    to: Any

    def recipients(self) -> Iterable[Any]:
        return [self.to]

    def subject(self) -> str:
        return f"A section of bid {self.bid.reference} is yours"

    def paragraphs(self) -> list[str | Quote]:
        return [
            f"You were asked to write “{Typed(self.section.title)}” of the bid “{self.title}”.",
            f"The call closes on {uk_instant(self.bid.call.closes_at)} (UK time).",
        ]

    def path(self) -> str:
        return path_to("bids:section", self.bid.reference, self.section.key)


@dataclass(frozen=True, kw_only=True)
class Mentioned(AboutBid):
    """A colleague is called to a question by a comment."""

    kind: ClassVar[str] = "bids.mentioned"
    urgency: ClassVar[Urgency] = Urgency.CAN_WAIT
    question: Question
    who: Typed
    text: Quote
    to: tuple[Any, ...]

    def recipients(self) -> Iterable[Any]:
        return self.to

    def subject(self) -> str:
        return f"{self.who} asks you to look at bid {self.bid.reference}"

    def paragraphs(self) -> list[str | Quote]:
        return [
            f"{self.who} wrote about “{Typed(self.question.label)}” in “{self.title}”:",
            self.text,
        ]

    def path(self) -> str:
        return path_to("bids:question", self.bid.reference, self.question.key)


@dataclass(frozen=True, kw_only=True)
class AboutPartner(AboutBid):
    partner: BidPartner

    def path(self) -> str:
        return path_to("bids:partners", self.bid.reference)


@dataclass(frozen=True, kw_only=True)
class PartChanged(AboutPartner):
    """A partner has to confirm anew."""

    kind: ClassVar[str] = "bids.part_changed"

    def recipients(self) -> Iterable[Any]:
        return [self.partner.guest.user]

    def subject(self) -> str:
        return f"Confirm your changed part in bid {self.bid.reference}"

    def paragraphs(self) -> list[str | Quote]:
        asked = (
            f"What {Typed(self.bid.organisation)} asks of {Typed(self.partner.organisation)} in "
            f"the bid “{self.title}” has changed. Read it and confirm it again."
        )
        return [asked]


@dataclass(frozen=True, kw_only=True)
class PartnerAnswered(AboutPartner):
    kind: ClassVar[str] = "bids.partner_answered"
    roles: ClassVar[tuple[AuthorityRole, ...]] = (
        AuthorityRole.BID_AUTHOR,
        AuthorityRole.ADMINISTRATOR,
    )
    remark: Quote

    def subject(self) -> str:
        return f"A partner answered about bid {self.bid.reference}"

    def paragraphs(self) -> list[str | Quote]:
        confirmed = self.partner.answer == BidPartner.Answer.CONFIRMED
        verb = "confirmed its part" if confirmed else "did not confirm its part"
        remark = [self.remark] if self.partner.remark else []
        return [f"{Typed(self.partner.organisation)} {verb} in the bid “{self.title}”.", *remark]


@dataclass(frozen=True, kw_only=True)
class BidSubmitted(AboutBid):
    """The receipt."""

    kind: ClassVar[str] = "bids.submitted"
    roles: ClassVar[tuple[AuthorityRole, ...]] = (
        AuthorityRole.BID_AUTHOR,
        AuthorityRole.FINANCE_CERTIFIER,
    )
    submission: Submission

    def subject(self) -> str:
        return f"Bid {self.bid.reference} was submitted"

    def paragraphs(self) -> list[str | Quote]:
        return [
            f"We have received the bid “{self.title}”.",
            f"Reference: {self.bid.reference}",
            f"Submitted: {uk_exact(self.submission.submitted_at)}",
            f"Fingerprint of the content: {self.submission.fingerprint}",
            (
                "We will check that it is eligible and then have it assessed. "
                "You can follow its status in the service."
            ),
        ]


@dataclass(frozen=True, kw_only=True)
class NotSubmittedYet(AboutBid):
    kind: ClassVar[str] = "bids.not_submitted_yet"
    # Whom the next step waits for, and what it is.
    steps: ClassVar[dict[str, tuple[tuple[AuthorityRole, ...], str]]] = {
        "draft": (
            (AuthorityRole.BID_AUTHOR,),
            "Answer what is left, then ask for the certificate of your finance certifier.",
        ),
        "awaiting_certificate": (
            (AuthorityRole.BID_AUTHOR, AuthorityRole.FINANCE_CERTIFIER),
            "A finance certifier must read the bid and certify it before it can be submitted.",
        ),
        "certified": (
            (AuthorityRole.BID_AUTHOR,),
            "The bid is certified. All that is left is to submit it.",
        ),
    }
    days: int

    def recipients(self) -> Iterable[Any]:
        return queries.people_of(self.bid, *self.steps[self.bid.state][0])

    def subject(self) -> str:
        left = "1 working day" if self.days == 1 else f"{self.days} working days"
        return f"{left} left to submit bid {self.bid.reference}"

    def paragraphs(self) -> list[str | Quote]:
        return [
            f"The bid “{self.title}” has not been submitted yet.",
            self.steps[self.bid.state][1],
            f"The call closes on {uk_instant(self.bid.call.closes_at)} (UK time).",
        ]


@dataclass(frozen=True, kw_only=True)
class CallExtended(AboutBid):
    """Everybody who has begun a bid has more time, and is told why."""

    kind: ClassVar[str] = "bids.call_extended"
    roles: ClassVar[tuple[AuthorityRole, ...]] = (
        AuthorityRole.BID_AUTHOR,
        AuthorityRole.FINANCE_CERTIFIER,
    )
    call: Call
    before: datetime
    reason: Quote

    def subject(self) -> str:
        return f"More time for your bid {self.bid.reference}"

    def paragraphs(self) -> list[str | Quote]:
        return [
            (
                f"The call “{Typed(self.call.title)}” now closes on "
                f"{uk_instant(self.call.closes_at)} (UK time), not on {uk_instant(self.before)}. "
                "The reason:"
            ),
            self.reason,
            f"Your bid “{self.title}” is as you left it.",
        ]


@dataclass(frozen=True, kw_only=True)
class ClarificationWanted(AboutBid):
    kind: ClassVar[str] = "bids.clarification_wanted"
    roles: ClassVar[tuple[AuthorityRole, ...]] = (
        AuthorityRole.BID_AUTHOR,
        AuthorityRole.ADMINISTRATOR,
    )
    request: ClarificationRequest

    def subject(self) -> str:
        return f"A question about bid {self.bid.reference}"

    def paragraphs(self) -> list[str | Quote]:
        section = queries.form_of(self.bid).section(self.request.section)
        return [
            f"About “{Typed(section.title)}” of the bid “{self.title}” we ask:",
            Quote(self.request.question),
            f"Reply by {uk_date(self.request.reply_by)}.",
            "You can correct the answers of the section with your reply.",
        ]

    def path(self) -> str:
        return path_to("bids:clarify", self.bid.reference, self.request.pk)


@dataclass(frozen=True, kw_only=True)
class ClarificationTakenBack(ClarificationWanted):
    kind: ClassVar[str] = "bids.clarification_taken_back"

    def subject(self) -> str:
        return f"You need not reply about bid {self.bid.reference}"

    def paragraphs(self) -> list[str | Quote]:
        return [
            f"We take back our question about the bid “{self.title}”:",
            Quote(self.request.question),
        ]


@dataclass(frozen=True, kw_only=True)
class ClarificationGiven(AboutBid):
    kind: ClassVar[str] = "bids.clarification_given"
    request: ClarificationRequest

    def recipients(self) -> Iterable[Any]:
        return [self.request.asked_by] if self.request.asked_by else []

    def subject(self) -> str:
        return f"A reply about bid {self.bid.reference}"

    def paragraphs(self) -> list[str | Quote]:
        many = len(self.request.values)
        changed = f"{many} answer{'s were' if many > 1 else ' was'} corrected." if many else ""
        told = f"{Typed(self.bid.organisation)} replied to your question about “{self.title}”:"
        return [told, Quote(self.request.reply), *([changed] if changed else [])]

    def path(self) -> str:
        return path_to("bids:case_clarifications", self.bid.reference)


@dataclass(frozen=True, kw_only=True)
class FromTheDepartment(AboutBid):
    """What an officer writes to one bidder or to all."""

    kind: ClassVar[str] = "bids.from_the_department"
    roles: ClassVar[tuple[AuthorityRole, ...]] = (
        AuthorityRole.BID_AUTHOR,
        AuthorityRole.FINANCE_CERTIFIER,
        AuthorityRole.ADMINISTRATOR,
    )
    text: Quote

    def subject(self) -> str:
        return f"A message about bid {self.bid.reference}"

    def paragraphs(self) -> list[str | Quote]:
        return [f"We write to you about the bid “{self.title}”:", self.text]


@dataclass(frozen=True, kw_only=True)
class Invited(Message):
    """Who was funded in the first phase may bid for the second."""

    kind: ClassVar[str] = "bids.invited"
    topic: ClassVar[Topic] = Topic.CALLS
    invitation: Invitation

    def about(self) -> Invitation:
        return self.invitation

    def recipients(self) -> Iterable[Any]:
        return queries.bidders_of(self.invitation.organisation)

    def subject(self) -> str:
        return f"You are invited to bid: {Typed(self.invitation.call.title)}"

    def paragraphs(self) -> list[str | Quote]:
        call, first = self.invitation.call, self.invitation.call.follows
        after = f" after you were funded in “{Typed(first.title)}”" if first else ""
        return [
            (
                f"We invite {Typed(self.invitation.organisation)} to bid to "
                f"“{Typed(call.title)}”{after}."
            ),
            (
                f"The call is open from {uk_instant(call.opens_at)} to "
                f"{uk_instant(call.closes_at)} (UK time)."
            ),
            "What you answered in the first phase is carried over when you start the bid.",
        ]

    def path(self) -> str:
        return public_path(self.invitation.call)
