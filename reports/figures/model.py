"""What a figure is: a definition, a value, and the rows it was made from."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from enum import StrEnum
from functools import cached_property
from itertools import groupby
from typing import Any, Protocol

Value = Decimal | int | None
# What rows can be filtered and grouped by.
TAGS = ("theme", "region", "board", "class", "year", "kind", "project")


class Known(Protocol):
    """What was known at a moment: it gives what any figure adds up (facts.py)."""

    def sums(self, definition: Any, tags: Iterable[str]) -> tuple["Row", ...]: ...


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


# Not frozen, which would make each of thousands take three times as long; nobody changes them.
@dataclass(kw_only=True, slots=True)
class Row:
    """One recorded fact and what it adds to a figure, or the sum of `count` of them.

    `part` is "whole" for what a share or ratio is divided by. `group` is what distinct counts
    count. A sum knows the `pile` it was made from and what was `summed`, but not what a fact by
    itself says; `sign` is -1 where what the facts say is taken off.
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
    count: int = 1
    sign: int = 1
    pile: Any = None
    summed: Any = None

    def as_whole(self) -> "Row":
        """The same as what a share or ratio is divided by."""
        return self._but(self.amount, self.sign, "whole")

    def taken_off(self) -> "Row":
        return self._but(-self.amount, -self.sign, self.part)

    def _but(self, amount: Decimal, sign: int, part: str) -> "Row":
        # By hand: `dataclasses.replace` and `copy` take ten times as long.
        return Row(
            record=self.record,
            pk=self.pk,
            what=self.what,
            who=self.who,
            on=self.on,
            amount=amount,
            tags=self.tags,
            sample=self.sample,
            source=self.source,
            part=part,
            group=self.group,
            count=self.count,
            sign=sign,
            pile=self.pile,
            summed=self.summed,
        )

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
    sums: Callable[[Any, Any], Iterable[Row]]


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
    def sums(self) -> tuple[Row, ...]:
        """What is added up, facts of long stocks as sums of them."""
        found = self.facts.sums(self.definition, self.chosen)
        return tuple(row for row in found if row.matches(self.chosen)) if self.chosen else found

    @property
    def count(self) -> int:
        return sum(row.count for row in self.sums)

    @property
    def rows(self) -> tuple[Row, ...]:
        """Every fact by itself: for figures of few. Others are read by `part`."""
        return tuple(self.part(0, self.count))

    def part(self, start: int, stop: int) -> Iterator[Row]:
        """Facts by themselves, from the `start`th until before the `stop`th."""
        for (pile, sign, part), group in groupby(self.sums, lambda r: (r.pile, r.sign, r.part)):
            run = tuple(group)
            count = sum(row.count for row in run)
            low, high = max(start, 0), min(stop, count)
            if low < high and pile is None:
                yield from run[low:high]
            elif low < high:
                for row in pile.rows(self.facts, self.chosen, run, low, high):
                    found = row if sign > 0 else row.taken_off()
                    yield found.as_whole() if part else found
            start, stop = start - count, stop - count

    @cached_property
    def value(self) -> Value:
        return value_of(self.definition, self.sums)

    @property
    def sample(self) -> bool:
        return any(row.sample for row in self.sums)


@dataclass(frozen=True)
class Change:
    """Facts that became known, or were replaced, between two moments."""

    rows: list[Row]
    count: int
    amount: Decimal


def value_of(definition: Definition, rows: Iterable[Row]) -> Value:
    """None where there is nothing to divide by, or nothing observed."""
    rows = tuple(rows)
    top = [row.amount for row in rows if row.part != "whole"]
    match definition.how:
        case How.SUM:
            return sum(top, Decimal(0))
        case How.COUNT:
            return sum(row.count for row in rows)
        case How.DISTINCT:
            return len({row.group for row in rows})
        case How.MEAN:
            number = sum(row.count for row in rows)
            return _pence(sum(top, Decimal(0)) / number) if number else None
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
