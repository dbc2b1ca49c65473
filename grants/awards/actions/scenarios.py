"""Constraints on a round, selections worked out under them, and the one that is taken."""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction

from carefund.core import clock
from carefund.core.actors import Actor, person
from carefund.core.errors import Refused
from carefund.core.permissions import require
from carefund.core.record import record
from grants.bids.models import Bid

from .. import queries
from ..models import AllocationRound, Choice, Constraint, Scenario
from ..solver import Conflict, Problem, Stopped, conflict, solve
from ..solver.problem import WHOLE
from .explaining import explain, go_on, steps_of, why_of

# With more bids than these, what-ifs are worked out in the background, one after the other.
AT_ONCE = 150
AIM = ("objective", "weight", "minimum_score", "by_hand")


class ScenarioChanged(Refused):
    message = (
        "The bids, the budget or the constraints have changed since this scenario was worked out. "
        "Work it out again."
    )


def locked_draft(allocation: AllocationRound) -> AllocationRound:
    locked = AllocationRound.objects.select_for_update(of=("self",)).get(pk=allocation.pk)
    if locked.state != "draft":
        raise Refused("This round has been recommended. Return it to draft to change it.")
    return locked


def add_constraint(
    *, allocation: AllocationRound, kind: str, note: str, by: Actor, **values: Any
) -> Constraint:
    """Bind every selection of a draft round to one more wish. `note` says why."""
    require(by, "awards.make_round", allocation)
    with transaction.atomic():
        locked = locked_draft(allocation)
        wish = Constraint(round=locked, kind=kind, note=note.strip(), **values)
        if not wish.note:
            raise Refused("Say why the constraint is set.")
        if wish.bid_id and wish.bid_id == wish.other_bid_id:
            raise Refused("Choose two different bids.")
        wish.full_clean()
        words = queries.in_words(wish)
        if words in [queries.in_words(other) for other in queries.wishes_of(locked)]:
            raise Refused("The round has this constraint already.")
        wish.save()
        record(
            "allocation_round.add_constraint",
            locked,
            by=by,
            changes={"constraint": ("", words)},
            reason=wish.note,
        )
    return wish


def remove_constraint(*, allocation: AllocationRound, constraint: Constraint, by: Actor) -> bool:
    require(by, "awards.make_round", allocation)
    with transaction.atomic():
        locked = locked_draft(allocation)
        words = queries.in_words(constraint)
        constraint.delete()
        changes = {"constraint": (words, "")}
        record("allocation_round.remove_constraint", locked, by=by, changes=changes)
    return True


def make_scenario(
    *, allocation: AllocationRound, name: str, aim: Mapping[str, Any], by: Actor
) -> Scenario:
    """Work out the best selection of a draft round under its constraints, and keep it.

    `aim` as `Scenario.aim` has it. Where the constraints conflict, the scenario names them. What
    is explained takes longer: with many bids it follows in the background.
    """
    require(by, "awards.make_round", allocation)
    with transaction.atomic():
        locked = locked_draft(allocation)
        _free_name(locked, name)
        bids, wishes = queries.bids_of(locked), queries.wishes_of(locked)
        problem = queries.problem_of(locked, aim, bids, wishes)
        result = _result(problem, bids)
        scenario = Scenario.objects.create(
            round=locked,
            name=name.strip(),
            aim=dict(aim),
            wishes=[queries.in_words(w) for w in wishes],
            inputs=queries.inputs_of(problem, wishes),
            result=result,
            steps_all=len(result.get("steps", [])),
            made_by=person(by),
            made_at=clock.now(),
        )
        changes = {"scenario": ("", scenario.name)}
        record("allocation_round.make_scenario", locked, by=by, changes=changes)
        if len(bids) <= AT_ONCE:
            explain(scenario, problem, scenario.steps_all)
        elif scenario.steps_all:
            go_on(scenario)
    return scenario


def _free_name(allocation: AllocationRound, name: str) -> None:
    if not name.strip():
        raise Refused("Give the scenario a name.")
    if allocation.scenarios.filter(name=name.strip()).exists():
        raise Refused("The round has a scenario of this name. Choose another.")


def _result(problem: Problem, bids: Sequence[Bid]) -> dict[str, Any]:
    try:
        answer = solve(problem)
    except Conflict:
        return {"conflict": [problem.words(key) for key in conflict(problem)]}
    except Stopped as stopped:
        return {"stopped": stopped.status}
    return {
        "shares": {str(pk): share for pk, share in answer.shares.items()},
        "worth": answer.worth,
        "proven": answer.proven,
        "sums": queries.measured(bids, answer.shares),
        "why": why_of(problem, bids, answer),
        "steps": steps_of(problem, bids, answer),
    }


