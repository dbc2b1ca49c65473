"""From a ranking to a recommendation: propose, adjust, recommend."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

from django.db import transaction

from carefund.core import clock, states
from carefund.core.actors import Actor, person
from carefund.core.errors import Refused
from carefund.core.money import ZERO
from carefund.core.permissions import require
from carefund.core.record import record
from grants.assessment.queries import ranking
from grants.bids.models import Bid
from programmes.calls.models import Call
from programmes.funds.actions import give_back

from .. import queries
from ..models import AllocationRound, Choice, Constraint
from ..solver.problem import WHOLE
from .approving import ask_for_approval
from .scenarios import locked_draft, make_scenario, use_scenario

# When decisions are published on a day that was chosen, by the clock in London.
PUBLISH_AT = time(9, 30)
FIRST = "Best selection"


class RoundChanged(Refused):
    message = "The bids or the budget have changed since this round was made. Make it again."


def make_round(*, call: Call, minimum_score: Decimal, by: Actor) -> AllocationRound:
    """Propose which assessed bids to fund: the highest total score within the budget lines.

    `minimum_score` is in per cent; bids below it, or below a criterion's threshold, are refused.
    A draft round of the call is replaced; its constraints go on. Where no selection can keep
    them, nothing is chosen, and the round's first scenario says what conflicts.
    """
    require(by, "awards.make_round", call)
    with transaction.atomic():
        Call.objects.select_for_update().get(pk=call.pk)
        ranked = list(ranking(call).filter(state="assessed"))
        if not ranked:
            raise Refused("No bid to this call has been assessed yet.")
        if call.rounds.filter(state__in=["recommended", "embargoed"]).exists():
            raise Refused("A round of this call awaits approval. Decide on it first.")
        before = list(call.rounds.filter(state="draft"))
        for old in before:
            states.move(old, "abandon", by=by, reason="Replaced by a new round.")
        allocation = AllocationRound.objects.create(
            call=call,
            number=call.rounds.count() + 1,
            made_by=person(by),
            made_at=clock.now(),
            method={"rule": queries.AIMS["score"], "minimum_score": str(minimum_score)},
        )
        _list_bids(allocation, ranked)
        _take_over(allocation, before, {bid.pk for bid in ranked})
        record("allocation_round.make", allocation, by=by)
        aim = {"objective": "score", "weight": 100, "minimum_score": str(minimum_score)}
        scenario = make_scenario(allocation=allocation, name=FIRST, aim=aim, by=by)
        if scenario.is_solved:
            use_scenario(scenario=scenario, by=by)
        allocation.refresh_from_db()
    return allocation


def _list_bids(allocation: AllocationRound, ranked: list[Bid]) -> None:
    rows = [
        Choice(
            round=allocation,
            bid=bid,
            decision=Choice.Decision.RESERVE,
            reason="Not chosen yet.",
            rank=rank,
        )
        for rank, bid in enumerate(ranked, 1)
    ]
    Choice.objects.bulk_create(rows)


def _take_over(allocation: AllocationRound, before: list[AllocationRound], bids: set[int]) -> None:
    """What was wished of the round that this one replaces is wished of it too."""
    for wish in Constraint.objects.filter(round__in=before).order_by("pk"):
        if {wish.bid_id, wish.other_bid_id} - {None} <= bids:
            wish.pk, wish.round = None, allocation
            wish.save(force_insert=True)


def choose(
    *,
    allocation: AllocationRound,
    bid: Bid,
    decision: str,
    reason: str,
    by: Actor,
    share: int = 100,
    conditions: str = "",
) -> Choice:
    """Change what a draft round decides about one bid, with a reason.

    `share` is the per cent of what was asked for that is granted; whether it may be cut is
    checked with the whole selection, when it is kept or recommended.
    """
    require(by, "awards.make_round", allocation)
    if not reason.strip():
        raise Refused("Give the reason for this choice.")
    with transaction.atomic():
        locked = locked_draft(allocation)
        choice = Choice.objects.get(round=locked, bid=bid)
        before, was = _in_words(choice), (choice.decision, choice.share)
        choice.decision, choice.reason = decision, reason.strip()
        choice.share = share if decision == Choice.Decision.FUND else 100
        choice.conditions = conditions.strip()
        choice.full_clean()
        choice.save(update_fields=["decision", "reason", "share", "conditions"])
        if (choice.decision, choice.share) != was:
            _changed_by_hand(locked)
        record(
            "allocation_round.choose",
            locked,
            by=by,
            changes={bid.reference: (before, _in_words(choice))},
            reason=reason,
        )
    return choice


def _changed_by_hand(allocation: AllocationRound) -> None:
    """What is chosen now is no scenario's answer, and nobody has proven that it is the best."""
    funded = allocation.choices.filter(decision=Choice.Decision.FUND)
    sums = queries.measured(queries.bids_of(allocation), dict(funded.values_list("bid", "share")))
    allocation.scenario = None
    allocation.method = {
        **allocation.method,
        "rule": "Chosen by hand",
        "total_score": sums["score"],
        "proven_optimal": False,
    }
    allocation.save(update_fields=["scenario", "method"])


