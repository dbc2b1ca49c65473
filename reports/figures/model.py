"""What a figure is: a definition, a value, and the rows it was made from."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any, Protocol

Value = Decimal | int | None
# What rows can be filtered and grouped by.
TAGS = ("theme", "region", "board", "class", "year", "kind", "project")


class Known(Protocol):
    """What was known at a moment: it gives the rows of any figure (facts.py)."""

    def rows(self, definition: Any) -> tuple["Row", ...]: ...


class Unit(StrEnum):
    MONEY = "money"
    PERCENT = "percent"
    NUMBER = "number"
    RATIO = "ratio"


class How(StrEnum):
    """How the value follows from the rows; `value_of` is the whole of the arithmetic."""

    SUM = "sum"
    COUNT = "count"
    DISTINCT = "distinct"
    MEAN = "mean"
    SHARE = "share"
    RATIO = "ratio"
    LATEST = "latest"


@dataclass(frozen=True, kw_only=True)
class Row:
    """One recorded fact and what it adds to a figure.

    `part` is "whole" for what a share or ratio is divided by. `group` is what distinct counts
    count.
    """

    record: str
    pk: int
    what: str
    who: str
    on: date
    amount: Decimal
    tags: Mapping[str, str] = field(default_factory=dict)
    sample: bool = False
    source: str = ""
    part: str = ""
    group: str = ""

    def matches(self, chosen: Mapping[str, str]) -> bool:
        return all(self.tags.get(tag, "") == value for tag, value in chosen.items())


@dataclass(frozen=True)
class Definition:
    code: str
    title: str
    words: str
    formula: str
    source: str
    unit: Unit
    how: How
    rows: Callable[[Any], Iterable[Row]]


@dataclass(frozen=True)
class Figure:
    """A value for a programme as at a moment, narrowed to `chosen` tags where there are any."""

    definition: Definition
    facts: Known
    chosen: Mapping[str, str] = field(default_factory=dict)

    @property
    def code(self) -> str:
        return self.definition.code

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        return tuple(row for row in self.facts.rows(self.definition) if row.matches(self.chosen))

    @cached_property
    def value(self) -> Value:
        return value_of(self.definition, self.rows)

    @property
    def sample(self) -> bool:
        return any(row.sample for row in self.rows)


def value_of(definition: Definition, rows: Iterable[Row]) -> Value:
    """None where there is nothing to divide by, or nothing observed."""
    rows = tuple(rows)
    top = [row.amount for row in rows if row.part != "whole"]
    match definition.how:
        case How.SUM:
            return sum(top, Decimal(0))
        case How.COUNT:
            return len(rows)
        case How.DISTINCT:
            return len({row.group for row in rows})
        case How.MEAN:
            return _pence(sum(top, Decimal(0)) / len(top)) if top else None
        case How.LATEST:
            return top[-1] if top else None
    whole = sum((row.amount for row in rows if row.part == "whole"), Decimal(0))
    return _divide(sum(top, Decimal(0)), whole, definition.how)


def _divide(top: Decimal, whole: Decimal, how: How) -> Decimal | None:
    if not whole:
        return None
    if how == How.SHARE:
        return (top * 100 / whole).quantize(Decimal("0.1"), ROUND_HALF_EVEN)
    return _pence(top / whole)


def _pence(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), ROUND_HALF_EVEN)
