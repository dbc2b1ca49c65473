"""The report as a spreadsheet: a sheet that explains the others, then one table per sheet.

Rows are written as they come and forgotten, so long tables need little memory. Text is
always written as text: a cell that starts with = is never a formula.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from io import BytesIO
from itertools import islice

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from carefund.core.typeface import clean
from reports.charts import display

from . import words
from .markup import plain
from .model import (
    Callout,
    Cell,
    ChartBlock,
    Column,
    Document,
    Figures,
    Kind,
    Notes,
    Row,
    Story,
    Table,
)

FORMATS: dict[Kind, dict[str, object]] = {
    Kind.TEXT: {"text_wrap": True},
    Kind.MONEY: {"num_format": "#,##0.00"},
    Kind.NUMBER: {"num_format": "#,##0.00"},
    Kind.PERCENT: {"num_format": "0.0"},
    Kind.DATE: {"num_format": "d mmmm yyyy", "align": "left"},
}
WHOLE = {"num_format": "#,##0"}
MOST_TEXT = 32767
MOST_NAME = 31
WIDEST = 60
ABOUT = "Read me"
# Excel keeps 15 digits; a larger number would be changed without a word.
MOST_DIGITS = 15


@dataclass(frozen=True)
class _Sheet:
    name: str
    about: str
    table: Table


def render_xlsx(document: Document) -> bytes:
    buffer = BytesIO()
    book = xlsxwriter.Workbook(
        buffer,
        {
            "constant_memory": True,
            "in_memory": False,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    sheets = list(_sheets(document))
    _properties(book, document)
    look = _Look(book)
    _about(book.add_worksheet(ABOUT), look, document, sheets)
    for sheet in sheets:
        _table(book.add_worksheet(sheet.name), look, sheet.table)
    book.close()
    return buffer.getvalue()


class _Look:
    """The formats of the book, made once and in one order."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        top: dict[str, object] = {"valign": "top", "font_name": "Arial", "font_size": 11}
        self.cells = {kind: book.add_format({**top, **FORMATS[kind]}) for kind in Kind}
        line: dict[str, object] = {"bold": True, "top": 1, "bottom": 1}
        self.totals = {kind: book.add_format({**top, **FORMATS[kind], **line}) for kind in Kind}
        self.whole = book.add_format({**top, **WHOLE})
        self.whole_total = book.add_format({**top, **WHOLE, **line})
        head = {**top, "bold": True, "bottom": 2, "text_wrap": True, "bottom_color": "#12436D"}
        self.head = {
            kind: book.add_format({**head, "align": "right" if kind.numeric else "left"})
            for kind in Kind
        }
        self.title = book.add_format({**top, "bold": True, "font_size": 16})
        self.label = book.add_format({**top, "bold": True})
        self.text = book.add_format({**top, "text_wrap": True})

    def of(self, cell: Cell, kind: Kind, *, total: bool = False) -> Format:
        """No format shows 16 as 16 and 0.5 as 0.5: one leaves a point behind."""
        if kind is Kind.NUMBER and isinstance(cell, Decimal | int) and cell == int(cell):
            return self.whole_total if total else self.whole
        return (self.totals if total else self.cells)[kind]


def _properties(book: xlsxwriter.Workbook, document: Document) -> None:
    produced = document.produced_at or document.as_at
    if not isinstance(produced, datetime):
        produced = datetime.combine(produced, time(), tzinfo=UTC)
    book.set_properties(
        {
            "title": clean(document.title)[:255],
            "subject": clean(document.programme)[:255],
            "author": clean(document.author)[:255],
            "keywords": clean(document.reference)[:255],
            "created": produced.astimezone(UTC).replace(tzinfo=None),
        }
    )


def _sheets(document: Document) -> Iterator[_Sheet]:
    """Tables and the data of charts in the order of the report, under names Excel accepts."""
    taken = {ABOUT.lower(), "history"}
    for part, block in document.blocks():
        table = _as_table(block)
        if table is not None:
            name = _sheet_name(table.name or table.title, taken)
            source = f". Source: {plain(table.source)}" if table.source else ""
            note = f". {plain(table.note)}" if table.note else ""
            yield _Sheet(name, f"{part.title}: {table.title}{source}{note}", table)


def _as_table(block: object) -> Table | None:
    if isinstance(block, Table):
        return block
    if isinstance(block, ChartBlock):
        return words.chart_table(block.chart)
    return _figures(block) if isinstance(block, Figures) else None


def _figures(block: Figures) -> Table:
    """Values keep their own unit beside them, because one column holds several kinds."""
    headings = ("Figure", "Value", "Unit", "Change", "Since", "Note", "Definition", "Code")
    kinds = {"Value": Kind.NUMBER, "Change": Kind.NUMBER, "Since": Kind.DATE, "Note": Kind.NUMBER}
    units = {Kind.MONEY: "£", Kind.PERCENT: "%"}
    return Table(
        title=block.title,
        columns=tuple(Column(heading=h, kind=kinds.get(h, Kind.TEXT)) for h in headings),
        rows=tuple(
            Row(
                (
                    card.label,
                    card.value,
                    f"{units.get(card.kind, '')} {card.unit}".strip(),
                    card.change,
                    card.since,
                    card.note,
                    card.definition,
                    card.code,
                ),
                sample=card.sample,
            )
            for card in block.cards
        ),
    )


