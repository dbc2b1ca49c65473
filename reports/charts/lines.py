"""Values over time: several series, a target to reach by a date, interim points on the way."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal

from . import display, palette
from .axis import axis_for
from .base import MOST_SERIES, Chart, ChartError, Rows, exact, nothing_yet
from .display import Unit
from .paper import PRINT, Paper
from .placing import spread
from .scene import DASHES, SHAPES, Item, Line, Marker, Polyline, Scene, Text

TARGET, INTERIM = "Target", "Interim target"
MOST_MARKERS = 60  # beyond these only the last point is marked


@dataclass(frozen=True)
class Point:
    on: date
    value: Decimal
    label: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "on", display.local_day(self.on))
        object.__setattr__(self, "value", exact(self.value))
        if self.value is None:
            raise ChartError("a point needs a value")


@dataclass(frozen=True)
class TimeSeries:
    """Points in any order; drawn and listed by date."""

    name: str
    points: tuple[Point, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "points", tuple(sorted(self.points, key=lambda p: p.on)))


@dataclass(frozen=True, kw_only=True)
class LineChart(Chart):
    """`target` is drawn as a level line with its date, `interim` as hollow marks."""

    series: tuple[TimeSeries, ...]
    target: Point | None = None
    interim: tuple[Point, ...] = field(default=())

    def __post_init__(self) -> None:
        super().__post_init__()
        if len(self.series) > MOST_SERIES:
            raise ChartError(f"a chart shows at most {MOST_SERIES} series")

    def table(self) -> tuple[list[str], Rows]:
        rows: Rows = [(p.on, s.name, p.value, p.label) for s in self.series for p in s.points]
        rows += [(p.on, INTERIM, p.value, p.label) for p in self.interim]
        if self.target:
            rows.append((self.target.on, TARGET, self.target.value, self.target.label))
        rows.sort(key=lambda row: (row[0], str(row[1])))
        if not any(row[3] for row in rows):
            return ["Date", "Series", "Value"], [row[:3] for row in rows]
        return ["Date", "Series", "Value", "Note"], rows

    def every_point(self) -> list[Point]:
        ahead = [self.target] if self.target else []
        return [*(p for s in self.series for p in s.points), *self.interim, *ahead]

    def scene(self, paper: Paper = PRINT) -> Scene:
        if not self.every_point():
            return nothing_yet(paper)
        return _Drawing(self, paper).scene()


@dataclass(frozen=True)
class _Label:
    lines: tuple[str, ...]
    named: int  # how many of the lines are its name
    y: float
    mark: Marker


class _Drawing:
    def __init__(self, chart: LineChart, paper: Paper) -> None:
        self.chart, self.paper = chart, paper
        points = chart.every_point()
        most = Decimal(100) if chart.unit == Unit.PERCENT else None
        self.axis = axis_for([p.value for p in points], ticks=5, most=most)
        ticks = [display.short(tick, chart.unit) for tick in self.axis.ticks]
        self.left = max(map(paper.measure, ticks)) + paper.size * 0.8
        self.right = paper.width - self.label_room() - paper.size * 2.2
        self.top = paper.line * 0.8
        self.bottom = self.top + paper.line * (16 if paper.narrow else 15)
        days = [p.on for p in points]
        self.first, self.last = _whole_years(min(days), max(days))

    def label_room(self) -> float:
        """As wide as the widest label, up to a third of the drawing."""
        names = [each.name for each in self.chart.series]
        names += [TARGET] if self.chart.target else []
        names += [INTERIM] if self.chart.interim else []
        values = [display.short(point.value, self.chart.unit) for point in self.chart.every_point()]
        wanted = [self.paper.measure(name, bold=True) for name in names]
        wanted += [self.paper.measure(f"{value} in Mmm 2000") for value in values]
        return min(max(wanted) + 1, self.paper.width * (0.26 if self.paper.narrow else 0.3))

    def x(self, on: date) -> float:
        share = (on - self.first).days / (self.last - self.first).days
        return round(self.left + share * (self.right - self.left), 3)

    def y(self, value: Decimal) -> float:
        return round(self.bottom - self.axis.share(value) * (self.bottom - self.top), 3)

    def scene(self) -> Scene:
        items: list[Item] = [*self.grid(), *self.years(), *self.ahead()]
        for place, series in enumerate(self.chart.series):
            items += self.line(place, series)
        items += self.labels()
        lowest = max((item.y for item in items if isinstance(item, Text)), default=0)
        height = max(self.bottom + self.paper.line * 1.7, lowest + self.paper.size * 0.5)
        return Scene(self.paper.width, round(height, 2), tuple(items))

    def grid(self) -> Iterator[Item]:
        for tick in self.axis.ticks:
            y, zero = self.y(tick), tick == 0
            yield Line(
                self.left,
                y,
                self.right,
                y,
                palette.INK if zero else palette.RULE,
                1 if zero else 0.75,
            )
            yield Text(
                self.left - self.paper.size * 0.5,
                y + self.paper.size * 0.35,
                display.short(tick, self.chart.unit),
                self.paper.size,
                anchor="end",
                colour=palette.QUIET_INK,
                role="tick",
            )

    def years(self) -> Iterator[Item]:
        count = self.last.year - self.first.year + 1
        room = self.paper.measure("2000") + self.paper.size
        every = max(1, -int(-count * room // (self.right - self.left)))
        for year in range(self.first.year, self.last.year + 1, every):
            x = self.x(date(year, 1, 1))
            yield Line(x, self.bottom, x, self.bottom + 4, palette.QUIET_INK)
            yield Text(
                x,
                self.bottom + self.paper.line * 1.2,
                str(year),
                self.paper.size,
                anchor="middle",
                colour=palette.QUIET_INK,
                role="tick",
            )

    def ahead(self) -> Iterator[Item]:
        target = self.chart.target
        if target:
            y, x = self.y(target.value), self.x(target.on)
            yield Line(self.left, y, self.right, y, palette.DARK_GREY, 1.25, DASHES[1])
            yield Line(x, y, x, self.bottom, palette.DARK_GREY, 0.75, DASHES[2])
            yield Marker(x, y, "diamond", palette.DARK_GREY, self.paper.size * 0.8)
        for point in self.chart.interim:
            yield Marker(
                self.x(point.on),
                self.y(point.value),
                "diamond",
                palette.DARK_GREY,
                self.paper.size * 0.8,
                hollow=True,
            )

    def line(self, place: int, series: TimeSeries) -> Iterator[Item]:
        colour = palette.SERIES[place]
        spots = tuple((self.x(p.on), self.y(p.value)) for p in series.points)
        if len(spots) > 1:
            yield Polyline(spots, colour, self.paper.size * 0.22, DASHES[place])
        if len(spots) > MOST_MARKERS:
            spots = spots[-1:]
        for x, y in spots:
            yield Marker(x, y, SHAPES[place], colour, self.paper.size * 0.7)

    def labels(self) -> Iterator[Item]:
        """At the right of the lines' ends; one line at least between two of them."""
        wanted = list(self.wanted())
        line = self.paper.line
        tops = spread(
            [label.y - len(label.lines) * line / 2 for label in wanted],
            [len(label.lines) * line + line * 0.35 for label in wanted],
            0,
            self.bottom + line,
        )
        for label, top in zip(wanted, tops, strict=True):
            yield replace(label.mark, y=round(top + self.paper.size * 0.65, 2))
            for row, words in enumerate(label.lines):
                yield Text(
                    self.right + self.paper.size * 2,
                    round(top + row * line + self.paper.size, 2),
                    words,
                    self.paper.size,
                    bold=row < label.named,
                    role="label",
                )

    def wanted(self) -> Iterator[_Label]:
        for place, series in enumerate(self.chart.series):
            if series.points:
                mark = self.mark(SHAPES[place], palette.SERIES[place])
                yield self.label(series.name, series.points[-1], mark)
        if self.chart.interim:
            first = min(self.chart.interim, key=lambda p: p.on)
            mark = self.mark("diamond", palette.DARK_GREY, hollow=True)
            yield self.label(INTERIM, first, mark)
        if self.chart.target:
            mark = self.mark("diamond", palette.DARK_GREY)
            yield self.label(TARGET, self.chart.target, mark)

    def mark(self, shape: str, colour: str, *, hollow: bool = False) -> Marker:
        x = self.right + self.paper.size * 1.2
        return Marker(x, 0, shape, colour, self.paper.size * 0.7, hollow)

    def label(self, name: str, point: Point, mark: Marker) -> _Label:
        value = display.short(point.value, self.chart.unit)
        room = self.paper.width - self.right - self.paper.size * 2
        words = f"{value} in {display.month(point.on)}"
        lines = self.paper.wrap(name, room, most=2, bold=True)
        told = (*lines, *self.paper.wrap(words, room, most=2))
        return _Label(told, len(lines), self.y(point.value), mark)


def _whole_years(first: date, last: date) -> tuple[date, date]:
    start = date(first.year, 1, 1)
    return start, max(last + timedelta(days=20), start + timedelta(days=365))
