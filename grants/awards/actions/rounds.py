"""From a ranking to offers: propose, adjust, recommend, approve."""

from datetime import timedelta
from decimal import Decimal

from django.db import transaction

from carefund.core import clock, states, work
from carefund.core.actors import SYSTEM, Actor, person
from carefund.core.errors import Refused
from carefund.core.money import ZERO
from carefund.core.permissions import require
from carefund.core.record import record
from carefund.core.references import next_reference
from carefund.notify.actions import send
from grants.assessment.queries import ranking
from grants.bids import actions as bids
from grants.bids.models import Bid
from programmes.calls import actions as calls
from programmes.calls.models import Call
from programmes.calls.queries import cut_off_of
from programmes.funds.actions import Movement, commit

from .. import messages, queries, solver
from ..models import AllocationRound, Choice, Offer, OfferLine

ANSWER_WITHIN = timedelta(days=28)


class RoundChanged(Refused):
    message = "The bids or the budget have changed since this round was made. Make it again."


def make_round(*, call: Call, minimum_score: Decimal, by: Actor) -> AllocationRound:
    """Propose which assessed bids to fund: the highest total score within the budget lines.

    `minimum_score` is in per cent; bids below it, or below a criterion's threshold, are refused.
    A draft round of the call is replaced.
    """
    require(by, "awards.make_round", call)
    ranked = list(ranking(call).filter(state="assessed").prefetch_related("requested_amounts"))
    if not ranked:
        raise Refused("No bid to this call has been assessed yet.")
    with transaction.atomic():
        Call.objects.select_for_update().get(pk=call.pk)
        if call.rounds.filter(state="recommended").exists():
            raise Refused("A round of this call awaits approval. Decide on it first.")
        for old in call.rounds.filter(state="draft"):
            states.move(old, "abandon", by=by, reason="Replaced by a new round.")
        selection = _select(call, ranked, minimum_score)
        allocation = AllocationRound.objects.create(
            call=call,
            number=call.rounds.count() + 1,
            made_by=person(by),
            made_at=clock.now(),
            method={
                "rule": "Highest total score within the budget lines",
                "minimum_score": str(minimum_score),
                "total_score": str(selection.total_score),
                "proven_optimal": selection.proven_optimal,
            },
        )
        _write_choices(allocation, ranked, selection, minimum_score)
        record("allocation_round.make", allocation, by=by)
    return allocation


def _select(call: Call, ranked: list[Bid], minimum: Decimal) -> solver.Selection:
    wanted = queries.requests(ranked)
    candidates = [
        solver.Candidate(bid.pk, bid.score, wanted[bid.pk])
        for bid in ranked
        if bid.score is not None and bid.score >= minimum
    ]
    return solver.select(candidates, queries.free_by_pot(call), queries.left_of_total(call))


def _write_choices(
    allocation: AllocationRound, ranked: list[Bid], selection: solver.Selection, minimum: Decimal
) -> None:
    rows = []
    for rank, bid in enumerate(ranked, 1):
        if bid.pk in selection.bid_ids:
            decision, reason = Choice.Decision.FUND, "In the best selection the budget allows."
        elif bid.score is not None and bid.score < minimum:
            decision = Choice.Decision.REFUSE
            reason = f"Scored {bid.score}%, below the lowest fundable score of {minimum}%."
        else:
            decision = Choice.Decision.RESERVE
            reason = "Fundable, but the budget lines cannot hold it beside better bids."
        rows.append(Choice(round=allocation, bid=bid, decision=decision, reason=reason, rank=rank))
    Choice.objects.bulk_create(rows)


def choose(
    *, allocation: AllocationRound, bid: Bid, decision: str, reason: str, by: Actor
) -> Choice:
    """Change what a draft round decides about one bid, with a reason."""
    require(by, "awards.make_round", allocation)
    if not reason.strip():
        raise Refused("Give the reason for this choice.")
    with transaction.atomic():
        locked = AllocationRound.objects.select_for_update().get(pk=allocation.pk)
        if locked.state != "draft":
            raise Refused("This round has been recommended. Return it to draft to change it.")
        choice = Choice.objects.get(round=locked, bid=bid)
        before, choice.decision, choice.reason = choice.decision, decision, reason.strip()
        choice.full_clean()
        choice.save(update_fields=["decision", "reason"])
        record(
            "allocation_round.choose",
            locked,
            by=by,
            changes={bid.reference: (before, decision)},
            reason=reason,
        )
    return choice


