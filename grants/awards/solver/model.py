"""The problem as HiGHS takes it, and its answer checked again in whole numbers."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import highspy
import numpy as np

from .problem import WHOLE, Answer, Limit, Problem

# A run that takes longer ends with the best selection found, and says that it is not proven.
SECONDS = 240.0
OPTIONS = {
    "output_flag": False,
    "mip_rel_gap": 0.0,
    "mip_abs_gap": 0.0,
    "mip_feasibility_tolerance": 1e-9,
    "threads": 1,
    "random_seed": 1,
    "time_limit": SECONDS,
}


class Conflict(Exception):
    """No selection keeps all limits."""


class Stopped(Exception):
    """The solver ended without an answer; `status` is its own word for it."""

    def __init__(self, status: str) -> None:
        self.status = status
        super().__init__(f"No selection could be computed ({status}).")


@dataclass
class _Rows:
    """Rows of the model, one after the other."""

    least: list[float] = field(default_factory=list)
    most: list[float] = field(default_factory=list)
    starts: list[int] = field(default_factory=lambda: [0])
    columns: list[int] = field(default_factory=list)
    values: list[float] = field(default_factory=list)

    def add(self, entries: Mapping[int, int], least: float | None, most: float | None) -> None:
        self.least.append(-highspy.kHighsInf if least is None else least)
        self.most.append(highspy.kHighsInf if most is None else most)
        self.columns += entries.keys()
        self.values += entries.values()
        self.starts.append(len(self.columns))


def solve(problem: Problem, *, any_will_do: bool = False) -> Answer:
    """The selection of the highest worth that keeps every limit; of equals, the cheapest.

    With `any_will_do` any selection that keeps the limits. The same problem has the same answer
    every time. Raises `Conflict` when there is none, `Stopped` when the solver gives up.
    """
    if not problem.candidates:
        return _checked(problem, {}, proven=True)
    model = highspy.Highs()
    for name, value in OPTIONS.items():
        model.setOptionValue(name, value)
    columns = _share_columns(problem)
    model.passModel(_lp(problem, columns, any_will_do=any_will_do))
    model.run()
    status = model.getModelStatus()
    if status == highspy.HighsModelStatus.kInfeasible:
        raise Conflict
    proven = status == highspy.HighsModelStatus.kOptimal
    values = model.getSolution().col_value
    if not proven and not (status == highspy.HighsModelStatus.kTimeLimit and any(values)):
        raise Stopped(model.modelStatusToString(status))
    return _checked(problem, _shares(problem, columns, values), proven=proven)


def _share_columns(problem: Problem) -> dict[int, int]:
    """Bid id → column of its per cent, for bids that may be funded in part."""
    cut = [c.bid_id for c in problem.candidates if c.least < WHOLE]
    return {bid_id: len(problem.candidates) + n for n, bid_id in enumerate(cut)}


def _lp(problem: Problem, columns: Mapping[int, int], *, any_will_do: bool) -> highspy.HighsLp:
    candidates, rows = problem.candidates, _Rows()
    place = {c.bid_id: n for n, c in enumerate(candidates)}
    for limit in problem.limits:
        rows.add(_entries(problem, limit, place, columns), limit.least, limit.most)
    for bid_id, column in columns.items():
        least = problem.by_id[bid_id].least
        rows.add({column: 1, place[bid_id]: -least}, 0, None)
        rows.add({column: 1, place[bid_id]: -WHOLE}, None, 0)
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(candidates) + len(columns), len(rows.least)
    lp.col_cost_ = np.zeros(lp.num_col_) if any_will_do else -_worths(problem, columns)
    lp.col_lower_ = np.zeros(lp.num_col_)
    lp.col_upper_ = np.array([1.0] * len(candidates) + [float(WHOLE)] * len(columns))
    lp.integrality_ = [highspy.HighsVarType.kInteger] * lp.num_col_
    lp.row_lower_, lp.row_upper_ = np.array(rows.least), np.array(rows.most)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.array(rows.starts)
    lp.a_matrix_.index_ = np.array(rows.columns)
    lp.a_matrix_.value_ = np.array(rows.values, dtype=float)
    return lp


def _entries(
    problem: Problem, limit: Limit, place: Mapping[int, int], columns: Mapping[int, int]
) -> dict[int, int]:
    """Column → what one of it adds to the sum that is limited."""
    if not limit.in_pence:
        return {place[bid_id]: 1 for bid_id in sorted(limit.members)}
    found: dict[int, int] = {}
    for bid_id in sorted(limit.members):
        candidate = problem.by_id[bid_id]
        if bid_id not in columns:
            found[place[bid_id]] = candidate.of(limit.pot)
            continue
        # As `granted` has it: hundredths by the share, the odd pence with the bid itself.
        pots = candidate.pence.values() if limit.pot is None else [candidate.of(limit.pot)]
        found[columns[bid_id]] = sum(pence // WHOLE for pence in pots)
        found[place[bid_id]] = sum(pence % WHOLE for pence in pots)
    return {column: value for column, value in found.items() if value}


def _worths(problem: Problem, columns: Mapping[int, int]) -> np.ndarray:
    """What each column adds. The price breaks ties, by less than one of the smallest steps."""
    candidates = problem.candidates
    dearest, step = max((c.price for c in candidates), default=0) or 1, 0.5 / len(candidates)
    worths = np.zeros(len(candidates) + len(columns))
    for place, candidate in enumerate(candidates):
        tie = step * candidate.price / dearest
        if candidate.bid_id in columns:
            # Per cent of a grant: its worth in hundredths, which are whole numbers again.
            worths[columns[candidate.bid_id]] = candidate.worth - tie / WHOLE
        else:
            worths[place] = WHOLE * candidate.worth - tie
    return worths if columns else worths / WHOLE


def _shares(problem: Problem, columns: Mapping[int, int], values: list[float]) -> dict[int, int]:
    found = {}
    for place, candidate in enumerate(problem.candidates):
        if round(values[place]):
            column = columns.get(candidate.bid_id)
            found[candidate.bid_id] = WHOLE if column is None else round(values[column])
    return found


def _checked(problem: Problem, shares: dict[int, int], *, proven: bool) -> Answer:
    """Floating point never decides about money: what it found is added up again exactly."""
    broken = next(problem.broken(shares), None)
    if broken and problem.candidates:
        raise Stopped(f"its answer breaks “{broken[0].words}”")
    if broken:
        raise Conflict
    by_id = problem.by_id
    return Answer(shares, sum(by_id[k].worth * share for k, share in shares.items()), proven)
