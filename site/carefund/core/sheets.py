"""Spreadsheets that people download: exactly the rows a list shows, however many.

Rows are read and written a few thousand at a time, so that a hundred thousand take no more
memory than a hundred.
"""

import csv
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import FieldDoesNotExist
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from import_export import fields, resources
from xlsxwriter import Workbook

from . import clock
from .copied import Column
from .copied import parts as copied_parts

KINDS = {
    "csv": ("Download as CSV", "text/csv; charset=utf-8"),
    "xlsx": (
        "Download for Excel",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
}
AT_A_TIME = 2000
# What one sheet of Excel can hold.
MOST_LINES = 1_048_576
IN_MEMORY = 5 * 1024 * 1024
# What a spreadsheet would run as a formula.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def harmless(value: Any) -> Any:
    """`value` as a cell: numbers and dates stay what they are, text never becomes a formula."""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(DANGEROUS) else value
    return value


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if value.__class__ is str:
        return value
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime):
        return value.astimezone(clock.LONDON).replace(tzinfo=None, microsecond=0)
    # Numbers have `real` or `as_tuple`, dates `isoformat`.
    if isinstance(value, int | float) or hasattr(value, "as_tuple") or hasattr(value, "isoformat"):
        return value
    return str(value)


class Cell(fields.Field):
    """A column with its heading; instants are in London's time."""

    def __init__(self, attribute: str, heading: str) -> None:
        super().__init__(attribute, heading)

    def export(self, instance: Any, **kwargs: Any) -> Any:
        return _cell(self.get_value(instance))


class Sheet(resources.Resource):
    """Declare `Cell`s in the order of the columns."""

    def table(self, rows: Iterable[Any]) -> Iterable[Sequence[Any]]:
        """The headings, then a line for each row."""
        return Table(rows, self.get_export_fields())


class Table:
    """Lines to walk through once, or where the database can write them itself, a CSV of them."""

    def __init__(self, rows: Iterable[Any], columns: Sequence[Any]) -> None:
        self.rows, self.columns = rows, columns
        self.headings = [column.column_name for column in columns]
        self.plan = _plain_columns(rows, columns) if isinstance(rows, QuerySet) else []

    def __iter__(self) -> Iterator[Sequence[Any]]:
        yield self.headings
        if isinstance(self.rows, QuerySet) and self.plan:
            yield from _without_objects(self.rows, self.plan)
            return
        for row in _gently(self.rows):
            yield [column.export(row) for column in self.columns]

    def csv(self) -> Iterator[str | bytes]:
        copied = None
        if isinstance(self.rows, QuerySet) and self.plan:
            copied = copied_parts(self.rows, self.plan)
        if copied is None:
            return csv_parts(self)
        return chain(csv_parts([self.headings]), copied)


def _plain_columns(rows: QuerySet[Any], columns: Sequence[Any]) -> list[Column]:
    """Each column as the database has it; none if one is not."""
    found = [_plain(rows, column.attribute) for column in columns]
    return [] if None in found else [plain for plain in found if plain]


def _plain(rows: QuerySet[Any], attribute: str) -> Column | None:
    if attribute in rows.query.annotations:
        return Column(attribute, rows.query.annotations[attribute].output_field, {})
    path, words = attribute.split("__"), {}
    if path[-2:] == ["status", "label"]:
        path = [*path[:-2], "state"]
    model, field = rows.model, None
    for place, name in enumerate(path):
        try:
            field = model._meta.get_field(name)
        except FieldDoesNotExist:
            return None
        last = place == len(path) - 1
        if field.is_relation == last or not field.concrete:
            return None
        model = field.related_model
        if last and attribute.endswith("status__label"):
            words = dict(field.table.choices)
    return Column("__".join(path), field, words)


def _without_objects(rows: QuerySet[Any], plan: list[Column]) -> Iterator[list[Any]]:
    """Most of the time of an export went into making objects that are thrown away at once."""
    words = [(place, column.words) for place, column in enumerate(plan) if column.words]
    values = rows.values_list(*(column.path for column in plan))
    for row in values.iterator(chunk_size=AT_A_TIME):
        line = [_cell(value) for value in row]
        for place, known in words:
            line[place] = known[line[place]]
        yield line


def _gently(rows: Iterable[Any]) -> Iterable[Any]:
    return rows.iterator(chunk_size=AT_A_TIME) if isinstance(rows, QuerySet) else rows


def download(table: Iterable[Sequence[Any]], kind: str, name: str) -> HttpResponseBase:
    """`table`, headings first, as the file `name`.csv or .xlsx. Other kinds do not exist."""
    if kind not in KINDS:
        raise Http404
    response = _as_csv(table) if kind == "csv" else FileResponse(_as_workbook(table))
    response["Content-Type"] = KINDS[kind][1]
    response["Content-Disposition"] = f'attachment; filename="{name.replace(" ", "-")}.{kind}"'
    response["Cache-Control"] = "private, no-store"
    return response


class _Line:
    """What csv.writer writes to: hands the line back."""

    def write(self, text: str) -> str:
        return text


def _as_csv(table: Iterable[Sequence[Any]]) -> StreamingHttpResponse:
    parts = table.csv() if isinstance(table, Table) else csv_parts(table)
    # Excel takes a file for UTF-8 only if it says so.
    return StreamingHttpResponse(chain(["\ufeff"], parts))


def csv_parts(table: Iterable[Sequence[Any]]) -> Iterator[str]:
    """`table` as CSV, some thousand lines at a time; text never becomes a formula."""
    write = csv.writer(_Line()).writerow
    part: list[str] = []
    for line in table:
        part.append(str(write([harmless(cell) for cell in line])))
        if len(part) == AT_A_TIME:
            yield "".join(part)
            part = []
    yield "".join(part)


def _as_workbook(table: Iterable[Sequence[Any]]) -> Any:
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the response closes it
    options = {"constant_memory": True, "strings_to_urls": False, "strings_to_formulas": False}
    with Workbook(file, {**options, "default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet()
        instant = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        sheet.freeze_panes(1, 0)
        for number, line in enumerate(table):
            if number == MOST_LINES - 1:
                sheet.write(number, 0, "There is more. Choose fewer rows, or CSV.")
                break
            for position, cell in enumerate(line):
                if isinstance(cell, datetime):
                    sheet.write_datetime(number, position, cell, instant)
                else:
                    sheet.write(number, position, harmless(cell))
    file.seek(0)
    return file


def links(request: HttpRequest, base: str = "") -> list[dict[str, str]]:
    """For `exports` of a list: this list as each kind of file, with its filters and its order.

    `base` is the address to which the kind is added; without it the list answers `?export=`.
    """
    left_out = {"page"} if base else {"page", "export"}
    pairs = [(k, v) for k, values in request.GET.lists() for v in values if k not in left_out]
    suffix, found = f"?{urlencode(pairs)}" if pairs else "", []
    for kind, (label, _) in KINDS.items():
        here = f"?{urlencode([*pairs, ('export', kind)])}"
        found.append({"label": label, "href": f"{base}{kind}/{suffix}" if base else here})
    return found
