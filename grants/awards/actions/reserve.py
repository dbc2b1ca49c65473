"""When an offer is declined or lapses, the next bid of the reserve list takes its place."""

from django.db import transaction
from django.db.models import Sum

from carefund.core.actors import SYSTEM
from carefund.core.money import ZERO
from carefund.core.record import record
from programmes.funds.actions import NoBudgetLine, Overspent

from .. import queries
from ..models import AllocationRound, Choice, LetterTemplate, Offer
from ..solver import Problem
from .deciding import make_offer, tell

REASON = "Moved up from the reserve list, as money became free."


def move_up(allocation: AllocationRound) -> Offer | None:
    """Offer a grant to the first bid of the reserve list that what is free can hold.

    The list was approved with the round, in its order. The round never promises more than what
    was approved in all, nor breaks one of its constraints.
    """
    with transaction.atomic():
        locked = AllocationRound.objects.select_for_update(of=("self",)).get(pk=allocation.pk)
        if locked.state != "approved":
            return None
        for choice in queries.choices_of(locked):
            waits = choice.decision == Choice.Decision.RESERVE and choice.bid.state == "reserve"
            if waits and _fits(locked, choice) and (offer := _try(locked, choice)):
                return offer
    return None


def _live(allocation: AllocationRound) -> dict[int, Offer]:
    rows = allocation.offers.filter(state__in=["offered", "accepted"])
    return {offer.bid_id: offer for offer in rows}


def _fits(allocation: AllocationRound, choice: Choice) -> bool:
    live = _live(allocation)
    promised = allocation.offers.filter(
        bid__choices__round=allocation, bid__choices__decision=Choice.Decision.FUND
    )
    approved = promised.aggregate(total=Sum("amount"))["total"] or ZERO
    now = sum((offer.amount for offer in live.values()), ZERO)
    if now + queries.granted_amount(choice.bid, choice.share) > approved:
        return False
    bids, wishes = queries.bids_of(allocation), queries.wishes_of(allocation)
    problem = queries.problem_of(allocation, allocation.method, bids, wishes)
    rows = {c.bid_id: c.share for c in allocation.choices.all()}
    shares = {pk: rows[pk] for pk in live if pk in rows}
    before = {limit.key for limit, _ in problem.only(_wishes(problem)).broken(shares)}
    after = problem.only(_wishes(problem)).broken({**shares, choice.bid_id: choice.share})
    # What a refused offer has already left unkept does not stand in the way of the next.
    return all(limit.key in before for limit, _ in after)


def _wishes(problem: Problem) -> list[str]:
    return [key for key in problem.keys if key.startswith(("wish:", "score"))]


def _try(allocation: AllocationRound, choice: Choice) -> Offer | None:
    try:
        with transaction.atomic():
            offer = make_offer(allocation, choice, SYSTEM, reason=REASON)
            record("offer.move_up", offer, by=SYSTEM, reason=REASON)
            tell(choice, kind=LetterTemplate.Kind.OFFER, reason=REASON)
    except (NoBudgetLine, Overspent):
        return None
    return offer
