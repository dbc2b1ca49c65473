"""Why bids are in or out, and what would change it: each what-if is one more run of the solver."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.db import transaction

from carefund.core import work
from carefund.core.formats import money
from grants.bids.models import Bid

from .. import queries
from ..models import Scenario
from ..queries.scenarios import EXTRA
from ..solver import Answer, Limit, Problem, broken, forced, more, without
from ..solver.problem import WHOLE

NEAR_MISSES = 5


def steps_of(problem: Problem, bids: Sequence[Bid], answer: Answer) -> list[dict[str, Any]]:
    """What is asked after the answer: money lines, wishes, and the best bids left out."""
    lines = [key for key in problem.keys if key.startswith(("line:", "total"))]
    wishes = [key for key in problem.keys if key.startswith(("wish:", "score"))]
    left = [b for b in bids if b.pk not in answer.shares and _could_be_in(problem, b.pk)]
    return [
        *({"kind": "more", "of": key, "words": problem.words(key)} for key in lines),
        *({"kind": "without", "of": key, "words": problem.words(key)} for key in wishes),
        *({"kind": "forced", "of": b.pk, "words": ""} for b in left[:NEAR_MISSES]),
    ]


def _could_be_in(problem: Problem, bid_id: int) -> bool:
    """Not ruled out by itself: it keeps every limit of money, score and exclusion alone."""
    least = problem.by_id[bid_id].least
    return all(
        limit.least is not None or not limit.excess(problem, {bid_id: least})
        for limit in problem.limits
        if bid_id in limit.members
    )


def why_of(problem: Problem, bids: Sequence[Bid], answer: Answer) -> dict[str, str]:
    must = {
        pk: limit.words
        for limit in problem.limits
        if limit.least == 1 and len(limit.members) == 1
        for pk in limit.members
    }
    found = {}
    for bid in bids:
        if bid.pk in answer.shares:
            share = answer.shares[bid.pk]
            found[str(bid.pk)] = (
                f"In: {must[bid.pk]}." if bid.pk in must else "In the best selection."
            ) + (f" Cut to {share}% so that the rest can be funded." if share < WHOLE else "")
        else:
            found[str(bid.pk)] = _why_out(problem, bid, answer)
    return found


def _why_out(problem: Problem, bid: Bid, answer: Answer) -> str:
    hurdles = broken(problem, answer.shares, bid.pk)
    if not hurdles:
        return "Out: it would add nothing to what is aimed at."
    alone = [limit for limit, _ in hurdles if not _alone(problem, limit, bid.pk)]
    if alone:
        return f"Out by itself: {'; '.join(limit.words for limit in alone)}."
    told = [
        f"{limit.words} ({money(Decimal(excess) / 100)} too much)"
        if limit.in_pence
        else limit.words
        for limit, excess in hurdles
    ]
    return f"Out: beside better bids it would break: {'; '.join(told)}."


def _alone(problem: Problem, limit: Limit, bid_id: int) -> bool:
    """Whether the bid keeps this limit when nothing else is chosen."""
    only = replace(limit, least=None)
    return not only.excess(problem, {bid_id: problem.by_id[bid_id].least})


def explain_further(*, scenario: Scenario) -> None:
    """Work out the next what-if of a scenario in the background, and ask for the one after it."""
    with transaction.atomic():
        locked = Scenario.objects.select_for_update(of=("self",)).get(pk=scenario.pk)
        allocation = locked.round
        bids, wishes = queries.bids_of(allocation), queries.wishes_of(allocation)
        problem = queries.problem_of(allocation, locked.aim, bids, wishes)
        if queries.inputs_of(problem, wishes) != locked.inputs:
            # What would be explained is no longer there; the page says so.
            locked.steps_done = locked.steps_all
            locked.save(update_fields=["steps_done"])
            return
        explain(locked, problem, 1)
        if not locked.is_explained:
            go_on(locked)


def go_on(scenario: Scenario) -> None:
    work.enqueue(
        "awards.explain",
        key=f"{scenario.pk}:{scenario.steps_done}",
        payload={"scenario_id": scenario.pk},
    )


def explain(scenario: Scenario, problem: Problem, count: int) -> None:
    """Work out the next `count` what-ifs."""
    steps = scenario.result.get("steps", [])
    for step in steps[scenario.steps_done : scenario.steps_done + count]:
        _answer_step(step, scenario, problem)
        scenario.steps_done += 1
    if count:
        scenario.save(update_fields=["result", "steps_done"])


def _answer_step(step: dict[str, Any], scenario: Scenario, problem: Problem) -> None:
    solvers = {
        "more": lambda: more(problem, step["of"], int(EXTRA * 100)),
        "without": lambda: without(problem, step["of"]),
        "forced": lambda: forced(problem, step["of"]),
    }
    found, now = solvers[step["kind"]](), scenario.shares
    step["possible"] = found is not None
    step["gain"] = found.worth - scenario.result["worth"] if found else 0
    then = found.shares if found else now
    step["in"] = sorted(then.keys() - now.keys())
    step["out"] = sorted(now.keys() - then.keys())
    if step["kind"] == "without" and step["gain"] > 0:
        # What is in only for a wish says so.
        for pk in step["out"]:
            text = scenario.result["why"][str(pk)]
            if not text.startswith("In: "):
                scenario.result["why"][str(pk)] = f"In because {step['words']}."
