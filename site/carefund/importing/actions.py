"""A spreadsheet is uploaded, checked in the background, looked at, and applied whole."""

import hashlib
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction

from carefund.core import clock, states
from carefund.core.actors import SYSTEM
from carefund.core.errors import Refused
from carefund.core.permissions import require
from carefund.core.record import record
from carefund.core.work import enqueue
from carefund.files.actions import found_in
from carefund.files.checks import accept

from . import registry, sheets
from .models import ImportRun

PREVIEWED = 50
SPREADSHEETS = (".csv", ".xlsx")
LARGEST = 5 * 1024 * 1024
CHECK, APPLY = "importing.check", "importing.apply"


def upload(*, kind: str, name: str, content: bytes, by: Any) -> ImportRun:
    """Keep a spreadsheet and have it checked. Nothing is changed by it yet."""
    require(by, registry.importer(kind).permission)
    if len(content) > LARGEST:
        raise Refused("The file is larger than 5 MB. Split it.")
    if not name.lower().endswith(SPREADSHEETS):
        raise Refused("Choose a spreadsheet: CSV (UTF-8) or XLSX.")
    content = accept(name, content).data  # what unpacks to gigabytes goes no further
    with transaction.atomic():
        run = ImportRun(kind=kind, file_name=name[-200:], uploaded_by=by)
        run.sha256, run.uploaded_at = hashlib.sha256(content).hexdigest(), clock.now()
        run.content.save(f"{run.sha256[:16]}.upload", ContentFile(content), save=False)
        run.save()
        record("import.upload", run, by=by)
        enqueue(CHECK, key=str(run.pk), payload={"run_id": run.pk})
    return run


def check(*, run: ImportRun) -> None:
    """Find everything that is wrong, row by row, and what the file would change."""
    if run.state != "uploaded":
        return
    try:
        _refuse_virus(run)
        data = _read(run)
    except Refused as problem:
        run.problems = [{"row": 0, "column": "", "message": problem.message}]
        run.save(update_fields=["problems"])
        states.move(run, "refuse", by=SYSTEM)
        return
    resource = registry.importer(run.kind).resource(run.uploaded_by)
    result = resource.import_data(data, dry_run=True, use_transactions=False)
    run.rows_total = run.rows_done = len(data)
    run.problems = sheets.problems(result)
    run.preview = [
        {"values": values, "change": row.import_type}
        for values, row in zip(data.dict[:PREVIEWED], result.rows, strict=False)
    ]
    run.save(update_fields=["rows_total", "rows_done", "problems", "preview"])
    states.move(run, "refuse" if run.problems or not len(data) else "check", by=SYSTEM)


def _refuse_virus(run: ImportRun) -> None:
    """Before anything parses it. While the scanner is down the job is tried again."""
    with run.content.open("rb") as file:
        if found := found_in(file.read()):
            raise Refused(f"The virus scanner found something harmful ({found}) in the file.")


def _read(run: ImportRun) -> Any:
    with run.content.open("rb") as file:
        return sheets.read(file.read(), run.file_name, registry.importer(run.kind).columns)


def ask_to_apply(*, run: ImportRun, by: Any) -> None:
    """Have a checked spreadsheet applied by a worker. Asking twice applies it once."""
    require(by, registry.importer(run.kind).permission)
    if run.state != "checked":
        raise Refused("Only a spreadsheet that was checked without errors can be applied.")
    with transaction.atomic():
        record("import.ask_to_apply", run, by=by)
        enqueue(APPLY, key=str(run.pk), payload={"run_id": run.pk, "user_id": by.pk})


def apply(*, run: ImportRun, by: Any) -> ImportRun:
    """Write all rows or none of them."""
    with transaction.atomic():
        moved = states.move(run, "apply", by=by, applied_at=clock.now())
        resource = registry.importer(run.kind).resource(by)
        result = resource.import_data(_read(run), dry_run=False, use_transactions=False)
        if found := sheets.problems(result):
            raise Refused(f"Row {found[0]['row']}: {found[0]['message']}")
    return moved


def abandon(*, run: ImportRun, by: Any, reason: str = "") -> ImportRun:
    require(by, registry.importer(run.kind).permission)
    return states.move(run, "abandon", by=by, reason=reason)
