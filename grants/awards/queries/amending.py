"""Negotiated amounts of an offer: what is offered, what was before, and who must approve it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Max, Sum

from carefund.core.money import ZERO

from ..models import Agreement, ApprovalStep, Offer, OfferAmendment, OfferLine
from ..solver.problem import Pot
from .base import free_by_pot, granted_amount, left_of_total
from .deciding import Turn, chain, turn_among
from .wishes import bids_of, problem_of, wishes_of


@dataclass(frozen=True)
class Difference:
    """Pounds of one year and kind, before and after."""

    financial_year: int
    kind: str
    before: Decimal
    after: Decimal

    @property
    def change(self) -> Decimal:
        return self.after - self.before


def lines_of(offer: Offer, version: int) -> dict[Pot, Decimal]:
    """Pounds by year and kind of one version of an offer."""
    rows = OfferLine.every.filter(offer=offer, version=version)
    return {(row.financial_year, row.kind): row.amount for row in rows}


def moved_since_accepted(offer: Offer) -> bool:
    """Whether its amounts are in other years or kinds now than when it was accepted."""
    # Only a negotiated or a rearranged offer has more than one version of them.
    return offer.version > 1 and lines_of(offer, offer.version) != _accepted_lines(offer)


def _accepted_lines(offer: Offer) -> dict[Pot, Decimal]:
    """As the agreement says; an award made elsewhere has none, and was registered as accepted."""
    agreement: Agreement | None = getattr(offer, "agreement", None)
    if agreement is None:
        return lines_of(offer, 1)
    rows = agreement.content["schedule_of_amounts"]
    return {(row["year"], row["kind"]): Decimal(row["amount"]) for row in rows}


def differences(before: Mapping[Pot, Decimal], after: Mapping[Pot, Decimal]) -> list[Difference]:
    pots = sorted({*before, *after})
    return [Difference(*pot, before.get(pot, ZERO), after.get(pot, ZERO)) for pot in pots]


def version_before(amendment: OfferAmendment) -> int:
    """The version that was in force when this one was proposed."""
    made = amendment.offer.amendments.filter(state="made", version__lt=amendment.version)
    return made.aggregate(last=Max("version"))["last"] or 1


def changed_by(amendment: OfferAmendment) -> list[Difference]:
    offer = amendment.offer
    return differences(
        lines_of(offer, version_before(amendment)), lines_of(offer, amendment.version)
    )


def approved_amount(offer: Offer) -> Decimal:
    """The most that was approved for this bid, with its round or with a change after it."""
    choice = offer.round.choices.get(bid=offer.bid_id)
    risen = offer.amendments.filter(state="made", approvals__isnull=False)
    return max(
        granted_amount(offer.bid, choice.share),
        risen.aggregate(most=Max("amount"))["most"] or ZERO,
    )


def needs_approval(amendment: OfferAmendment) -> bool:
    return amendment.amount > approved_amount(amendment.offer)


def amendment_chain(amendment: OfferAmendment) -> list[ApprovalStep]:
    """The approvals that the round would need with this amount in it."""
    offer = amendment.offer
    live = offer.round.offers.filter(state__in=["offered", "accepted"]).exclude(pk=offer.pk)
    others = live.aggregate(total=Sum("amount"))["total"] or ZERO
    return chain(offer.round, others + amendment.amount)


def amendment_turn(amendment: OfferAmendment) -> Turn:
    given = dict(amendment.approvals.values_list("order", "given_by"))
    return turn_among(amendment_chain(amendment), given)


def unfit(offer: Offer, wanted: Mapping[Pot, Decimal]) -> str:
    """What stands against these amounts, in words; nothing when they fit."""
    call, now = offer.bid.call, lines_of(offer, offer.version)
    free = free_by_pot(call)
    for pot, amount in sorted(wanted.items()):
        if pot not in free:
            return f"The call has no {pot[1]} budget for {pot[0]}."
        if amount - now.get(pot, ZERO) > free[pot]:
            return f"£{free[pot]:,.2f} is free in {pot[0]}, {pot[1]}: less than the rise asked for."
    total = sum(wanted.values(), ZERO)
    if total > call.largest_award:
        return f"The largest award of the call is £{call.largest_award:,.2f}."
    if total - offer.amount > left_of_total(call):
        return f"The call has £{left_of_total(call):,.2f} left in all."
    return _breaks_a_wish(offer, total)


def _breaks_a_wish(offer: Offer, total: Decimal) -> str:
    """A constraint of the round in pounds that would be broken and is not broken now."""
    allocation = offer.round
    rows = allocation.offers.filter(state__in=["offered", "accepted"])
    now = {bid: int(amount * 100) for bid, amount in rows.values_list("bid", "amount")}
    then = {**now, offer.bid_id: int(total * 100)}
    problem = problem_of(allocation, allocation.method, bids_of(allocation), wishes_of(allocation))
    for limit in problem.limits:
        if limit.in_pence and limit.key.startswith("wish:"):
            before, after = (sum(x.get(b, 0) for b in limit.members) for x in (now, then))
            if limit.over(after) and not limit.over(before):
                return f"This breaks a constraint of the round: {limit.words}."
    return ""
