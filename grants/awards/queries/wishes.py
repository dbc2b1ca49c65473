"""A round as a problem for the solver: its bids, its money, and what the officer wishes."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from carefund.core.formats import financial_year, money
from grants.bids.models import Bid, Submission
from grants.bids.queries import fingerprint, form_of
from programmes.organisations.models import BoardShare

from ..models import AllocationRound, Choice, Constraint
from ..solver import Candidate, Limit, Problem
from .base import free_by_pot, left_of_total, pence_of

AIMS = {
    "score": "Highest total score within the budget lines",
    "benefit": "Most benefit for the money within the budget lines",
    "both": "A weighting of score and benefit within the budget lines",
}
Kind = Constraint.Kind


def bids_of(allocation: AllocationRound) -> list[Bid]:
    """The bids that the round decides about, best first."""
    rows = allocation.choices.select_related("bid__organisation__region", "bid__theme", "bid__form")
    return [c.bid for c in rows.prefetch_related("bid__requested_amounts").order_by("rank")]


def wishes_of(allocation: AllocationRound) -> list[Constraint]:
    return wishes_of_all([allocation])


def wishes_of_all(rounds: Sequence[AllocationRound]) -> list[Constraint]:
    rows = Constraint.objects.filter(round__in=rounds).select_related(
        "region", "board", "theme", "authority", "bid__organisation", "other_bid__organisation"
    )
    return list(rows.order_by("pk"))


def problem_of(
    allocation: AllocationRound,
    aim: Mapping[str, Any],
    bids: Sequence[Bid] | None = None,
    wishes: Sequence[Constraint] | None = None,
) -> Problem:
    """What is to be chosen, by `aim` (see `Scenario.aim`), and every limit that it must keep."""
    rows = bids_of(allocation) if bids is None else bids
    asked = wishes_of(allocation) if wishes is None else wishes
    worths, cut = _worths(rows, aim), _cut_to(asked)
    candidates = tuple(
        Candidate(b.pk, worths[b.pk], pence_of(b), cut.get(b.pk, cut.get(None, 100))) for b in rows
    )
    limits = [*_score_limit(rows, aim), *_money_limits(allocation, candidates)]
    for wish in asked:
        limits += _limits(wish, rows)
    return Problem(candidates, tuple(limits))


def _cut_to(wishes: Sequence[Constraint]) -> dict[int | None, int]:
    """Bid id (None: any) → the least per cent that it may be cut to."""
    return {w.bid_id: w.number or 100 for w in wishes if w.kind == Kind.PART}


def _worths(bids: Sequence[Bid], aim: Mapping[str, Any]) -> dict[int, int]:
    """Hundredths of a per cent of score, pounds of benefit, or hundredths of points of both."""
    scores = {b.pk: int((b.score or Decimal(0)) * 100) for b in bids}
    if aim.get("objective", "score") == "score":
        return scores
    benefits = benefits_of(bids)
    if aim["objective"] == "benefit":
        return {pk: int(amount) for pk, amount in benefits.items()}
    most, weight = max(benefits.values(), default=Decimal(0)) or Decimal(1), int(aim["weight"])
    return {
        pk: (weight * scores[pk] + (100 - weight) * int(10000 * benefits[pk] / most)) // 100
        for pk in scores
    }


def benefits_of(bids: Sequence[Bid]) -> dict[int, Decimal]:
    """Pounds of benefit that each bid forecast, over all its years, as it was submitted."""
    keys: dict[int, str] = {}
    for bid in bids:
        if bid.form_id not in keys:
            question = form_of(bid).first("benefits")
            keys[bid.form_id] = question.key if question else ""
    contents: dict[int, Any] = dict(
        Submission.objects.filter(bid__in=bids).order_by("number").values_list("bid", "content")
    )
    found = {}
    for bid in bids:
        rows = contents.get(bid.pk, {}).get("answers", {}).get(keys[bid.form_id]) or []
        amounts = [Decimal(a) for row in rows for a in row.get("forecast", {}).values()]
        found[bid.pk] = max(sum(amounts, Decimal(0)), Decimal(0))
    return found


def _score_limit(bids: Sequence[Bid], aim: Mapping[str, Any]) -> Iterator[Limit]:
    minimum = Decimal(aim.get("minimum_score") or 0)
    below = frozenset(b.pk for b in bids if b.score is None or b.score < minimum)
    if below:
        yield Limit(
            "score", f"Bids that scored less than {minimum:f}% are not funded", below, most=0
        )


def _money_limits(allocation: AllocationRound, candidates: Sequence[Candidate]) -> Iterator[Limit]:
    free = free_by_pot(allocation.call)
    everybody = frozenset(c.bid_id for c in candidates)
    for year, kind in sorted({*free, *(pot for c in candidates for pot in c.pence)}):
        pot, name = (year, kind), f"{financial_year(year)} {kind}"
        members = frozenset(c.bid_id for c in candidates if pot in c.pence)
        if pot in free:
            words, most = f"{name}: {money(max(free[pot], Decimal(0)))}", int(free[pot] * 100)
        else:
            words, most = f"The call has no budget line for {name}", 0
        yield Limit(
            f"line:{year}:{kind}", words, members, most=max(most, 0), in_pence=True, pot=pot
        )
    left = max(left_of_total(allocation.call), Decimal(0))
    words = f"What is left of the call’s total: {money(left)}"
    yield Limit("total", words, everybody, most=int(left * 100), in_pence=True)


def _limits(wish: Constraint, bids: Sequence[Bid]) -> list[Limit]:
    words = in_words(wish)
    if wish.kind == Kind.MUST:
        return [Limit(wish.key, words, frozenset([wish.bid_id or 0]), least=1)]
    if wish.kind == Kind.NEVER:
        return [Limit(wish.key, words, frozenset([wish.bid_id or 0]), most=0)]
    if wish.kind == Kind.EITHER:
        pair = frozenset([wish.bid_id or 0, wish.other_bid_id or 0])
        return [Limit(wish.key, words, pair, most=1)]
    if wish.kind == Kind.PART:
        return []
    number = wish.number if wish.amount is None else int(wish.amount * 100)
    bound: dict[str, Any] = (
        {"least": number} if wish.kind in {Kind.LEAST_REGION, Kind.LEAST_BOARD} else {}
    )
    bound = bound or {"most": number}
    in_pence = wish.amount is not None
    return [
        Limit(wish.key, words, members, in_pence=in_pence, **bound)
        for members in _groups(wish, bids)
        if members or "least" in bound
    ]


def _groups(wish: Constraint, bids: Sequence[Bid]) -> list[frozenset[int]]:
    """The bids that a wish about a place, a theme or an authority is about."""
    if wish.kind == Kind.LEAST_REGION:
        return [frozenset(b.pk for b in bids if b.organisation.region_id == wish.region_id)]
    if wish.kind == Kind.LEAST_BOARD:
        shares = BoardShare.objects.filter(
            board=wish.board_id, is_primary=True, valid_to__isnull=True
        )
        there = set(shares.values_list("authority", flat=True))
        return [frozenset(b.pk for b in bids if b.organisation_id in there)]
    if wish.kind == Kind.MOST_THEME:
        return [frozenset(b.pk for b in bids if b.theme_id == wish.theme_id)]
    groups: dict[int, set[int]] = {}
    for bid in bids:
        if wish.authority_id in {None, bid.organisation_id}:
            groups.setdefault(bid.organisation_id, set()).add(bid.pk)
    return [frozenset(members) for members in groups.values()]


def _number(wish: Constraint) -> str:
    if wish.amount is not None:
        return money(wish.amount)
    return f"{wish.number} bid" if wish.number == 1 else f"{wish.number} bids"


def in_words(wish: Constraint) -> str:
    """The wish as a sentence that an officer would say."""
    bid, other = _named(wish.bid), _named(wish.other_bid)
    least = f"at least {_number(wish)}"
    most = f"at most {_number(wish)}"
    return {
        Kind.LEAST_REGION: f"{wish.region} gets {least}",
        Kind.LEAST_BOARD: f"The area of {wish.board} gets {least}",
        Kind.MOST_THEME: f"The theme {wish.theme} gets {most}",
        Kind.MOST_AUTHORITY: f"{wish.authority or 'Any one authority'} gets {most}",
        Kind.MUST: f"{bid} must be funded",
        Kind.NEVER: f"{bid} must not be funded",
        Kind.EITHER: f"Only one of {bid} and {other} is funded",
        Kind.PART: f"{bid or 'Any bid'} may be funded in part, with {wish.number}% or more",
    }[Kind(wish.kind)]


def _named(bid: Bid | None) -> str:
    return f"{bid.reference} ({bid.organisation})" if bid else ""


def inputs_of(problem: Problem, wishes: Sequence[Constraint]) -> str:
    """Fingerprint of everything that the answer follows from."""
    return fingerprint(
        {
            "bids": [
                [c.bid_id, c.worth, c.least, sorted([*pot, p] for pot, p in c.pence.items())]
                for c in problem.candidates
            ],
            "limits": [
                [x.key, x.words, sorted(x.members), x.least, x.most] for x in problem.limits
            ],
            "wishes": [in_words(w) for w in wishes],
        }
    )


def problems_of(allocation: AllocationRound) -> list[str]:
    """What the round's selection breaks, in words: of a person's choice as of a machine's."""
    bids, wishes = bids_of(allocation), wishes_of(allocation)
    problem = problem_of(allocation, allocation.method, bids, wishes)
    funded = allocation.choices.filter(decision=Choice.Decision.FUND)
    shares = dict(funded.values_list("bid", "share"))
    found = [_told(limit, excess) for limit, excess in problem.broken(shares)]
    by_id = {bid.pk: bid for bid in bids}
    for bid_id, share in sorted(shares.items()):
        if share < problem.by_id[bid_id].least:
            found.append(
                f"{_named(by_id[bid_id])} gets {share}%, and may not be cut below "
                f"{problem.by_id[bid_id].least}%"
            )
    return list(dict.fromkeys(found))


def _told(limit: Limit, excess: int) -> str:
    by = money(Decimal(abs(excess)) / 100) if limit.in_pence else str(abs(excess))
    if limit.key == "score":
        return f"{limit.words}: {by} chosen"
    return f"{limit.words}: {by} {'too much' if excess > 0 else 'too little'}"
