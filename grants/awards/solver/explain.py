"""What stands behind an answer: the same problem, solved again with one thing changed."""

from collections.abc import Mapping

from .model import Conflict, Stopped, solve
from .problem import WHOLE, Answer, Limit, Problem


def conflict(problem: Problem) -> list[str]:
    """Keys of wishes that cannot all be kept, none of which can be left out of the reasons.

    A deletion filter: each wish is left out in turn, and stays out when the rest still conflict.
    """
    kept = problem.keys
    for key in problem.keys:
        rest = [other for other in kept if other != key]
        if not _possible(problem.only(rest)):
            kept = rest
    return kept


def _possible(problem: Problem) -> bool:
    try:
        solve(problem, any_will_do=True)
    except Conflict:
        return False
    return True


def without(problem: Problem, key: str) -> Answer | None:
    """The best selection if one wish were dropped."""
    return _or_none(problem.without(key))


def more(problem: Problem, key: str, pence: int) -> Answer | None:
    """The best selection if one limit were that much higher."""
    return _or_none(problem.raised(key, pence))


def forced(problem: Problem, bid_id: int) -> Answer | None:
    """The best selection with this bid in it; None when no selection can hold it."""
    must = Limit("forced", "", frozenset([bid_id]), least=1)
    return _or_none(problem.adding(must))


def _or_none(problem: Problem) -> Answer | None:
    try:
        return solve(problem)
    except (Conflict, Stopped):
        return None


def broken(problem: Problem, shares: Mapping[int, int], bid_id: int) -> list[tuple[Limit, int]]:
    """The limits that adding this bid to a selection would break."""
    least = min(problem.by_id[bid_id].least, WHOLE)
    return list(problem.broken({**shares, bid_id: least}))
