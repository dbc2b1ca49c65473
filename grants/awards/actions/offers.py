"""An authority answers its offer; accepting it makes the agreement and starts the project."""

from typing import Any

from django.db import transaction

from carefund.core import clock, states
from carefund.core.actors import SYSTEM, Actor, person
from carefund.core.errors import Refused
from carefund.core.formats import uk_date
from carefund.core.permissions import require
from carefund.notify.actions import send
from grants.bids import actions as bids
from grants.bids.queries import answers_of, fingerprint
from programmes.funds.actions import Movement, post, reverse
from programmes.funds.models import LedgerEntry
from programmes.funds.queries import entries_about
from programmes.standards.queries import conditions_of

from .. import messages, queries
from ..models import Agreement, Offer
from ..signals import offer_accepted
from .amending import drop_amendments
from .reserve import move_up


class OfferExpired(Refused):
    message = "The time to answer this offer has passed. Write to the programme team."


def _not_expired(offer: Offer) -> None:
    if clock.now() >= offer.expires_at and not queries.late_answer_allowed(offer):
        raise OfferExpired


class OfferChanged(Refused):
    message = "The amounts have changed since you opened the page. Read the offer again."


def accept(*, offer: Offer, by: Actor, seen: int | None = None) -> Agreement:
    """Accept an offer within its time: the agreement is frozen and the project begins.

    `seen` is the version that the person read: what has changed since is not accepted unread.
    """
    require(by, "awards.answer_offer", offer)

    def as_seen(locked: Offer) -> None:
        _not_expired(locked)
        if seen is not None and seen != locked.version:
            raise OfferChanged

    with transaction.atomic():
        states.move(
            offer,
            "accept",
            by=by,
            guard=as_seen,
            answered_at=clock.now(),
            answered_by=person(by),
        )
        drop_amendments(offer)
        content = agreement_content(offer)
        agreement = Agreement.objects.create(
            offer=offer,
            content=content,
            fingerprint=fingerprint(content),
            accepted_at=clock.now(),
            accepted_by=person(by),
        )
        offer_accepted.send(sender=Offer, offer=offer, by=by)
        send(messages.SignatureWanted(offer=offer), key=str(offer.pk))
    return agreement


def decline(*, offer: Offer, reason: str, by: Actor) -> Offer:
    """Turn an offer down; what it had committed is free for the reserve list."""
    require(by, "awards.answer_offer", offer)
    with transaction.atomic():
        states.move(
            offer,
            "decline",
            by=by,
            reason=reason,
            reply=reason,
            answered_at=clock.now(),
            answered_by=person(by),
        )
        drop_amendments(offer)
        bids.decline_offer(bid=offer.bid, by=by, reason=reason)
        _free(offer, f"Offer {offer.reference} declined", by)
        move_up(offer.round)
    return offer


def expire(*, offer: Offer, by: Actor = SYSTEM) -> Offer:
    """Let an offer lapse that was not answered in time; what it had committed is free again."""
    if clock.now() < offer.expires_at or queries.late_answer_allowed(offer):
        raise Refused("The time to answer this offer has not passed yet.")
    reason = f"Offer {offer.reference} was not answered in time"
    with transaction.atomic():
        states.move(offer, "expire", by=by, reason=reason, answered_at=clock.now())
        drop_amendments(offer)
        bids.decline_offer(bid=offer.bid, by=by, reason=reason)
        _free(offer, reason, by)
        move_up(offer.round)
    return offer


def _free(offer: Offer, reason: str, by: Actor) -> None:
    """Give back what is committed now, to the line; an offer that never changed entry by entry."""
    entries = entries_about(offer, "committed")
    if all(entry.amount > 0 for entry in entries):
        for entry in entries:
            reverse(entry=entry, reason=reason, by=by)
        return
    post(
        programme=offer.bid.call.programme,
        column=LedgerEntry.Column.COMMITTED,
        movements=[Movement(x.financial_year, x.kind, -x.amount) for x in offer.lines.all()],
        key=f"offer:{offer.bid.reference}:given-back",
        reason=reason,
        by=by,
        subject=offer,
        organisation=offer.organisation,
    )


def levels(offer: Offer) -> list[str]:
    """The levels of standards that every grant of the call is bound to."""
    found = [
        f"{demand.words}, by {uk_date(demand.due_on)}"
        for demand in conditions_of(offer.bid.call)
        if demand.due_on
    ]
    if not found:
        return []
    return [
        f"As its own submitted self-assessment shows, the recipient reaches {'; '.join(found)}."
    ]


def schedules_of(offer: Offer) -> list[dict[str, str]]:
    """What binds this grant alone; the schedule of amounts stands before them."""
    bound = [
        ("Conditions of this grant", [offer.conditions] if offer.conditions else []),
        ("Standards", levels(offer)),
    ]
    return [{"title": title, "text": text[0]} for title, text in bound if text]


def agreement_content(offer: Offer) -> dict[str, Any]:
    """The text and schedules of the agreement, as both sides will hold it."""
    return {
        "reference": offer.reference,
        "recipient": {"name": offer.organisation.name, "id": offer.organisation.org_id},
        "funder": offer.bid.call.programme.funder.name,
        "programme": offer.bid.call.programme.name,
        "project": offer.bid.title,
        "maximum_sum": str(offer.amount),
        "schedule_of_amounts": [
            {"year": line.financial_year, "kind": line.kind, "amount": str(line.amount)}
            for line in offer.lines.all()
        ],
        "clauses": [
            {"title": clause.title, "text": clause.text, "version": clause.version}
            for clause in queries.clauses_in_force(offer.bid.call.programme, offer.offered_at)
        ],
        "schedules": schedules_of(offer),
        "annex_1_bid": answers_of(offer.bid),
    }
