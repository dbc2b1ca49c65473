"""Which bids to fund: the selection of highest score that fits every budget line, exactly.

A binary variable per bid, a row per budget line; amounts in whole pence, so that the answer is
exact. Solved to proven optimality by HiGHS.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import highspy
import numpy as np

from .queries import Pot


@dataclass(frozen=True)
class Candidate:
    """A bid as the solver sees it: id, score in per cent, pounds by year and kind."""

    bid_id: int
    score: Decimal
    amounts: Mapping[Pot, Decimal]


@dataclass(frozen=True)
class Selection:
    bid_ids: frozenset[int]
    total_score: Decimal
    proven_optimal: bool


class NoSelection(Exception):
    """The solver ended without an answer; `status` is its own word for it."""

    def __init__(self, status: str) -> None:
        self.status = status
        super().__init__(f"No selection could be computed ({status}).")


def select(
    candidates: Sequence[Candidate], free: Mapping[Pot, Decimal], total: Decimal
) -> Selection:
    """The best selection within `free` pounds by year and kind and `total` pounds in all.

    Raises `NoSelection` when the solver ends without an answer.

    A bid that asks for a year or kind without a budget line cannot be chosen. Among selections
    of equal score the cheaper one wins, so that the answer is the same every time.
    """
    fundable = [c for c in candidates if all(pot in free for pot in c.amounts)]
    if not fundable:
        return Selection(frozenset(), Decimal(0), proven_optimal=True)
    model = _model(fundable, free, total)
    model.run()
    status = model.getModelStatus()
    if status != highspy.HighsModelStatus.kOptimal:
        raise NoSelection(model.modelStatusToString(status))
    values = model.getSolution().col_value
    chosen = [c for c, value in zip(fundable, values, strict=True) if round(value)]
    score = sum((c.score for c in chosen), Decimal(0))
    return Selection(frozenset(c.bid_id for c in chosen), score, proven_optimal=True)


def _model(
    candidates: Sequence[Candidate], free: Mapping[Pot, Decimal], total: Decimal
) -> highspy.Highs:
    model = highspy.Highs()
    model.setOptionValue("output_flag", False)
    model.setOptionValue("mip_rel_gap", 0.0)
    model.setOptionValue("mip_abs_gap", 0.0)
    model.setOptionValue("threads", 1)
    model.setOptionValue("random_seed", 1)
    prices = [sum(c.amounts.values(), Decimal(0)) for c in candidates]
    # Scores in hundredths are whole numbers; the price of a bid breaks ties below one of them.
    dearest = max(prices) or Decimal(1)
    for column, (candidate, price) in enumerate(zip(candidates, prices, strict=True)):
        worth = float(candidate.score * 100) - 0.5 * float(price / dearest) / len(candidates)
        model.addVar(0.0, 1.0)
        model.changeColCost(column, -worth)
        model.changeColIntegrality(column, highspy.HighsVarType.kInteger)
    for pot, limit in sorted(free.items()):
        _add_limit(model, [c.amounts.get(pot, Decimal(0)) for c in candidates], limit)
    _add_limit(model, prices, total)
    return model


def _add_limit(model: highspy.Highs, amounts: Sequence[Decimal], limit: Decimal) -> None:
    """The chosen amounts together are at most `limit` pounds; in whole pence, so exactly."""
    entries = [(column, float(amount * 100)) for column, amount in enumerate(amounts) if amount]
    if entries:
        columns, pence = zip(*entries, strict=True)
        model.addRow(
            -highspy.kHighsInf,
            float(max(limit, Decimal(0)) * 100),
            len(columns),
            np.array(columns, dtype=np.int32),
            np.array(pence, dtype=np.double),
        )
