"""Every figure that a report may show, by its code."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from programmes.funds.models import Programme

from .facts import Facts
from .model import TAGS, Definition, Figure, How, Row, Unit

_figures: dict[str, Definition] = {}
Rows = Callable[[Facts], Iterable[Row]]


class UnknownFigure(KeyError):
    """No figure has this code, or it cannot be narrowed like this."""


def figure(
    code: str, title: str, words: str, *, formula: str, source: str, unit: Unit, how: How = How.SUM
) -> Callable[[Rows], Rows]:
    """Declare a figure; the decorated function yields its rows from the facts."""

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


def split(facts: Facts, code: str, tag: str) -> Mapping[str, Figure]:
    """The figure for each value that `tag` takes in its rows, in alphabetical order."""
    found = sorted({row.tags.get(tag, "") for row in of(facts, code).rows})
    return {value: of(facts, code, **{tag: value}) for value in found}
