"""The record as a file, however long it is: written as it is read."""

import csv
import tempfile
from collections.abc import Iterable, Iterator
from typing import Any

import xlsxwriter
from django.db.models import QuerySet
from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from carefund.core import clock
from carefund.core.listing import harmless

from . import queries
from .models import Entry
from .telling import telling

AT_ONCE = 1000
# What one sheet of a spreadsheet can hold.
MOST_ROWS = 1_000_000
HEAD = [
    "Entry",
    "When (London)",
    "Person number",
    "Person",
    "Roles",
    "What was done",
    "Verb",
    "Kind",
    "Object number",
    "Object",
    "Changes",
    "Reason",
    "Internet address",
    "Browser",
    "Request",
    "Digest",
]


def lines(rows: QuerySet[Entry]) -> Iterator[list[Any]]:
    """One line for each entry, newest first; pages by number keep the memory small."""
    below = None
    while True:
        page = list((rows.filter(pk__lt=below) if below else rows).order_by("-pk")[:AT_ONCE])
        names = queries.names_in(page)
        for row in page:
            yield [harmless(cell) for cell in _line(row, names)]
        if len(page) < AT_ONCE:
            return
        below = page[-1].pk


def _line(row: Entry, names: dict[int, str]) -> list[Any]:
    changed = queries.changes(row, names)
    told = [f"{c['label']}: {c['before']} → {c['after']}" for c in changed]
    state = row.changes.get("state")
    told = [f"State: {state[0]} → {state[1]}", *told] if state else told
    return [
        row.pk,
        row.at.astimezone(clock.LONDON).strftime("%Y-%m-%d %H:%M:%S"),
        row.actor_id or "",
        row.actor_name,
        ", ".join(row.roles),
        telling(row.verb).words,
        row.verb,
        row.object_type.name,
        row.object_id,
        row.object_name,
        "; ".join(told),
        row.reason,
        row.address or "",
        row.particulars.agent,
        row.request_id,
        row.digest,
    ]


class _Echo:
    def write(self, value: str) -> str:
        return value


def as_csv(rows: QuerySet[Entry]) -> HttpResponseBase:
    writer = csv.writer(_Echo())
    body = (writer.writerow(line) for line in _with_head(rows))
    # Excel takes a file for UTF-8 only if it says so.
    content: Iterable[str] = _first("\ufeff", body)
    response = StreamingHttpResponse(content, content_type="text/csv; charset=utf-8")
    return _as_attachment(response, "csv")


def as_xlsx(rows: QuerySet[Entry]) -> HttpResponseBase:
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it when it has been sent
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(file, options)
    sheet = book.add_worksheet("Record")
    for number, line in enumerate(_with_head(rows)):
        if number > MOST_ROWS:
            sheet.write_row(number, 0, ["There is more. Choose a shorter period, or CSV."])
            break
        sheet.write_row(number, 0, line)
    book.close()
    file.seek(0)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return _as_attachment(FileResponse(file, content_type=kind), "xlsx")


def _with_head(rows: QuerySet[Entry]) -> Iterator[list[Any]]:
    yield HEAD
    yield from lines(rows)


def _first(mark: str, body: Iterator[str]) -> Iterator[str]:
    yield mark
    yield from body


def _as_attachment(response: Any, kind: str) -> HttpResponseBase:
    name = f"record-{clock.today().isoformat()}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


WRITERS = {"csv": as_csv, "xlsx": as_xlsx}
