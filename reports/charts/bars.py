"""Horizontal bars from zero, one or several per category, each with its label beside it."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from . import display, palette
from .axis import Axis, axis_for
from .base import Chart, Rows, Series, check_series, known, nothing_yet
from .paper import PRINT, Paper
from .scene import Item, Line, Rect, Scene, Text

GAP = 4


@dataclass(frozen=True, kw_only=True)
class BarChart(Chart):
    """Categories down the side. With several series each bar says which one it is."""

    labels: tuple[str, ...]
    series: tuple[Series, ...]
    category: str = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        check_series(self.labels, self.series)

    def table(self) -> tuple[list[str], Rows]:
        rows: Rows = [
            (label, *(each.values[place] for each in self.series))
            for place, label in enumerate(self.labels)
        ]
        return [self.category or "Name", *(each.name for each in self.series)], rows

    def scene(self, paper: Paper = PRINT) -> Scene:
        values = known(self.series)
        if not values:
            return nothing_yet(paper)
        return _Drawing(self, paper, axis_for(values)).scene()


class _Drawing:
    def __init__(self, chart: BarChart, paper: Paper, axis: Axis) -> None:
        self.chart, self.paper, self.axis = chart, paper, axis
        self.bar = round(paper.line * (1.25 if len(chart.series) == 1 else 1.05), 2)
        widest = max(map(paper.measure, chart.labels), default=0)
        self.names = min(widest, paper.width * (0.3 if paper.narrow else 0.32))
        self.values = max(
            (
                paper.measure(self.label(each, value))
                for each in chart.series
                for value in each.values
            ),
            default=0,
        )
        self.values = min(self.values, paper.width * 0.38)
        negative = axis.low < 0
        self.left = self.names + 3 * GAP + (self.values if negative else 0)
        self.right = paper.width - self.values - 2 * GAP

    def x(self, value: Decimal | int) -> float:
        """Positions use the data's own ends, so that the longest bar fills the space."""
        values = [*known(self.chart.series), Decimal(0)]
        low, high = min(values), max(values)
        share = float((Decimal(value) - low) / ((high - low) or 1))
        return self.left + share * (self.right - self.left)

    def label(self, series: Series, value: Decimal | int | None) -> str:
        words = display.short(value, self.chart.unit)
        if value is None:
            words = "No data"
        return f"{words} {series.name.lower()}" if len(self.chart.series) > 1 else words

    def scene(self) -> Scene:
        items: list[Item] = []
        y = 2.0
        for place in range(len(self.chart.labels)):
            drawn, height = self.category(place, y)
            items += drawn
            y += height + self.paper.line * 0.65
        y -= self.paper.line * 0.65
        zero = Line(self.x(0), 0, self.x(0), y + 2, colour=palette.INK, width=1)
        return Scene(self.paper.width, round(y + 4, 2), (*items, zero))

    def category(self, place: int, y: float) -> tuple[list[Item], float]:
        lines = self.paper.wrap(self.chart.labels[place], self.names + 0.5, most=3)
        bars = len(self.chart.series) * self.bar
        height = max(bars, len(lines) * self.paper.line)
        top = y + (height - len(lines) * self.paper.line) / 2 + self.paper.size
        items: list[Item] = [
            Text(0, round(top + row * self.paper.line, 2), line, self.paper.size)
            for row, line in enumerate(lines)
        ]
        start = y + (height - bars) / 2
        for row, series in enumerate(self.chart.series):
            items += self.one(series, row, series.values[place], start + row * self.bar)
        return items, height

    def one(
        self, series: Series, row: int, value: Decimal | int | None, y: float
    ) -> Iterator[Item]:
        zero = end = self.x(0)
        if value is not None:
            end = self.x(value)
            yield Rect(
                min(zero, end),
                round(y, 2),
                max(abs(end - zero), 0.75),
                self.bar - 2,
                fill=palette.SERIES[row],
                role="bar",
            )
        backwards = value is not None and value < 0
        words = self.paper.shorten(self.label(series, value), self.values + 0.5)
        base = round(y + (self.bar - 2) / 2 + self.paper.size * 0.36, 2)
        yield Text(
            end - GAP if backwards else end + GAP,
            base,
            words,
            self.paper.size,
            anchor="end" if backwards else "start",
            role="value",
        )
