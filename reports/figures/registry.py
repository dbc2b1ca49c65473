"""Every figure that a report may show, by its code."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from programmes.funds.models import Programme

from .facts import Facts
from .model import TAGS, Change, Definition, Figure, How, Row, Unit, Value, value_of
from .stocks import Grain

_figures: dict[str, Definition] = {}
Rows = Callable[[Facts, Grain], Iterable[Row]]


class UnknownFigure(KeyError):
    """No figure has this code, or it cannot be narrowed like this."""


def figure(
    code: str, title: str, words: str, *, formula: str, source: str, unit: Unit, how: How = How.SUM
) -> Callable[[Rows], Rows]:
    """Declare a figure; the decorated function yields what it adds up, at the grain asked for."""

    def declare(rows: Rows) -> Rows:
        if code in _figures:
            raise ValueError(f"Two figures are called {code}")
        _figures[code] = Definition(code, title, words, formula, source, unit, how, rows)
        return rows

    return declare


def definitions() -> list[Definition]:
    return list(_figures.values())


def definition(code: str) -> Definition:
    try:
        return _figures[code]
    except KeyError:
        raise UnknownFigure(code) from None


def of(facts: Facts, code: str, **chosen: str) -> Figure:
    """The figure from facts already at hand: several figures share their queries."""
    if unknown := chosen.keys() - set(TAGS):
        raise UnknownFigure(f"{code} by {', '.join(sorted(unknown))}")
    return Figure(definition(code), facts, dict(chosen))


def compute(code: str, programme: Programme, moment: datetime, **chosen: str) -> Figure:
    """One figure of `programme` from what was known at `moment`."""
    return of(Facts(programme, moment), code, **chosen)


def split(facts: Facts, code: str, tag: str) -> Mapping[str, "Part"]:
    """The figure for each value that `tag` takes, in alphabetical order."""
    of(facts, code)
    found: dict[str, list[Row]] = {}
    for row in facts.sums(definition(code), (tag,)):
        found.setdefault(row.tags.get(tag, ""), []).append(row)
    return {value: Part(definition(code), tuple(found[value])) for value in sorted(found)}


@dataclass(frozen=True)
class Part:
    """A figure for one value of a tag."""

    definition: Definition
    sums: tuple[Row, ...] = ()

    @property
    def value(self) -> Value:
        return value_of(self.definition, self.sums)

    @property
    def sample(self) -> bool:
        return any(row.sample for row in self.sums)


def new(before: Facts, after: Facts, code: str, most: int) -> Change:
    """What `after` counts and `before` did not; of a long stock only the first `most` by row."""
    return _between(before, after, code, most, gone=False)


def gone(before: Facts, after: Facts, code: str, most: int) -> Change:
    """What `before` counted and `after` does not."""
    return _between(before, after, code, most, gone=True)


def _between(before: Facts, after: Facts, code: str, most: int, *, gone: bool) -> Change:
    one, other = (before, after) if gone else (after, before)
    rows = one.sums(definition(code), ())
    piles = list(dict.fromkeys(row.pile for row in rows if row.pile))
    if piles:
        found: Change = piles[0].changed(one, other, most, gone=gone)
        return found
    known = {(row.record, row.pk) for row in other.sums(definition(code), ())}
    left = [row for row in rows if (row.record, row.pk) not in known]
    return Change(left, len(left), sum((row.amount for row in left), Decimal(0)))
