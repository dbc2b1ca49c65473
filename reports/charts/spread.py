"""Where one stands among all, on a few steps: this time, last time, and the spread of all."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from . import palette
from .base import Chart, ChartError, Rows, nothing_yet
from .paper import PRINT, Paper
from .scene import Item, Line, Marker, Rect, Scene, Text

MOST_STEPS = 10


@dataclass(frozen=True)
class Standing:
    """One row: the steps reached, and the quarter, middle and three quarters of all."""

    label: str
    this: int | None
    previous: int | None = None
    spread: tuple[int, int, int] | None = None


@dataclass(frozen=True, kw_only=True)
class SpreadChart(Chart):
    """Steps from 1 to `steps` across, a row for each label. A shape stands for each series."""

    rows: tuple[Standing, ...]
    steps: int
    names: tuple[str, str, str] = ("This time", "Last time", "Middle half of all, with the middle")
    category: str = "Name"
    headings: tuple[str, ...] = field(default=("Lower quarter", "Middle", "Upper quarter"))

    def __post_init__(self) -> None:
        super().__post_init__()
        if not 1 <= self.steps <= MOST_STEPS:
            raise ChartError(f"a spread has 1 to {MOST_STEPS} steps")
        for row in self.rows:
            for step in (row.this, row.previous, *(row.spread or ())):
                if step is not None and not 1 <= step <= self.steps:
                    raise ChartError(f"{row.label} has step {step} of {self.steps}")

    @property
    def has_previous(self) -> bool:
        return any(row.previous is not None for row in self.rows)

    @property
    def has_spread(self) -> bool:
        return any(row.spread for row in self.rows)

    def table(self) -> tuple[list[str], Rows]:
        this, previous, _ = self.names
        headings = [self.category, this]
        headings += [previous] if self.has_previous else []
        headings += self.headings if self.has_spread else []
        return headings, [tuple(self._cells(row)) for row in self.rows]

    def _cells(self, row: Standing) -> Iterator[str | int | None]:
        yield row.label
        yield row.this
        if self.has_previous:
            yield row.previous
        if self.has_spread:
            yield from row.spread or (None, None, None)

    def scene(self, paper: Paper = PRINT) -> Scene:
        if all(row.this is None for row in self.rows):
            return nothing_yet(paper)
        return _Drawing(self, paper).scene()


class _Drawing:
    def __init__(self, chart: SpreadChart, paper: Paper) -> None:
        self.chart, self.paper = chart, paper
        self.row = round(paper.line * 1.9, 2)
        names = max(map(paper.measure, (row.label for row in chart.rows)), default=0)
        self.names = min(names, paper.width * (0.42 if paper.narrow else 0.4))
        self.left = self.names + paper.size * 1.6
        self.right = paper.width - paper.size * 1.2

    def x(self, step: int) -> float:
        share = (step - 1) / max(self.chart.steps - 1, 1)
        return round(self.left + share * (self.right - self.left), 2)

    def scene(self) -> Scene:
        items, y = list(self.key()), self.key_height
        top = y + self.paper.line * 1.4
        height = 0.0
        drawn: list[Item] = []
        for row in self.chart.rows:
            found, tall = self.one(row, top + height)
            drawn += found
            height += tall
        items += [*self.grid(y, top, top + height), *drawn]
        return Scene(self.paper.width, round(top + height + 4, 2), tuple(items))

    def entries(self) -> list[tuple[str, str]]:
        this, previous, spread = self.chart.names
        found = [("this", this)]
        found += [("previous", previous)] if self.chart.has_previous else []
        found += [("spread", spread)] if self.chart.has_spread else []
        return found

    @property
    def key_height(self) -> float:
        return round(len(self.entries()) * self.paper.line * 1.2, 2)

    def key(self) -> Iterator[Item]:
        """One line each, so that it fits on the narrowest page."""
        size = self.paper.size
        for place, (kind, words) in enumerate(self.entries()):
            y = size + place * self.paper.line * 1.2
            middle = y - size * 0.35
            if kind == "spread":
                yield from self.bar(1, size * 2.6, size * 1.8, middle, size)
            else:
                yield self.mark(kind, size * 1.8, middle)
            room = self.paper.width - size * 3.6
            yield Text(size * 3.4, y, self.paper.shorten(words, room), size)

    def mark(self, kind: str, x: float, y: float) -> Marker:
        size = self.paper.size
        if kind == "this":
            return Marker(x, y, "circle", palette.DARK_BLUE, size * 1.05)
        return Marker(x, y, "diamond", palette.DARK_PINK, size * 0.95, hollow=True)

    def grid(self, y: float, top: float, bottom: float) -> Iterator[Item]:
        for step in range(1, self.chart.steps + 1):
            x = self.x(step)
            yield Line(x, top, x, bottom)
            yield Text(
                x,
                round(y + self.paper.line, 2),
                str(step),
                self.paper.size,
                "middle",
                colour=palette.QUIET_INK,
                role="tick",
            )

    def one(self, row: Standing, y: float) -> tuple[list[Item], float]:
        lines = self.paper.wrap(row.label, self.names + 0.5, most=3)
        tall = max(self.row, len(lines) * self.paper.line + self.paper.size * 0.5)
        middle, size = y + tall / 2, self.paper.size
        first = middle - len(lines) * self.paper.line / 2 + size
        items: list[Item] = [
            Text(0, round(first + place * self.paper.line, 2), line, size)
            for place, line in enumerate(lines)
        ]
        if row.spread:
            items += self.band(row.spread, middle)
        # Side by side where both stand on the same step, so that each and the middle is seen.
        aside = size * 0.7 if row.previous == row.this else 0
        y = round(middle, 2)
        if row.previous is not None:
            items.append(self.mark("previous", self.x(row.previous) + aside, y))
        if row.this is not None:
            items.append(self.mark("this", self.x(row.this) - aside, y))
        return items, tall

    def band(self, spread: tuple[int, int, int], middle: float) -> Iterator[Item]:
        low, half, high = spread
        aside = self.paper.size * 0.8
        left, right = self.x(low) - aside, self.x(high) + aside
        yield from self.bar(left, right, self.x(half), middle, self.paper.size * 1.3)

    def bar(
        self, left: float, right: float, half: float, middle: float, tall: float
    ) -> Iterator[Item]:
        """The middle half, with a line through its middle that no mark can hide."""
        top = round(middle - tall / 2, 2)
        wide = round(right - left, 2)
        yield Rect(left, top, wide, tall, palette.TRACK, palette.QUIET_INK, role="band")
        beyond = self.paper.size * 0.25
        yield Line(half, top - beyond, half, top + tall + beyond, palette.INK, 2.5)
