"""Which bids to fund, exactly: a model of whole numbers, solved to proven optimality."""

from .explain import broken, conflict, forced, more, without
from .model import Conflict, Stopped, solve
from .problem import Answer, Candidate, Limit, Problem, granted

__all__ = [
    "Answer",
    "Candidate",
    "Conflict",
    "Limit",
    "Problem",
    "Stopped",
    "broken",
    "conflict",
    "forced",
    "granted",
    "more",
    "solve",
    "without",
]