def use_scenario(*, scenario: Scenario, by: Actor) -> AllocationRound:
    """Make a scenario the selection of its draft round: what will be recommended."""
    require(by, "awards.make_round", scenario.round)
    with transaction.atomic():
        locked = locked_draft(scenario.round)
        if not scenario.is_solved:
            raise Refused("This scenario has no selection.")
        if queries.is_stale(scenario):
            raise ScenarioChanged
        write_choices(locked, scenario)
        locked.scenario = scenario
        locked.method = {
            **scenario.aim,
            "rule": "Chosen by hand"
            if scenario.aim.get("by_hand")
            else queries.AIMS[scenario.aim.get("objective", "score")],
            "total_score": scenario.result["sums"]["score"],
            "proven_optimal": scenario.result["proven"],
        }
        locked.save(update_fields=["scenario", "method"])
        changes = {"scenario": ("", scenario.name)}
        record("allocation_round.use_scenario", locked, by=by, changes=changes)
    return locked


def write_choices(allocation: AllocationRound, scenario: Scenario) -> None:
    minimum = Decimal(scenario.aim.get("minimum_score") or 0)
    shares, given = scenario.shares, scenario.result.get("choices", {})
    never: set[int | None] = set(
        allocation.constraints.filter(kind="never").values_list("bid", flat=True)
    )
    rows = list(allocation.choices.select_related("bid"))
    for choice in rows:
        choice.share = shares.get(choice.bid_id, 100)
        kept = given.get(str(choice.bid_id))
        choice.decision, choice.reason = kept or _outcome(choice.bid, shares, minimum, never)
    Choice.objects.bulk_update(rows, ["decision", "reason", "share"], batch_size=500)


def _outcome(
    bid: Bid, shares: Mapping[int, int], minimum: Decimal, never: Collection[int | None]
) -> tuple[str, str]:
    """The decision, and the reason that the bidder reads."""
    share = shares.get(bid.pk)
    if share == WHOLE:
        return Choice.Decision.FUND, "In the best selection the budget allows."
    if share:
        return Choice.Decision.FUND, f"Funded in part, with {share}% of what was asked for."
    if bid.score is None or bid.score < minimum:
        scored = f"Scored {bid.score}%, below the lowest fundable score of {minimum}%."
        return Choice.Decision.REFUSE, scored
    if bid.pk in never:
        return Choice.Decision.REFUSE, "Not chosen for this allocation."
    reason = "Fundable, but the limits of this round do not hold it beside the bids chosen."
    return Choice.Decision.RESERVE, reason


def keep_selection(*, allocation: AllocationRound, name: str, by: Actor) -> Scenario:
    """Keep the selection that a person has made as a scenario, if it keeps every limit."""
    require(by, "awards.make_round", allocation)
    with transaction.atomic():
        locked = locked_draft(allocation)
        _free_name(locked, name)
        if found := queries.problems_of(locked):
            raise Refused(f"The selection cannot be kept. {found[0]}.")
        aim = {**locked.method, "by_hand": True}
        bids, wishes = queries.bids_of(locked), queries.wishes_of(locked)
        problem = queries.problem_of(locked, aim, bids, wishes)
        rows = list(locked.choices.all())
        shares = {c.bid_id: c.share for c in rows if c.decision == Choice.Decision.FUND}
        scenario = Scenario.objects.create(
            round=locked,
            name=name.strip(),
            aim={
                k: aim[k] for k in ("objective", "weight", "minimum_score", "by_hand") if k in aim
            },
            wishes=[queries.in_words(w) for w in wishes],
            inputs=queries.inputs_of(problem, wishes),
            result={
                "shares": {str(pk): share for pk, share in shares.items()},
                "worth": sum(problem.by_id[pk].worth * s for pk, s in shares.items()),
                "proven": False,
                "sums": queries.measured(bids, shares),
                "why": {str(c.bid_id): c.reason for c in rows},
                "choices": {str(c.bid_id): [c.decision, c.reason] for c in rows},
            },
            made_by=person(by),
            made_at=clock.now(),
        )
        changes = {"scenario": ("", scenario.name)}
        record("allocation_round.keep_selection", locked, by=by, changes=changes)
    return scenario
