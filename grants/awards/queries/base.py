from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet, Sum

from carefund.audit.queries import OUTSIDE, timeline
from carefund.core.money import ZERO
from grants.bids.models import Bid
from programmes.calls.models import Call
from programmes.funds.models import BudgetLine
from programmes.funds.queries import reserved_by
from programmes.waivers.models import Waiver
from programmes.waivers.queries import waived
from programmes.waivers.registry import Rule

from ..models import AllocationRound, Choice, Offer
from ..solver import Candidate
from ..solver.problem import Pot
from ..states import OFFER as STATES


@dataclass(frozen=True)
class LineUse:
    """A budget line beside what a selection would take of it, in pounds."""

    line: BudgetLine
    wanted: Decimal
    # What is set aside for the call itself, and so may be promised to its bids.
    held: Decimal = ZERO

    @property
    def room(self) -> Decimal:
        return self.line.free + self.held

    @property
    def left(self) -> Decimal:
        return self.room - self.wanted

    @property
    def fits(self) -> bool:
        return self.left >= 0

    @property
    def bar(self) -> dict[str, int]:
        """Widths in per cent of a bar as long as the budget, or as what is wanted of it."""
        used = self.line.budget - self.room
        whole = max(self.line.budget, used + self.wanted, Decimal(1))
        taken = int(used * 100 / whole)
        wanted = int(self.wanted * 100 / whole)
        return {"taken": taken, "wanted": wanted, "budget": int(self.line.budget * 100 / whole)}


def free_by_pot(call: Call) -> dict[Pot, Decimal]:
    """Pounds that the call may promise: free on its budget lines, or set aside for it there."""
    held = reserved_by(call)
    return {
        (line.financial_year, line.kind): line.free + held.get(line.pk, ZERO)
        for line in call.budget_lines.all()
    }


def left_of_total(call: Call) -> Decimal:
    """Pounds of what the call offers in all that no live offer has taken."""
    live = Offer.objects.filter(bid__call=call, state__in=["offered", "accepted"])
    taken = live.aggregate(total=Sum("amount"))["total"] or Decimal(0)
    return call.total - taken


def pence_of(bid: Bid) -> dict[Pot, int]:
    """What a bid asks for, in pence by year and kind."""
    rows = bid.requested_amounts.all()
    return {(r.financial_year, r.kind): int(r.amount * 100) for r in rows}


def granted_lines(bid: Bid, share: int) -> dict[Pot, Decimal]:
    """Pounds by year and kind of a grant of `share` per cent of what the bid asks for."""
    asked = Candidate(bid.pk, 0, pence_of(bid))
    return {
        pot: Decimal(pence) / 100
        for pot in sorted(asked.pence)
        if (pence := asked.granted(pot, share))
    }


def granted_amount(bid: Bid, share: int) -> Decimal:
    return sum(granted_lines(bid, share).values(), ZERO)


def use_of_lines(allocation: AllocationRound) -> list[LineUse]:
    """What the bids chosen for funding take of each budget line of the call."""
    chosen = allocation.choices.filter(decision=Choice.Decision.FUND)
    wanted: dict[Pot, Decimal] = {}
    for choice in chosen.select_related("bid").prefetch_related("bid__requested_amounts"):
        for pot, amount in granted_lines(choice.bid, choice.share).items():
            wanted[pot] = wanted.get(pot, ZERO) + amount
    lines = allocation.call.budget_lines.select_related("programme")
    held = reserved_by(allocation.call)
    return [
        LineUse(x, wanted.get((x.financial_year, x.kind), ZERO), held.get(x.pk, ZERO))
        for x in lines
    ]


def choices_of(allocation: AllocationRound) -> list[Choice]:
    """What the round decides about each bid, best first, with all that its page shows."""
    return choices_of_all([allocation])


def choices_of_all(rounds: Sequence[AllocationRound]) -> list[Choice]:
    rows = Choice.objects.filter(round__in=rounds)
    rows = rows.select_related("bid__organisation__region", "bid__theme", "bid__call")
    found = list(rows.prefetch_related("bid__requested_amounts").order_by("round", "rank"))
    by_id = {row.pk: row for row in rounds}
    for choice in found:
        choice.round = by_id[choice.round_id]
    return found


def promises_of(allocation: AllocationRound) -> list[tuple[Choice, Decimal]]:
    """The bids that approving the round would fund, each with pounds."""
    return [
        (c, granted_amount(c.bid, c.share))
        for c in choices_of(allocation)
        if c.decision == Choice.Decision.FUND
    ]


def amount_of(allocation: AllocationRound) -> Decimal:
    """Pounds that the round would promise in all."""
    return promised(choices_of(allocation))


def promised(choices: Iterable[Choice]) -> Decimal:
    """Pounds that these choices promise in all."""
    funded = [c for c in choices if c.decision == Choice.Decision.FUND]
    return sum((granted_amount(c.bid, c.share) for c in funded), ZERO)


def for_lists(offers: QuerySet[Offer]) -> QuerySet[Offer]:
    return offers.select_related("bid__call__programme", "organisation", "project").order_by(
        "-offered_at", "-pk"
    )


LATE_ANSWER = Rule(
    "awards.answer_in_time",
    "Time to answer an offer",
    "An offer is accepted within 28 days, or it lapses.",
)


def late_answer_allowed(offer: Offer) -> Waiver | None:
    """The waiver by which this offer may still be accepted after its time."""
    bid = offer.bid
    return waived(LATE_ANSWER.key, offer.organisation, offer.programme_id, bid, bid.call)


def can_be_answered(offer: Offer) -> bool:
    if offer.state != "offered":
        return False
    return not offer.has_run_out or late_answer_allowed(offer) is not None


def history_of(offer: Offer, *, to: Any) -> list[dict[str, Any]]:
    """What happened to the offer, newest first. That it was made, its round has on record."""
    made = {"what": "Offer made", "who": OUTSIDE, "at": offer.offered_at}
    return [*timeline(offer, to=to), {**made, "tag": STATES.states["offered"]}]
