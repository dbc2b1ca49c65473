"""Columns from zero for a few categories in order, such as financial years."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from math import ceil

from . import display, palette
from .axis import axis_for
from .base import Chart, ChartError, Rows, Series, check_series, known, nothing_yet
from .paper import PRINT, Paper
from .scene import Item, Line, Rect, Scene, Text


@dataclass(frozen=True, kw_only=True)
class ColumnChart(Chart):
    """Series side by side for each category, or one on the other when `stacked`."""

    labels: tuple[str, ...]
    series: tuple[Series, ...]
    category: str = "Financial year"
    stacked: bool = False

    def __post_init__(self) -> None:
        super().__post_init__()
        check_series(self.labels, self.series)
        if self.stacked and any(value < 0 for value in known(self.series)):
            raise ChartError("stacked columns cannot show negative values")

    def table(self) -> tuple[list[str], Rows]:
        rows: Rows = [
            (label, *(each.values[place] for each in self.series))
            for place, label in enumerate(self.labels)
        ]
        return [self.category, *(each.name for each in self.series)], rows

    def scene(self, paper: Paper = PRINT) -> Scene:
        if not known(self.series):
            return nothing_yet(paper)
        return _Drawing(self, paper).scene()

    def extremes(self) -> list[Decimal]:
        if not self.stacked:
            return known(self.series)
        places = range(len(self.labels))
        return [sum((Decimal(s.values[at] or 0) for s in self.series), Decimal(0)) for at in places]


class _Drawing:
    def __init__(self, chart: ColumnChart, paper: Paper) -> None:
        self.chart, self.paper = chart, paper
        self.axis = axis_for(chart.extremes(), ticks=4)
        ticks = [display.short(tick, chart.unit) for tick in self.axis.ticks]
        self.left = max(map(paper.measure, ticks)) + paper.size * 0.8
        self.key = list(self.key_items())
        self.top = self.key_height + paper.line * 1.6
        self.bottom = self.top + paper.line * 13
        self.group = (paper.width - self.left) / max(len(chart.labels), 1)
        self.column_width = self.group * 0.78 / (1 if chart.stacked else len(chart.series))
        self.column_width = min(self.column_width, paper.size * 6)
        shown = [paper.measure(display.short(v, chart.unit)) for v in chart.extremes()]
        self.roomy = max(shown) <= self.column_width + paper.size * 0.1

    def y(self, value: Decimal | int) -> float:
        return round(self.bottom - self.axis.share(value) * (self.bottom - self.top), 3)

    @property
    def every(self) -> int:
        """Labels are left out between others when there is no room for their words."""
        words = (word for label in self.chart.labels for word in label.split(" "))
        widest = min(max(map(self.paper.measure, words), default=0), self.paper.size * 8)
        return max(1, ceil(widest / (self.group * 0.94)))

    def middle(self, place: int, lines: list[str]) -> float:
        half = max(map(self.paper.measure, lines)) / 2
        return min(self.left + self.group * (place + 0.5), self.paper.width - half)

    def key_items(self) -> Iterator[Item]:
        """Names in the order of the columns, so that colour is not needed to tell them apart."""
        x, y, size = 0.0, self.paper.size, self.paper.size
        for place, series in enumerate(self.chart.series):
            name = self.paper.shorten(series.name, self.paper.width - size * 1.5)
            width = size * 1.5 + self.paper.measure(name)
            if x and x + width > self.paper.width:
                x, y = 0.0, y + self.paper.line
            yield Rect(x, y - size * 0.8, size * 0.9, size * 0.9, fill=palette.SERIES[place])
            yield Text(x + size * 1.4, y, name, size, role="key")
            x += width + size * 1.6
        self.key_height = y + size * 0.4

    def scene(self) -> Scene:
        items: list[Item] = [*self.key, *self.grid()]
        lines = 1
        for place, label in enumerate(self.chart.labels):
            items += self.columns(place)
            if place % self.every:
                continue
            wrapped = self.paper.wrap(label, self.group * self.every * 0.94, most=3)
            lines = max(lines, len(wrapped))
            middle = self.middle(place, wrapped)
            items += [
                Text(
                    middle,
                    self.bottom + self.paper.line * (row + 1.1),
                    line,
                    self.paper.size,
                    anchor="middle",
                    role="category",
                )
                for row, line in enumerate(wrapped)
            ]
        items.append(Line(self.left, self.y(0), self.paper.width, self.y(0), palette.INK, 1))
        height = self.bottom + self.paper.line * (lines + 0.6)
        return Scene(self.paper.width, round(height, 2), tuple(items))

    def grid(self) -> Iterator[Item]:
        for tick in self.axis.ticks:
            y = self.y(tick)
            yield Line(self.left, y, self.paper.width, y)
            words = display.short(tick, self.chart.unit)
            yield Text(
                self.left - self.paper.size * 0.5,
                y + self.paper.size * 0.35,
                words,
                self.paper.size,
                anchor="end",
                colour=palette.QUIET_INK,
                role="tick",
            )

    def columns(self, place: int) -> Iterator[Item]:
        start = self.left + self.group * (place + 0.11)
        count = 1 if self.chart.stacked else max(len(self.chart.series), 1)
        width = self.column_width
        start += (self.group * 0.78 - width * count) / 2
        floor = Decimal(0)
        for row, series in enumerate(self.chart.series):
            value = series.values[place]
            if value is None:
                continue
            x = start if self.chart.stacked else start + row * width
            yield from self.column(row, x, width, floor, floor + value)
            floor = floor + value if self.chart.stacked else floor
        if self.chart.stacked:
            yield from self.value(start, width, floor)

    def column(
        self, row: int, x: float, width: float, floor: Decimal, value: Decimal
    ) -> Iterator[Item]:
        top, bottom = sorted((self.y(value), self.y(floor)))
        height = max(bottom - top, 0.75)
        yield Rect(round(x, 3), top, round(width - 1.5, 3), height, palette.SERIES[row], role="bar")
        if not self.chart.stacked:
            yield from self.value(x, width, value)

    def value(self, x: float, width: float, value: Decimal) -> Iterator[Item]:
        """Above the columns when all fit there; otherwise the axis and the table tell them."""
        words = display.short(value, self.chart.unit)
        if not self.roomy:
            return
        below = self.paper.size * 1.05 if value < 0 else -self.paper.size * 0.35
        yield Text(
            round(x + width / 2, 3),
            self.y(value) + below,
            words,
            self.paper.size,
            anchor="middle",
            role="value",
        )
