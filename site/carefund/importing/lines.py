"""Reading an uploaded CSV or XLSX file line by line, never as a whole."""

import csv
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from io import TextIOWrapper
from itertools import islice
from typing import Any, NamedTuple

from openpyxl import load_workbook

from carefund.core.errors import Refused

# What one sheet of Excel can hold; a file that goes on after it was not made by hand.
MOST_LINES = 1_048_576
# Headings that our own list of wrong rows puts before those of the spreadsheet.
LINE, REASON = "line", "what is wrong"
NOT_UTF8 = "The file is not UTF-8. Save it as “CSV UTF-8” or XLSX and upload it again."


class Unreadable(Refused):
    message = "The file cannot be read. Save it as CSV (UTF-8) or XLSX and upload it again."


class Line(NamedTuple):
    """A line by its number in the spreadsheet, the headings being line 1."""

    number: int
    cells: list[str]


class Lines:
    """The headings of a file, and its lines as they are asked for. Empty lines are left out."""

    def __init__(self, rows: Iterator[Any], most: int) -> None:
        self._rows, self.most = rows, most
        self.headings = [str(cell or "").strip().lower() for cell in next(rows, [])]

    def chunks(self, size: int) -> Iterator[list[Line]]:
        """Raises `Unreadable` when there are more lines than `most`."""
        found = self._numbered()
        while chunk := list(islice(found, size)):
            yield chunk

    def _numbered(self) -> Iterator[Line]:
        filled = 0
        for number, row in enumerate(self._rows, start=2):
            cells = [_cell(cell) for cell in row]
            if any(cells):
                filled += 1
                yield Line(number, cells)
            if filled > self.most or number > MOST_LINES:
                raise Unreadable(f"The file has more than {self.most:,} rows. Split it.")


@contextmanager
def opened(file: Any, name: str, most: int) -> Iterator[Lines]:
    """The lines of `file`. Raises `Unreadable`, also while they are read."""
    reading = _workbook if name.lower().endswith(".xlsx") else _text
    with reading(file) as rows:
        yield Lines(_safely(rows), most)


@contextmanager
def _text(file: Any) -> Iterator[Iterable[Any]]:
    text = TextIOWrapper(file, encoding="utf-8-sig", newline="")
    try:
        yield csv.reader(text)
    finally:
        text.detach()


@contextmanager
def _workbook(file: Any) -> Iterator[Iterable[Any]]:
    try:
        book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        # Some programs write a size that is not true.
        sheet.reset_dimensions()
    except Exception as error:  # whatever a broken file makes a parser raise
        raise Unreadable from error
    try:
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
