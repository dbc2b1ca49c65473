"""A table that breaks over pages: its own layout, so that 10,000 rows take seconds.

Rows are wrapped and measured once; a split shares them and only moves the boundaries.
"""

from copy import copy
from dataclasses import dataclass, replace
from itertools import islice

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable

from carefund.core.typeface import BOLD, REGULAR, clean, shorten, text_width, wrap
from reports.charts import palette
from reports.charts.flowable import draw_text

from .. import words
from ..markup import plain
from ..model import DocumentError, Row, Table
from .styles import ACCENT, DEPTH, WIDTH

GUTTER = 9.0
# Together these stay below the depth of a page, so that any row finds room on one.
MOST_LINES, MOST_HEAD, MOST_FOOT = 30, 6, 12
SAMPLED = 300
SMALLEST, NARROWEST = 5.5, 52.0
# A table of so few rows is not worth a second page.
FEW = 12


# Texts that were wrapped have no control characters.
CELL, LINE = "\x1f", "\n"


@dataclass(frozen=True, slots=True)
class _Line:
    """A row ready to draw: the lines of each cell, and the height they need.

    Kept as one text, as a report has tens of thousands of rows.
    """

    text: str
    height: float

    @property
    def cells(self) -> list[list[str]]:
        return [cell.split(LINE) for cell in self.text.split(CELL)]


@dataclass(frozen=True)
class _Layout:
    table: Table
    size: float
    widths: tuple[float, ...]
    head: _Line
    rows: list[_Line]
    totals: _Line | None
    foot: tuple[str, ...]
    numeric: tuple[bool, ...]

    @property
    def line(self) -> float:
        return self.size * 1.32

    @property
    def title_height(self) -> float:
        return 21.0


class DataTable(Flowable):
    def __init__(self, table: Table, size: float = 8.5, width: float = WIDTH) -> None:
        super().__init__()
        self.layout = _lay_out(table, size, width)
        self.first, self.last = 0, len(self.layout.rows)
        self.width = width
        self.spaceBefore, self.spaceAfter = 6, 14

    @property
    def ends(self) -> bool:
        return self.last == len(self.layout.rows)

    @property
    def fixed(self) -> float:
        return self.layout.title_height + self.layout.head.height

    @property
    def end_height(self) -> float:
        totals = self.layout.totals.height if self.layout.totals else 0
        return totals + len(self.layout.foot) * self.layout.line + 8

    @property
    def least(self) -> float:
        """What it needs at the end of a page to be worth starting there."""
        if self.is_short:
            return self.wrap()[1]
        return self.fixed + sum(row.height for row in islice(self.layout.rows, 3)) + 10

    @property
    def is_short(self) -> bool:
        """It goes to the next page as a whole."""
        few = self.first == 0 and self.ends and self.last <= FEW
        return few and self.wrap()[1] < DEPTH / 2

    def wrap(self, *_: float) -> tuple[float, float]:
        body = 0.0
        for at in range(self.first, self.last):
            body += self.layout.rows[at].height
            if body > 2 * DEPTH:
                break  # it is split anyway; adding up all that is left on each page takes long
        self.height = self.fixed + body + (self.end_height if self.ends else 2)
        return self.width, self.height

    def split(self, _width: float, room: float) -> list[Flowable]:
        if self.is_short and room < DEPTH - 1:
            return []
        used, place = self.fixed + 2, self.first
        while place < self.last and used + self.layout.rows[place].height <= room:
            used += self.layout.rows[place].height
            place += 1
        place = min(place, self.last - 2)  # never the last row or the totals alone
        if place < self.first + 1 or (place - self.first <= 1 and room < DEPTH - 1):
            return self._forced(room)
        return [self._piece(self.first, place), self._piece(place, self.last)]

    def _forced(self, room: float) -> list[Flowable]:
        """On an empty page something must be placed, or the document would never end."""
        if room < DEPTH - 1 or self.last - self.first <= 1:
            return []
        middle = self.first + 1
        return [self._piece(self.first, middle), self._piece(middle, self.last)]

    def _piece(self, first: int, last: int) -> "DataTable":
        piece = copy(self)
        piece.__dict__.pop("_postponed", None)  # the whole waited for a page, the piece did not
        piece.first, piece.last = first, last
        return piece

    def draw(self) -> None:
        if self.canv.is_draft:
            return
        y = self._title(self.height)
        y = self._row(y, self.layout.head, BOLD)
        self._rule(y, ACCENT, 1.2)
        for place in range(self.first, self.last):
            y = self._row(y, self.layout.rows[place], REGULAR)
            self._rule(y, HexColor("#DADDE1"), 0.5)
        if self.ends:
            self._end(y)

    def _title(self, y: float) -> float:
        title = clean(self.layout.table.title).replace("\n", " ")
        size = self.layout.size + 1
        again = " (continued)" if self.first else ""
        title = shorten(title, self.width - text_width(again, size, BOLD), size, BOLD)
        draw_text(self.canv, 0, y - 11, title + again, size, font=BOLD)
        return y - self.layout.title_height

    def _row(self, top: float, line: _Line, font: str) -> float:
        layout, x = self.layout, 0.0
        for numeric, width, lines in zip(layout.numeric, layout.widths, line.cells, strict=True):
            drop = line.height - len(lines) * layout.line - 6 if line is layout.head else 0
            for at, text in enumerate(lines):
                draw_text(
                    self.canv,
                    x + width if numeric else x,
                    top - 3 - drop - at * layout.line - layout.size,
                    text,
                    layout.size,
                    font=font,
                    anchor="end" if numeric else "start",
                )
            x += width + GUTTER
        return top - line.height

    def _rule(self, y: float, colour: HexColor, weight: float) -> None:
        self.canv.setDash([])
        self.canv.setStrokeColor(colour)
        self.canv.setLineWidth(weight)
        self.canv.line(0, y, self.width, y)

    def _end(self, y: float) -> None:
        layout = self.layout
        if layout.totals:
            self._rule(y, HexColor(palette.INK), 1)
            y = self._row(y, layout.totals, BOLD)
            self._rule(y, HexColor(palette.INK), 1)
        for at, text in enumerate(layout.foot, start=1):
            draw_text(
                self.canv,
                0,
                y - 2 - at * (layout.size + 2),
                text,
                layout.size - 1,
                colour=palette.QUIET_INK,
            )