def recommend(*, allocation: AllocationRound, rationale: str, by: Actor) -> AllocationRound:
    """Put a round before the senior officer. It must fit every budget line."""
    require(by, "awards.make_round", allocation)
    if not rationale.strip():
        raise Refused("Say why you recommend this selection.")
    uses = queries.use_of_lines(allocation)
    for use in uses:
        if not use.fits:
            raise Refused(f"{use.line} would be overspent by £{-use.left:,.2f}.")
    over = sum((u.wanted for u in uses), ZERO) - queries.left_of_total(allocation.call)
    if over > 0:
        raise Refused(f"The selection is £{over:,.2f} more than the call still offers.")
    return states.move(
        allocation,
        "recommend",
        by=by,
        rationale=rationale.strip(),
        recommended_by=person(by),
        recommended_at=clock.now(),
    )


def return_to_draft(*, allocation: AllocationRound, reason: str, by: Actor) -> AllocationRound:
    require(by, "awards.approve", allocation)
    return states.move(allocation, "return_to_draft", by=by, reason=reason, recommended_by=None)


def approve(*, allocation: AllocationRound, by: Actor) -> list[Offer]:
    """Commit the money and make the offers of a recommended round, all or nothing.

    Approved twice, by a second click or a second officer, it is approved once: the later raises
    `WrongState`. Raises `Overspent` when another round has taken the money meanwhile.
    """
    require(
        by,
        "awards.approve",
        allocation,
        "A round is approved by a senior officer who did not recommend it.",
    )
    with transaction.atomic():
        states.move(allocation, "approve", by=by, approved_by=person(by), approved_at=clock.now())
        offers = []
        for choice in allocation.choices.select_related("bid__call__programme").order_by("rank"):
            if choice.decision == Choice.Decision.FUND:
                offers.append(_offer(allocation, choice, by))
            elif choice.decision == Choice.Decision.RESERVE:
                bids.hold_in_reserve(bid=choice.bid, by=by, reason=choice.reason)
            else:
                bids.refuse(bid=choice.bid, by=by, reason=choice.reason)
            _tell(choice)
        _decide_call(allocation)
    return offers


def _decide_call(allocation: AllocationRound) -> None:
    """The award decides the call; of one that is always open, only what was assessed by now."""
    call = allocation.call
    if call.state == "in_assessment":
        calls.decide(call=call, by=SYSTEM)
    if call.always_open:
        cut_offs = list(call.cut_offs.all())
        bids_of_round = allocation.choices.select_related("bid")
        found = (cut_off_of(call, c.bid.submitted_at, cut_offs) for c in bids_of_round)
        calls.decide_cut_offs(call=call, moments={row.at for row in found if row})


def _offer(allocation: AllocationRound, choice: Choice, by: Actor) -> Offer:
    bid, moment = choice.bid, clock.now()
    bids.award(bid=bid, by=by, reason=choice.reason)
    lines = list(bid.requested_amounts.all())
    offer = Offer.objects.create(
        bid=bid,
        round=allocation,
        organisation=bid.organisation,
        reference=next_reference(f"{bid.call.programme.prefix}O", clock.today().year),
        amount=sum((line.amount for line in lines), ZERO),
        offered_at=moment,
        expires_at=moment + ANSWER_WITHIN,
        source=bid.source,
        is_sample=bid.is_sample,
    )
    for line in lines:
        OfferLine.objects.create(
            offer=offer, financial_year=line.financial_year, kind=line.kind, amount=line.amount
        )
    work.enqueue(
        "awards.expire",
        key=str(offer.pk),
        payload={"offer_id": offer.pk},
        due_at=offer.expires_at,
    )
    commit(
        programme=bid.call.programme,
        call=bid.call,
        movements=[Movement(x.financial_year, x.kind, x.amount) for x in lines],
        key=f"offer:{bid.reference}",
        reason=f"Offer {offer.reference}",
        by=by,
        subject=offer,
        organisation=bid.organisation,
    )
    return offer


def _tell(choice: Choice) -> None:
    send(messages.Decision(choice=choice), key=f"{choice.round_id}:{choice.bid_id}")
