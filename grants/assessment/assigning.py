"""Who assesses what: the assignment of least cost, found by HiGHS.

Cost, in this order: a place that stays empty (so many that no other cost outweighs it); then the
load of each assessor, counted 1 for the first bid, 2 for the second and so on, which is least when
all have the same; then 1.5 for an assessor whose expertise is not the theme of the bid. So an
expert is preferred as long as they would not get two bids more than somebody else.
This is a flow through a network, whose corners are whole numbers; the simplex method ends in one.
The same bids and assessors give the same answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import highspy
import numpy as np

EMPTY = 1_000_000.0
OFF_THEME = 1.5


@dataclass(frozen=True)
class Reader:
    """An assessor: what they have to do already, and how many more they can take."""

    key: int
    load: int
    free: int


@dataclass(frozen=True)
class Place:
    """A bid: how many assessors it wants, who may be asked, and who knows its theme."""

    key: int
    wanted: int
    may: frozenset[int]
    experts: frozenset[int]


def spread(places: Sequence[Place], readers: Sequence[Reader]) -> dict[int, list[int]]:
    """The readers of each place, those who know its theme first; fewer where nobody is left."""
    pairs = [(p, r) for p in places for r in readers if r.key in p.may and r.free]
    answer: dict[int, list[int]] = {place.key: [] for place in places}
    if not pairs:
        return answer
    model = _model(places, readers, pairs)
    model.run()
    if model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return answer
    values = model.getSolution().col_value
    for (place, reader), value in zip(pairs, values, strict=False):
        if round(value):
            answer[place.key].append(reader.key)
    for place in places:
        answer[place.key].sort(key=lambda key: (key not in place.experts, key))
    return answer


def _model(
    places: Sequence[Place], readers: Sequence[Reader], pairs: Sequence[tuple[Place, Reader]]
) -> highspy.Highs:
    """A column for each pair, then one for each further bid of each reader, then empty places."""
    model = highspy.Highs()
    for name, value in (
        ("output_flag", False),
        ("threads", 1),
        ("random_seed", 1),
        ("solver", "simplex"),
    ):
        model.setOptionValue(name, value)
    of_place: dict[int, list[int]] = {p.key: [] for p in places}
    of_reader: dict[int, list[int]] = {r.key: [] for r in readers}
    for place, reader in pairs:
        cost = 0.0 if reader.key in place.experts else OFF_THEME
        column = _column(model, cost, 1)
        of_place[place.key].append(column)
        of_reader[reader.key].append(column)
    for reader in readers:
        steps = [
            _column(model, float(reader.load + step + 1), 1)
            for step in range(min(reader.free, len(of_reader[reader.key])))
        ]
        _equal(model, [*of_reader[reader.key], *steps], 0, minus=len(steps))
    for place in places:
        empty = _column(model, EMPTY, place.wanted)
        _equal(model, [*of_place[place.key], empty], place.wanted)
    return model


def _column(model: highspy.Highs, cost: float, most: int) -> int:
    column = model.getNumCol()
    model.addVar(0.0, float(most))
    model.changeColCost(column, cost)
    return column


def _equal(model: highspy.Highs, columns: list[int], total: int, minus: int = 0) -> None:
    """The columns add up to `total`; the last `minus` of them count against it."""
    if columns:
        signs = [1.0] * (len(columns) - minus) + [-1.0] * minus
        model.addRow(
            float(total),
            float(total),
            len(columns),
            np.array(columns, dtype=np.int32),
            np.array(signs, dtype=np.double),
        )