def _in_words(choice: Choice) -> str:
    return choice.decision if choice.share == WHOLE else f"{choice.decision} {choice.share}%"


def recommend(
    *,
    allocation: AllocationRound,
    rationale: str,
    by: Actor,
    publish_on: date | None = None,
    release_scores: bool = False,
    release_comments: bool = False,
) -> AllocationRound:
    """Put a round before those who approve it. It must keep every budget line and constraint.

    With `publish_on` nobody outside learns of the decision before the morning of that day.
    """
    require(by, "awards.make_round", allocation)
    if not rationale.strip():
        raise Refused("Say why you recommend this selection.")
    publish_at = _publish_at(publish_on)
    with transaction.atomic():
        moved = states.move(
            allocation,
            "recommend",
            by=by,
            guard=holds,
            rationale=rationale.strip(),
            recommended_by=person(by),
            recommended_at=clock.now(),
            publish_at=publish_at,
            release_scores=release_scores,
            release_comments=release_comments,
        )
        ask_for_approval(moved)
    return moved


def _publish_at(day: date | None) -> datetime | None:
    if day is None:
        return None
    moment = datetime.combine(day, PUBLISH_AT, clock.LONDON)
    if moment <= clock.now():
        raise Refused("The day of publication must be in the future.")
    return moment.astimezone(UTC)


def holds(allocation: AllocationRound) -> None:
    """Raise `Refused` with the first thing that the selection breaks."""
    uses = queries.use_of_lines(allocation)
    for use in uses:
        if not use.fits:
            raise Refused(f"{use.line} would be overspent by £{-use.left:,.2f}.")
    over = sum((u.wanted for u in uses), ZERO) - queries.left_of_total(allocation.call)
    if over > 0:
        raise Refused(f"The selection is £{over:,.2f} more than the call still offers.")
    if found := queries.problems_of(allocation):
        raise Refused(f"The selection breaks a constraint. {found[0]}.")


def return_to_draft(*, allocation: AllocationRound, reason: str, by: Actor) -> AllocationRound:
    """Take a recommendation, or an approval that nobody outside knows of, back for changes.

    Approvals stay on record. Money that was set aside for its day is free again.
    """
    require(by, "awards.return", allocation)
    with transaction.atomic():
        moved = states.move(
            allocation,
            "return_to_draft",
            by=by,
            reason=reason,
            recommended_by=None,
            approved_by=None,
            approved_at=None,
            publish_problem="",
        )
        words = f"{moved} was returned to draft"[:300]
        give_back(key=set_aside_key(moved), reason=words, by=by)
    return moved


def set_aside_key(allocation: AllocationRound) -> str:
    """With what the entries of money that waits for this round's day begin."""
    return f"round:{allocation.pk}:"
