"""Reading an uploaded CSV or XLSX file line by line, never as a whole."""

import csv
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from io import TextIOWrapper
from itertools import chain, islice
from typing import Any, NamedTuple

from openpyxl import load_workbook
from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE

from carefund.core.errors import Refused

# What one sheet of Excel can hold; a file that goes on after it was not made by hand.
MOST_LINES = 1_048_576
# Headings that our own list of wrong rows puts before those of the spreadsheet.
LINE, REASON = "line", "what is wrong"
# Above the headings people write what the spreadsheet is about.
TITLE_LINES = 20
SEPARATORS = ",;\t"
NOT_UTF8 = "The file is not UTF-8. Save it as “CSV UTF-8” or XLSX and upload it again."


class Unreadable(Refused):
    message = "The file cannot be read. Save it as CSV (UTF-8) or XLSX and upload it again."


class Line(NamedTuple):
    """A line by its number in the spreadsheet, the headings being line 1."""

    number: int
    cells: list[str]


class Lines:
    """The headings of a file, and its lines as they are asked for. Empty lines are left out.

    Headings are the first row that names every `column`; where none does, the first row.
    """

    def __init__(self, rows: Iterator[Any], most: int, columns: Collection[str] = ()) -> None:
        self.most = most
        above = list(islice(rows, TITLE_LINES))
        named = [_headings(row) for row in above]
        place = next((at for at, row in enumerate(named) if row and {*columns} <= {*row}), 0)
        self.headings = named[place] if named else []
        self._rows, self._first = chain(above[place + 1 :], rows), place + 2

    def chunks(self, size: int) -> Iterator[list[Line]]:
        """Raises `Unreadable` when there are more lines than `most`."""
        found = self._numbered()
        while chunk := list(islice(found, size)):
            yield chunk

    def _numbered(self) -> Iterator[Line]:
        filled = 0
        for number, row in enumerate(self._rows, start=self._first):
            cells = [_cell(cell) for cell in row]
            if any(cells):
                filled += 1
                yield Line(number, cells)
            if filled > self.most or number > MOST_LINES:
                raise Unreadable(f"The file has more than {self.most:,} rows. Split it.")


@contextmanager
def opened(file: Any, name: str, most: int, columns: Collection[str] = ()) -> Iterator[Lines]:
    """The lines of `file`, its headings among the first. Raises `Unreadable`, also later."""
    reading = _workbook if name.lower().endswith(".xlsx") else _text
    with reading(file, columns) as rows:
        yield Lines(_safely(rows), most, columns)


def _headings(row: Iterable[Any]) -> list[str]:
    return [" ".join(_cell(cell).lower().split()) for cell in row]


@contextmanager
def _text(file: Any, columns: Collection[str]) -> Iterator[Iterable[Any]]:
    text = TextIOWrapper(file, encoding="utf-8-sig", newline="")
    try:
        yield _separated(text, columns)
    finally:
        text.detach()


def _separated(text: Iterable[str], columns: Collection[str]) -> Iterator[list[str]]:
    """By commas; by semicolons or tabs where only so a line names every column."""
    lines = iter(text)
    above = list(islice(lines, TITLE_LINES))
    named = [
        mark
        for mark in SEPARATORS
        if any({*columns} <= {*_headings(row)} for row in csv.reader(above, delimiter=mark))
    ]
    yield from csv.reader(chain(above, lines), delimiter=named[0] if named else SEPARATORS[0])


@contextmanager
def _workbook(file: Any, _columns: Collection[str]) -> Iterator[Iterable[Any]]:
    try:
        book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        # Some programs write a size that is not true.
        sheet.reset_dimensions()
    except Exception as error:  # whatever a broken file makes a parser raise
        raise Unreadable from error
    try:
        if _shows_per_cent(book):
            yield ([_shown(cell) for cell in row] for row in sheet.iter_rows())
        else:  # in half of the time
            yield sheet.iter_rows(values_only=True)
    finally:
        book.close()


def _safely(rows: Iterable[Any]) -> Iterator[Any]:
    try:
        yield from rows
    except UnicodeError as error:
        raise Unreadable(NOT_UTF8) from error
    except Exception as error:  # whatever a broken file makes a parser raise
        raise Unreadable from error


def _shows_per_cent(book: Any) -> bool:
    """Whether a cell of it may be shown in per cent."""
    own = book._number_formats  # noqa: SLF001 - the library asks each cell for its own only
    formats = {style.numFmtId for style in book._cell_styles}  # noqa: SLF001 - as above
    known = {**BUILTIN_FORMATS, **dict(enumerate(own, BUILTIN_FORMATS_MAX_SIZE))}
    return any("%" in known.get(number, "") for number in formats)


def _shown(cell: Any) -> Any:
    """What stands in it; 0.8 that is shown as 80% is 80%, as whoever looks at it reads."""
    value = cell.value
    if value.__class__ in {int, float} and "%" in cell.number_format:
        return f"{_cell(value * 100.0)}%"
    return value


def _cell(cell: Any) -> str:
    if cell.__class__ is str:
        return cell.strip()
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, float):
        return f"{cell:.15g}"  # as the spreadsheet shows it: 81.3, not 81.29999999999999
    return str(cell).strip()