def _sheet_name(title: str, taken: set[str]) -> str:
    """At most 31 characters, none that Excel refuses, different from the others."""
    base = re.sub(r"[\[\]:*?/\\\n]", " ", clean(title))
    base = re.sub(r" +", " ", base).strip(" '") or "Table"
    name, number = _cut(base, MOST_NAME), 2
    while name.lower() in taken:
        ending = f" {number}"
        name, number = _cut(base, MOST_NAME - len(ending)) + ending, number + 1
    taken.add(name.lower())
    return name


def _cut(name: str, most: int) -> str:
    """Counted as Excel does, in UTF-16 units; a long name ends after a word."""
    whole = name
    while len(name.encode("utf-16-le")) > 2 * most:
        name = name[:-1]
    if len(name) < len(whole) and whole[len(name)] != " " and " " in name:
        name = name.rpartition(" ")[0]
    return name.strip(" ',;:") or "Table"


def _about(sheet: Worksheet, look: _Look, document: Document, sheets: list[_Sheet]) -> None:
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 90)
    sheet.hide_gridlines(2)
    rows: list[tuple[str, str]] = [(clean(document.subtitle), "")] if document.subtitle else []
    rows += words.details(document)
    if document.sample_notice:
        rows.append(("Sample data", plain(document.sample_notice)))
    rows += [("", ""), ("Sheet", "What it shows")]
    rows += [(sheet.name, sheet.about) for sheet in sheets]
    rows += [("", ""), *_reading(document)]
    sheet.write_string(0, 0, _text(document.title), look.title)
    for place, (label, text) in enumerate(rows, start=1):
        sheet.write_string(place, 0, _text(label), look.label)
        sheet.write_string(place, 1, _text(text), look.text)


def _reading(document: Document) -> Iterator[tuple[str, str]]:
    yield (
        "How to read it",
        (
            "Amounts are pounds. Percentages are written as numbers: 62 is 62%. "
            "An empty cell means that nothing is known."
        ),
    )
    for _, block in document.blocks():
        if isinstance(block, Notes):
            yield from ((f"Note {note.number}", plain(note.text)) for note in block.items)
        elif isinstance(block, Callout):
            yield block.title or "Please note", plain(block.text)
        elif isinstance(block, Figures):
            yield from ((c.label, plain(c.definition)) for c in block.cards if c.definition)
        elif isinstance(block, Story):
            yield f"Story: {block.title}", f"{block.authority}. {plain(block.text)}"


def _table(sheet: Worksheet, look: _Look, table: Table) -> None:
    samples = table.has_samples
    columns = [*table.columns, *([Column(heading="Sample data")] if samples else [])]
    for place, width in enumerate(_widths(table, columns)):
        sheet.set_column(place, place, width)
    sheet.freeze_panes(1, 0)
    if table.rows:
        sheet.autofilter(0, 0, len(table.rows), len(columns) - 1)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    for place, column in enumerate(columns):
        sheet.write_string(0, place, _text(column.full_heading), look.head[column.kind])
    for number, row in enumerate(table.rows, start=1):
        cells = (*row.cells, "Yes" if row.sample else "No") if samples else row.cells
        for place, (cell, column) in enumerate(zip(cells, columns, strict=True)):
            _write(sheet, number, place, cell, look.of(cell, column.kind))
    for place, cell in enumerate(table.totals or ()):
        found = look.of(cell, columns[place].kind, total=True)
        _write(sheet, len(table.rows) + 1, place, cell, found)


def _write(sheet: Worksheet, row: int, column: int, cell: Cell, look: Format) -> None:
    if cell is None:
        sheet.write_blank(row, column, None, look)
    elif isinstance(cell, date):
        sheet.write_datetime(row, column, display.local_day(cell), look)
    elif isinstance(cell, Decimal | int) and _digits(cell) <= MOST_DIGITS:
        sheet.write_number(row, column, cell, look)
    else:
        sheet.write_string(row, column, _text(cell), look)


def _digits(value: Decimal | int) -> int:
    return len(Decimal(value).normalize().as_tuple().digits)


def _text(value: object) -> str:
    return clean(f"{value:f}" if isinstance(value, Decimal) else str(value))[:MOST_TEXT]


def _widths(table: Table, columns: list[Column]) -> list[float]:
    """From the heading and the first rows; long text wraps."""
    found: list[float] = [min(len(column.full_heading) + 3, 24) for column in columns]
    first = [row.cells for row in islice(table.rows, 200)]
    for cells in [*first, *([table.totals] if table.totals else [])]:
        for place, cell in enumerate(cells):
            shown = words.cell(cell, columns[place].kind)
            pence = 3 if columns[place].kind == Kind.MONEY else 0
            found[place] = max(found[place], min(len(shown) + 2 + pence, WIDEST))
    return found
