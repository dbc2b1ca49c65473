"""A resource of django-import-export that takes some thousand rows at a time.

Cells are declared and converted as in any resource. What costs a query (rows pointed to, rows
that stand already, writing) is done for many rows together; rules hold for each row by itself.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from import_export import resources

from carefund.core.errors import Refused
from carefund.core.formats import uk_date

from .lines import Line
from .widgets import REMEMBERED, Day, Known, reasons

NEW, CHANGED, UNCHANGED, WRONG = "new", "changed", "unchanged", "wrong"
TOO_LONG = "The row has more cells than there are headings. Put text with commas in quotes."


@dataclass(slots=True)
class Row:
    """A line on its way: its values by name, what is wrong with it, or what it would change."""

    number: int
    cells: list[str]
    values: dict[str, Any] = field(default_factory=dict)
    wrong: list[tuple[str, str]] = field(default_factory=list)
    change: str = NEW
    # What stands today, for people, and exactly as it was when it was looked at.
    before: str = ""
    basis: str = ""


class BulkSheet(resources.Resource):
    """Declare fields; say what names a row, which rules hold, what stands, and how to write."""

    at_a_time: ClassVar[int] = 5_000
    # The column, and what is said when an earlier row of the file is about the same.
    repeated: ClassVar[tuple[str, str]] = ("", "Row {first} is about the same. Take one out.")

    def __init__(self, by: Any) -> None:
        super().__init__()
        self.by = by
        self.may: Callable[[str, Any], bool] = cache(by.has_perm)
        self._first: dict[Hashable, int] = {}
        self._plan: list[tuple[str, str, int, Any, dict[str, Any]]] = []

    def identity(self, values: dict[str, Any]) -> Hashable:
        """What only one row of a file may be about."""
        raise NotImplementedError

    def judge(self, row: Row) -> None:
        """Raise `Refused`, or `ValidationError` by column, for what must not be."""

    def compare(self, rows: Sequence[Row]) -> None:
        """Set `change`, `before` and `basis` of rows that are right, with few queries."""
        raise NotImplementedError

    def hold(self) -> None:
        """Before writing: lock what is compared with, in the same order as everybody."""

    def write(self, rows: Sequence[Row]) -> None:
        """Rows that are new or changed."""
        raise NotImplementedError

    def begin(self, headings: Sequence[str]) -> None:
        """Find each field's column; a field without one is left at its default."""
        self._width = len(headings)
        self._plan = [
            (name, found.column_name, headings.index(found.column_name), found.widget, {})
            for name, found in self.fields.items()
            if found.column_name in headings
        ]
        self._missing = {
            name: found.widget.clean("")
            for name, found in self.fields.items()
            if found.column_name not in headings
        }

    def examine(self, lines: Sequence[Line]) -> list[Row]:
        rows = [Row(line.number, line.cells) for line in lines]
        self._prime(rows)
        for row in rows:
            self._clean(row)
            if not row.wrong:
                self._judge(row)
        self.compare([row for row in rows if not row.wrong])
        for row in rows:
            if row.wrong:
                row.change = WRONG
        return rows

    def shown(self, row: Row, column: str) -> str:
        """A cell for people: a date in words, so that a day taken for a month is seen."""
        for name, heading, place, widget, _ in self._plan:
            if heading == column:
                day = row.values.get(name) if isinstance(widget, Day) else None
                return uk_date(day) if day else row.cells[place]
        return ""

    def _prime(self, rows: Sequence[Row]) -> None:
        for row in rows:
            if len(row.cells) < self._width:
                row.cells += [""] * (self._width - len(row.cells))
        for _, _, place, widget, known in self._plan:
            if len(known) > REMEMBERED:
                known.clear()
            if isinstance(widget, Known):
                widget.prime({row.cells[place] for row in rows})

    def _clean(self, row: Row) -> None:
        if any(row.cells[self._width :]):
            row.wrong.append(("", TOO_LONG))
        row.values = dict(self._missing)
        for name, column, place, widget, known in self._plan:
            text = row.cells[place]
            if text in known:
                row.values[name] = known[text]
                continue
            try:
                row.values[name] = known[text] = widget.clean(text)
            except (ValidationError, ValueError) as error:
                row.wrong.append((column, reasons(error)))

    def _judge(self, row: Row) -> None:
        name = self.identity(row.values)
        first = self._first.setdefault(name, row.number)
        if first != row.number:
            column, told = self.repeated
            row.wrong.append((column, told.format(first=first)))
        try:
            self.judge(row)
        except ValidationError as error:
            row.wrong += [(k, " ".join(v)) for k, v in error.message_dict.items()]
        except Refused as problem:
            row.wrong.append(("", problem.message))
