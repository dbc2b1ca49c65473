"""Going through a whole spreadsheet once: to see what it would do, or to do it."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from carefund.core.errors import Refused
from carefund.core.sheets import csv_parts

from .bulk import CHANGED, NEW, WRONG, BulkSheet, Row
from .lines import LINE, REASON, Lines, Unreadable, opened
from .models import ImportRun
from .registry import Importer

CHUNK = 64 * 1024
SHOWN, TOLD, LONGEST, IN_MEMORY = 10, 50, 200, 1024 * 1024
Tell = Callable[[int], None]


@dataclass
class Finding:
    """What a spreadsheet says against what stands. `basis` is the same only for the same."""

    rows: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    preview: list[dict[str, Any]] = field(default_factory=list)
    problems: list[dict[str, Any]] = field(default_factory=list)
    wrong: IO[bytes] | None = None
    basis: str = ""

    def add(self, row: Row, cells: Callable[[Row], list[str]]) -> None:
        self.rows += 1
        self.counts[row.change] += 1
        if row.wrong:
            found = [{"row": row.number, "column": c, "message": m} for c, m in row.wrong]
            self.problems += found[: TOLD - len(self.problems)]
        if self.counts[row.change] <= SHOWN:
            told = {"row": row.number, "change": row.change, "before": row.before}
            self.preview.append({**told, "cells": cells(row)})


def go_through(run: ImportRun, importer: Importer, sheet: BulkSheet, tell: Tell) -> Finding:
    """What the spreadsheet would do. Raises `Unreadable`."""
    with _opened(run, importer) as lines:
        _check_headings(importer, lines.headings)
        return _passed(lines, sheet, tell, columns=[*importer.columns, *importer.optional])


def carry_out(run: ImportRun, importer: Importer, sheet: BulkSheet, tell: Tell) -> Finding:
    """Write what is new or changed. The caller compares the basis, and takes all back."""
    sheet.hold()
    with _opened(run, importer) as lines:
        return _passed(lines, sheet, tell, writing=True)


def _passed(
    lines: Lines,
    sheet: BulkSheet,
    tell: Tell,
    *,
    columns: Sequence[str] = (),
    writing: bool = False,
) -> Finding:
    sheet.begin(lines.headings)
    finding, basis = Finding(), hashlib.sha256()

    def cells(row: Row) -> list[str]:
        return [sheet.shown(row, column)[:LONGEST] for column in columns]

    for chunk in lines.chunks(sheet.at_a_time):
        rows = sheet.examine(chunk)
        for row in rows:
            finding.add(row, cells)
            basis.update(f"{row.number} {row.change} {row.basis}\n".encode())
        _note_wrong(finding, [row for row in rows if row.wrong], lines.headings)
        if writing and not finding.counts[WRONG]:
            sheet.write([row for row in rows if row.change in {NEW, CHANGED}])
        tell(finding.rows)
    finding.basis = basis.hexdigest()
    return finding


def _note_wrong(finding: Finding, rows: Sequence[Row], headings: list[str]) -> None:
    """Each wrong row as it was, with its line and every reason before it."""
    if not rows:
        return
    found: Iterable[list[Any]] = ([row.number, _reasons(row), *row.cells] for row in rows)
    if finding.wrong is None:
        finding.wrong = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - stored by the caller
        finding.wrong.write("\ufeff".encode())  # Excel takes it for UTF-8 only so
        found = chain([[LINE, REASON, *headings]], found)
    for part in csv_parts(found):
        finding.wrong.write(part.encode())


def _reasons(row: Row) -> str:
    return " ".join(f"{column}: {reason}" if column else reason for column, reason in row.wrong)


@contextmanager
def _opened(run: ImportRun, importer: Importer) -> Iterator[Lines]:
    """The stored file, which must be to the byte the one that was uploaded."""
    with run.content.open("rb") as file:
        found = hashlib.sha256()
        while chunk := file.read(CHUNK):
            found.update(chunk)
        if found.hexdigest() != run.sha256:
            raise Refused("The stored file is not the one that was uploaded. Upload it again.")
        file.seek(0)
        with opened(file, run.file_name, importer.most_rows, importer.columns) as lines:
            yield lines


def _check_headings(importer: Importer, headings: list[str]) -> None:
    known = {*importer.columns, *importer.optional, LINE, REASON, ""}
    if missing := [name for name in importer.columns if name not in headings]:
        raise Unreadable(f"The row of headings must name these columns too: {', '.join(missing)}.")
    if twice := sorted({name for name in headings if name and headings.count(name) > 1}):
        raise Unreadable(f"Two columns have the same heading: {', '.join(twice)}.")
    if odd := [name[:40] for name in headings if name not in known]:
        raise Unreadable(f"Correct these headings, or take the columns out: {', '.join(odd)}.")
