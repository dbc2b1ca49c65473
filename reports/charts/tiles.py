"""The nine regions of England as tiles of one size, darker where the value is higher."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from . import display, palette
from .base import Chart, ChartError, Rows, Value, exact
from .paper import PRINT, Paper
from .scene import Item, Rect, Scene, Text

# (column, row) of each tile, by the code of the Office for National Statistics.
TILES = {
    "E12000001": ("North East", 1, 0),
    "E12000002": ("North West", 0, 1),
    "E12000003": ("Yorkshire and The Humber", 1, 1),
    "E12000004": ("East Midlands", 1, 2),
    "E12000005": ("West Midlands", 0, 2),
    "E12000006": ("East of England", 2, 2),
    "E12000007": ("London", 2, 3),
    "E12000008": ("South East", 1, 3),
    "E12000009": ("South West", 0, 3),
}
COLUMNS, ROWS, GAP = 3, 4, 4


@dataclass(frozen=True)
class RegionValue:
    code: str
    value: Value

    def __post_init__(self) -> None:
        object.__setattr__(self, "value", exact(self.value))


@dataclass(frozen=True, kw_only=True)
class TileMap(Chart):
    """Regions that are not given are shown as having no data."""

    values: tuple[RegionValue, ...]
    measure: str = "Value"

    def __post_init__(self) -> None:
        super().__post_init__()
        codes = [each.code for each in self.values]
        if unknown := sorted(set(codes) - TILES.keys()):
            raise ChartError(f"not a region of England: {', '.join(unknown)}")
        if len(set(codes)) != len(codes):
            raise ChartError("a region is given twice")

    def by_code(self) -> dict[str, Decimal | int | None]:
        return {each.code: each.value for each in self.values}

    def table(self) -> tuple[list[str], Rows]:
        values = self.by_code()
        return ["Region", self.measure], [
            (name, values.get(code)) for code, (name, _, _) in TILES.items()
        ]

    def bounds(self) -> list[Decimal]:
        """Upper ends of equal classes between the smallest and the largest value."""
        values = [Decimal(v) for v in self.by_code().values() if v is not None]
        if not values:
            return []
        low, high = min([*values, Decimal(0)]), max(values)
        count = len(palette.CLASSES)
        if high == low:
            return [high]
        return [low + (high - low) * place / count for place in range(1, count)] + [high]

    def scene(self, paper: Paper = PRINT) -> Scene:
        width = min(paper.width, paper.size * (27 if paper.narrow else 36))
        tile = (width - GAP * (COLUMNS - 1)) / COLUMNS
        tall = paper.line * (4.2 if paper.narrow else 3.6)
        items: list[Item] = []
        for code, (name, column, row) in TILES.items():
            x, y = column * (tile + GAP), row * (tall + GAP)
            items += self._tile(paper, code, name, Rect(x, y, tile, tall))
        beside = paper.width - width > paper.size * 13
        left = width + paper.size * 1.6 if beside else 0
        top = 0.0 if beside else ROWS * (tall + GAP) + paper.size
        items += self._key(paper, left, top)
        bottom = max(
            item.y + (item.height if isinstance(item, Rect) else 0)
            for item in items
            if isinstance(item, Rect | Text)
        )
        return Scene(paper.width, round(bottom + 3, 2), tuple(items))

    def _tile(self, paper: Paper, code: str, name: str, box: Rect) -> Iterator[Item]:
        value = self.by_code().get(code)
        fill = self._fill(value)
        ink = palette.ink_on(fill)
        stroke = palette.RULE if value is None else None
        yield Rect(box.x, box.y, box.width, box.height, fill, stroke, role="tile")
        left, room = box.x + paper.size * 0.6, box.width - paper.size
        lines = paper.wrap(name, room, most=2)
        for row, line in enumerate(lines):
            yield Text(left, box.y + paper.line * (row + 1), line, paper.size, colour=ink)
        words = "No data" if value is None else display.short(value, self.unit)
        words = paper.shorten(words, room, bold=True)
        yield Text(
            left,
            box.y + box.height - paper.size * 0.6,
            words,
            paper.size,
            bold=True,
            colour=ink,
            role="value",
        )

    def _fill(self, value: Decimal | int | None) -> str:
        if value is None:
            return palette.WHITE
        bounds = self.bounds()
        place = next(at for at, bound in enumerate(bounds) if value <= bound)
        return palette.CLASSES[place] if len(bounds) > 1 else palette.CLASSES[-1]

    def _key(self, paper: Paper, left: float, top: float) -> Iterator[Item]:
        bounds, y = self.bounds(), top
        if len(bounds) <= 1:
            return
        room = paper.width - left
        for line in paper.wrap(self.measure, room, most=2, bold=True):
            yield Text(left, y + paper.size, line, paper.size, bold=True, role="key")
            y += paper.line
        for place, bound in enumerate(bounds):
            y += paper.size * 0.35
            yield Rect(left, y, paper.size * 1.3, paper.size * 1.3, palette.CLASSES[place])
            words = f"up to {display.short(bound, self.unit)}"
            yield Text(
                left + paper.size * 1.9,
                y + paper.size,
                paper.shorten(words, room - paper.size * 2),
                paper.size,
                role="key",
            )
            y += paper.size * 1.3