def _lay_out(table: Table, size: float, width: float) -> _Layout:
    if not table.rows:
        table = replace(table, rows=(), totals=None)
    places = words.places(table)
    size = _fitting_size(table, places, size, width)
    widths = _widths(table, _naturals(table, places, size), width)
    totals = None
    if table.totals is not None:
        totals = _line(_shown_totals(table, places), widths, size, BOLD, MOST_HEAD)
    rows = [_line(_shown(row, table, places), widths, size, REGULAR) for row in table.rows]
    empty = [] if rows else [clean(table.empty)]
    notes = [plain(table.note), f"Source: {plain(table.source)}" if table.source else ""]
    foot = [line for note in [*empty, *notes] if note for line in wrap(note, width, size - 1)]
    headings = [clean(column.full_heading) for column in table.columns]
    head = _line(headings, widths, size, BOLD, MOST_HEAD)
    numeric = tuple(column.kind.numeric for column in table.columns)
    return _Layout(table, size, widths, head, rows, totals, tuple(foot[:MOST_FOOT]), numeric)


def _shown(row: Row, table: Table, places: tuple[int, ...]) -> list[str]:
    shown = [
        words.cell(cell, column.kind, decimals)
        for cell, column, decimals in zip(row.cells, table.columns, places, strict=True)
    ]
    if row.sample:
        shown[0] += " (sample)"
    return shown


def _shown_totals(table: Table, places: tuple[int, ...]) -> list[str]:
    return [
        words.total(cell, column.kind, decimals)
        for cell, column, decimals in zip(table.totals or (), table.columns, places, strict=True)
    ]


def _line(
    shown: list[str], widths: tuple[float, ...], size: float, font: str, most: int = MOST_LINES
) -> _Line:
    cells = [wrap(text, width, size, font, most) for text, width in zip(shown, widths, strict=True)]
    height = max(map(len, cells)) * size * 1.32 + 7
    return _Line(CELL.join(map(LINE.join, cells)), height)


def _naturals(table: Table, places: tuple[int, ...], size: float) -> list[float]:
    """What each column would like: its longest cell, or the longest word of its heading."""
    found = [
        max(text_width(word, size, BOLD) for word in column.full_heading.split(" ")) + 1
        for column in table.columns
    ]
    for row in islice(table.rows, SAMPLED):
        for at, text in enumerate(_shown(row, table, places)):
            found[at] = max(found[at], text_width(text, size) + 1)
    if table.totals:
        for at, text in enumerate(_shown_totals(table, places)):
            found[at] = max(found[at], text_width(text, size, BOLD) + 1)
    return found


def _fitting_size(table: Table, places: tuple[int, ...], size: float, width: float) -> float:
    """Smaller letters only when the numbers alone would not fit."""
    while size > SMALLEST:
        least = sum(
            want if column.kind.numeric else min(want, NARROWEST)
            for want, column in zip(_naturals(table, places, size), table.columns, strict=True)
        )
        if least + GUTTER * (len(table.columns) - 1) <= width:
            break
        size -= 0.5
    return size


def _widths(table: Table, wanted: list[float], width: float) -> tuple[float, ...]:
    """Room that is left goes to all columns alike; room that lacks is taken from long text."""
    room = width - GUTTER * (len(wanted) - 1)
    if room <= len(wanted):
        raise DocumentError(f"{table.title}: too many columns for a page")
    if sum(wanted) <= room:
        extra = (room - sum(wanted)) / len(wanted)
        return tuple(want + extra for want in wanted)
    text = [at for at, column in enumerate(table.columns) if not column.kind.numeric]
    left = room - sum(want for at, want in enumerate(wanted) if at not in text)
    if not text or left < 20 * len(text):
        return tuple(want * room / sum(wanted) for want in wanted)
    shares = _share(wanted, text, left)
    return tuple(shares.get(at, want) for at, want in enumerate(wanted))


def _share(wanted: list[float], text: list[int], left: float) -> dict[int, float]:
    """Short text columns get what they want; long ones share what remains."""
    shares: dict[int, float] = {}
    for position, at in enumerate(sorted(text, key=lambda at: wanted[at])):
        fair = left / (len(text) - position)
        shares[at] = min(wanted[at], fair) if position < len(text) - 1 else left
        left -= shares[at]
    return shares
