"""The choice among 1,000 bids, three years, capital and revenue, against HiGHS alone."""

from decimal import Decimal
from random import Random

import highspy
import numpy as np

from grants.awards.solver import Candidate, select

TARGET = 1.3
SIZES = (1_000,)
POTS = [(year, kind) for year in (2026, 2027, 2028) for kind in ("capital", "revenue")]


def _problem(bench):
    if "candidates" not in bench.frames:
        random = Random(7)
        rows = []
        for number in range(bench.size):
            amounts = {
                pot: Decimal(random.randint(1_000, 200_000))
                for pot in POTS
                if random.random() < 0.7
            }
            amounts = amounts or {POTS[1]: Decimal(5_000)}
            rows.append(Candidate(number, Decimal(random.randint(3000, 9800)) / 100, amounts))
        free = {pot: sum(r.amounts.get(pot, 0) for r in rows) * Decimal("0.3") for pot in POTS}
        free = {pot: Decimal(int(amount)) for pot, amount in free.items()}
        total = Decimal(int(sum(free.values()) * Decimal("0.9")))
        bench.frames["candidates"] = (rows, free, total, _arrays(rows, free, total))
    return bench.frames["candidates"]


def case(bench, _variant):
    rows, free, total, _ = _problem(bench)
    return select(rows, free, total).total_score


def floor(bench, _variant):
    """The same model, its numbers ready in arrays, passed whole and solved."""
    rows, _, _, lp = _problem(bench)
    model = highspy.Highs()
    for name, value in [
        ("output_flag", False),
        ("mip_rel_gap", 0.0),
        ("mip_abs_gap", 0.0),
        ("threads", 1),
        ("random_seed", 1),
    ]:
        model.setOptionValue(name, value)
    model.passModel(lp)
    model.run()
    values = model.getSolution().col_value
    return sum((r.score for r, v in zip(rows, values, strict=True) if round(v)), Decimal(0))


def _arrays(rows, free, total):
    prices = [sum(r.amounts.values(), Decimal(0)) for r in rows]
    dearest, count = max(prices), len(rows)
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = count, len(free) + 1
    lp.col_cost_ = np.array(
        [
            -(float(r.score * 100) - 0.5 * float(p / dearest) / count)
            for r, p in zip(rows, prices, strict=False)
        ]
    )
    lp.col_lower_, lp.col_upper_ = np.zeros(count), np.ones(count)
    lp.integrality_ = [highspy.HighsVarType.kInteger] * count
    lp.row_lower_ = np.full(lp.num_row_, -highspy.kHighsInf)
    lp.row_upper_ = np.array(
        [float(free[pot] * 100) for pot in sorted(free)] + [float(total * 100)]
    )
    starts, columns, values = [0], [], []
    for amounts in [*([r.amounts.get(p, 0) for r in rows] for p in sorted(free)), prices]:
        for column, amount in enumerate(amounts):
            if amount:
                columns.append(column)
                values.append(float(amount * 100))
        starts.append(len(columns))
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_, lp.a_matrix_.index_ = np.array(starts), np.array(columns)
    lp.a_matrix_.value_ = np.array(values)
    return lp
