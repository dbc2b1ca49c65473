"""What every chart has: the reader's sentence, source, as-at date and its data as a table."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from . import display
from .display import Unit
from .paper import PRINT, Paper
from .scene import Scene, Text

Value = Decimal | int | None
Rows = list[tuple[Decimal | int | date | datetime | str | None, ...]]
MOST_SERIES = 4
MOST_READ_OUT = 12


class ChartError(ValueError):
    """The data cannot be drawn as asked: too many series, rows that do not match."""


@dataclass(frozen=True)
class Series:
    """One measure: its name and a value for each category, None where nothing is known."""

    name: str
    values: tuple[Value, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", tuple(map(exact, self.values)))


@dataclass(frozen=True, kw_only=True)
class Chart(ABC):
    title: str
    source: str
    as_at: date | datetime
    unit: Unit = Unit.NUMBER
    note: str = ""
    sample: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "unit", Unit(self.unit))
        display.local_day(self.as_at)
        if not self.title.strip():
            raise ChartError("a chart needs a title")

    @property
    def caption(self) -> str:
        """The line under the drawing."""
        parts = [f"Source: {self.source}" if self.source else "", self.note]
        parts.append(f"As at {display.day(self.as_at)}")
        parts.append("Includes sample data" if self.sample else "")
        return ". ".join(part.rstrip(".") for part in parts if part) + "."

    @property
    def description(self) -> str:
        """The drawing in words, for those who do not see it."""
        headings, rows = self.table()
        lines = [
            ", ".join(
                f"{heading}: {self.cell(cell)}" if place else self.cell(cell)
                for place, (heading, cell) in enumerate(zip(headings, row, strict=True))
            )
            for row in rows[:MOST_READ_OUT]
        ]
        left = len(rows) - MOST_READ_OUT
        more = [f"and {left} more, in the table below"] if left > 0 else []
        return "; ".join([*lines, *more]) + "." if rows else "There is no data yet."

    def cell(self, value: object) -> str:
        """A cell of `table()` as text."""
        if isinstance(value, Decimal):
            return display.full(value, self.unit)
        if isinstance(value, date):
            return display.day(value)
        return display.NO_VALUE if value is None else str(value)

    @abstractmethod
    def table(self) -> tuple[list[str], Rows]: ...

    @abstractmethod
    def scene(self, paper: Paper = PRINT) -> Scene: ...


def exact(value: Value | float) -> Value:
    """The value as Decimal; floats are refused because they are not what was entered."""
    if value is None or isinstance(value, Decimal):
        if value is not None and not value.is_finite():
            raise ChartError("a value must be finite")
        return value
    if isinstance(value, bool) or not isinstance(value, int):
        raise ChartError(f"a value must be Decimal, int or None, not {type(value).__name__}")
    return Decimal(value)


def check_series(categories: Sequence[str], series: Sequence[Series]) -> None:
    if len(series) > MOST_SERIES:
        raise ChartError(f"a chart shows at most {MOST_SERIES} series")
    for each in series:
        if len(each.values) != len(categories):
            raise ChartError(f"{each.name} has {len(each.values)} values for {len(categories)}")


def known(series: Iterable[Series]) -> list[Decimal]:
    return [Decimal(value) for each in series for value in each.values if value is not None]


def nothing_yet(paper: Paper) -> Scene:
    words = "There is no data yet."
    return Scene(paper.width, paper.line * 3, (Text(0, paper.line * 1.5, words, paper.size),))
