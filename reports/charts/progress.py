"""One bar: where we are today, the target, and the date it is to be reached."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from . import display, palette
from .base import Chart, Rows, Value, exact
from .display import Unit
from .paper import PRINT, Paper
from .scene import Item, Line, Rect, Scene, Text

EDGE = 2


@dataclass(frozen=True, kw_only=True)
class ProgressBar(Chart):
    """`full` is the length of the whole bar: 100 for a percentage unless told otherwise."""

    value: Value
    target: Decimal
    target_on: date
    baseline: Value = None
    full: Value = None

    def __post_init__(self) -> None:
        super().__post_init__()
        for name in ("value", "target", "baseline", "full"):
            object.__setattr__(self, name, exact(getattr(self, name)))

    def table(self) -> tuple[list[str], Rows]:
        rows: Rows = [("Now", self.as_at, self.value), ("Target", self.target_on, self.target)]
        if self.baseline is not None:
            rows.insert(0, ("Baseline", None, self.baseline))
        return ["Measure", "Date", "Value"], rows

    @property
    def length(self) -> Decimal:
        top = max(Decimal(self.value or 0), self.target, Decimal(1))
        if self.full is not None:
            return max(Decimal(self.full), top)
        return max(Decimal(100), top) if self.unit == Unit.PERCENT else top

    def scene(self, paper: Paper = PRINT) -> Scene:
        bar, y = paper.line * 1.7, paper.line * 1.7

        def x(value: Decimal) -> float:
            share = float(value / self.length)
            return round(2 + min(max(share, 0), 1) * (paper.width - 4), 3)

        items: list[Item] = [Rect(2, y, paper.width - 4, bar, palette.TRACK)]
        if self.value is not None:
            items.append(Rect(2, y, x(Decimal(self.value)) - 2, bar, role="bar"))
        items += self._marks(paper, x(self.target), y, bar)
        items += self._words(paper, x(Decimal(self.value or 0)), x(self.target), y, bar)
        return Scene(paper.width, round(y + bar + paper.line * 1.6, 2), tuple(items))

    def _marks(self, paper: Paper, target: float, y: float, bar: float) -> Iterator[Item]:
        yield Line(target, y - 4, target, y + bar + 4, palette.INK, paper.size * 0.28)
        if self.baseline is not None and self.baseline > 0:
            share = min(float(self.baseline / self.length), 1)
            x = 2 + share * (paper.width - 4)
            yield Line(x, y, x, y + bar, palette.WHITE, 1.5, (3, 2))

    def _words(
        self, paper: Paper, now: float, target: float, y: float, bar: float
    ) -> Iterator[Item]:
        value = "No data yet" if self.value is None else display.short(self.value, self.unit)
        today = value if self.value is None else f"{value} today"
        yield _beside(paper, now, y - paper.size * 0.85, today, colour=palette.DARK_BLUE)
        aim = f"Target {display.short(self.target, self.unit)} by {display.day(self.target_on)}"
        yield _beside(paper, target, y + bar + paper.line * 1.15, aim)


def _beside(paper: Paper, x: float, y: float, words: str, colour: str = palette.INK) -> Text:
    """Centred on x, but never past an edge of the drawing."""
    words = paper.shorten(words, paper.width - 2 * EDGE, bold=True)
    half = paper.measure(words, bold=True) / 2
    if x - half < EDGE:
        return Text(EDGE, y, words, paper.size, bold=True, colour=colour)
    if x + half > paper.width - EDGE:
        return Text(paper.width - EDGE, y, words, paper.size, "end", bold=True, colour=colour)
    return Text(x, y, words, paper.size, "middle", bold=True, colour=colour)
