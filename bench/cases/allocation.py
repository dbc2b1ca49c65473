"""The choice among 1,000 bids, three years, capital and revenue, nine regional minimums proven
optimal, against HiGHS alone.
"""

from random import Random

import highspy
import numpy as np

from grants.awards.solver import Candidate, Limit, Problem, solve
from grants.awards.solver.model import OPTIONS

TARGET = 1.3
SIZES = (1_000,)
POTS = [(year, kind) for year in (2026, 2027, 2028) for kind in ("capital", "revenue")]


REGIONS, LEAST = range(9), 45


def _problem(bench):
    if "candidates" not in bench.frames:
        random = Random(7)
        rows = [_bid(number, random) for number in range(bench.size)]
        everybody = frozenset(range(bench.size))
        limits, free = [], 0
        for pot in POTS:
            most = sum(r.of(pot) for r in rows) * 3 // 10
            free += most
            limits.append(Limit(f"line:{pot}", "", everybody, most=most, in_pence=True, pot=pot))
        limits.append(Limit("total", "", everybody, most=free * 9 // 10, in_pence=True))
        regions = [random.choice(REGIONS) for _ in rows]
        for region in REGIONS:
            there = frozenset(n for n, where in enumerate(regions) if where == region)
            limits.append(Limit(f"region:{region}", "", there, least=LEAST))
        problem = Problem(tuple(rows), tuple(limits))
        bench.frames["candidates"] = (problem, _arrays(problem))
    return bench.frames["candidates"]


def _bid(number, random):
    pence = {pot: random.randint(1_000, 200_000) * 100 for pot in POTS if random.random() < 0.7}
    return Candidate(number, random.randint(3000, 9800), pence or {POTS[1]: 500_000})


def case(bench, _variant):
    answer = solve(_problem(bench)[0])
    if not answer.proven:
        raise AssertionError("The selection is not proven to be the best.")
    return answer.worth


def floor(bench, _variant):
    """The same model, its numbers ready in arrays, passed whole and solved."""
    problem, lp = _problem(bench)
    model = highspy.Highs()
    for name, value in OPTIONS.items():
        model.setOptionValue(name, value)
    model.passModel(lp)
    model.run()
    values = model.getSolution().col_value
    return sum(100 * c.worth for c, v in zip(problem.candidates, values, strict=True) if round(v))


def _arrays(problem):
    rows, count = problem.candidates, len(problem.candidates)
    dearest = max(r.price for r in rows)
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = count, len(problem.limits)
    lp.col_cost_ = np.array([-(r.worth - 0.005 * r.price / dearest / count) for r in rows])
    lp.col_lower_, lp.col_upper_ = np.zeros(count), np.ones(count)
    lp.integrality_ = [highspy.HighsVarType.kInteger] * count
    infinite = highspy.kHighsInf
    limits = problem.limits
    lp.row_lower_ = np.array([-infinite if x.least is None else x.least for x in limits], float)
    lp.row_upper_ = np.array([infinite if x.most is None else x.most for x in limits], float)
    starts, columns, values = [0], [], []
    for limit in limits:
        for column in sorted(limit.members):
            value = rows[column].of(limit.pot) if limit.in_pence else 1
            if value:
                columns.append(column)
                values.append(float(value))
        starts.append(len(columns))
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_, lp.a_matrix_.index_ = np.array(starts), np.array(columns)
    lp.a_matrix_.value_ = np.array(values)
    return lp
