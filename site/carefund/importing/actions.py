"""A spreadsheet is uploaded, checked in the background, looked at, and applied whole."""

import hashlib
from contextlib import closing
from typing import Any

from django.core.files.base import ContentFile, File
from django.db import transaction

from carefund.core import clock, states
from carefund.core.actors import SYSTEM
from carefund.core.errors import Refused
from carefund.core.permissions import require
from carefund.core.record import record
from carefund.core.work import enqueue
from carefund.files.actions import found_in
from carefund.files.checks import UploadRefused, accept

from . import progress, registry
from .bulk import CHANGED, NEW
from .models import ImportRun
from .passing import Finding, carry_out, go_through

SPREADSHEETS = (".csv", ".xlsx")
TAKEN = "Choose a spreadsheet: CSV (UTF-8) or XLSX."
LARGEST = 20 * 1024 * 1024
CHECK, APPLY = "importing.check", "importing.apply"
NOTHING_IN_IT = "The file has headings and no rows."


class Moved(Refused):
    """What a spreadsheet was checked against is not what stands now."""

    message = (
        "What this spreadsheet is compared with changed after it was checked, so nothing was "
        "written. It was checked again: look at it before you write it."
    )


def upload(*, kind: str, name: str, content: bytes, by: Any) -> ImportRun:
    """Keep a spreadsheet and have it checked. Nothing is changed by it yet."""
    require(by, registry.importer(kind).permission)
    if len(content) > LARGEST:
        raise Refused("The file is larger than 20 MB. Split it.")
    if not name.lower().endswith(SPREADSHEETS):
        raise Refused(TAKEN)
    try:
        content = accept(name, content).data  # what unpacks to gigabytes goes no further
    except UploadRefused as problem:
        raise problem.where_only(TAKEN) from problem
    with transaction.atomic():
        run = ImportRun(kind=kind, file_name=name[-200:], uploaded_by=by)
        run.sha256, run.uploaded_at = hashlib.sha256(content).hexdigest(), clock.now()
        run.content.save(f"{run.sha256[:16]}.upload", ContentFile(content), save=False)
        run.save()
        record("import.upload", run, by=by)
        _have_checked(run)
    return run


def _have_checked(run: ImportRun) -> None:
    run.checks += 1
    run.save(update_fields=["checks"])
    enqueue(CHECK, key=f"{run.pk}:{run.checks}", payload={"run_id": run.pk})


def check(*, run: ImportRun) -> None:
    """Find everything that is wrong, row by row, and what the file would change.

    Reads for as long as it takes and writes at the end: begun again after a crash, it is as new.
    """
    if run.state != "uploaded":
        return
    try:
        _refuse_virus(run)
        importer = registry.importer(run.kind)
        tell = progress.of(run, progress.CHECKING)
        finding = go_through(run, importer, importer.sheet(run.uploaded_by), tell)
    except Refused as problem:
        _refuse(run, [{"row": 0, "column": "", "message": problem.message}])
        return
    if not finding.rows:
        _refuse(run, [{"row": 0, "column": "", "message": NOTHING_IN_IT}])
        return
    with transaction.atomic():
        _keep(run, finding)
        states.move(run, "refuse" if finding.problems else "check", by=SYSTEM)


def _refuse(run: ImportRun, problems: list[dict[str, Any]]) -> None:
    with transaction.atomic():
        run.problems = problems
        run.save(update_fields=["problems"])
        states.move(run, "refuse", by=SYSTEM)


def _keep(run: ImportRun, finding: Finding) -> None:
    run.rows_total = run.rows_done = finding.rows
    run.counts, run.basis = dict(finding.counts), finding.basis
    run.problems, run.preview = finding.problems, finding.preview
    names = ["rows_total", "rows_done", "counts", "basis", "problems", "preview"]
    if finding.wrong:
        with closing(finding.wrong) as wrong:
            wrong.seek(0)
            run.wrong_rows.save(f"{run.sha256[:16]}.wrong", File(wrong), save=False)
        names.append("wrong_rows")
    run.save(update_fields=names)


def _refuse_virus(run: ImportRun) -> None:
    """Before anything parses it. While the scanner is down the job is tried again."""
    with run.content.open("rb") as file:
        if found := found_in(file.read()):
            raise Refused(f"The virus scanner found something harmful ({found}) in the file.")


def ask_to_apply(*, run: ImportRun, by: Any) -> None:
    """Have a checked spreadsheet applied by a worker. Asking twice applies it once."""
    require(by, registry.importer(run.kind).permission)
    with transaction.atomic():
        locked = ImportRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
        if locked.state != "checked":
            raise Refused("Only a spreadsheet that was checked without errors can be applied.")
        if locked.asked_at:
            return
        locked.asked_at = clock.now()
        locked.save(update_fields=["asked_at"])
        record("import.ask_to_apply", locked, by=by)
        payload = {"run_id": locked.pk, "user_id": by.pk}
        enqueue(APPLY, key=f"{locked.pk}:{locked.checks}", payload=payload)


def apply(*, run: ImportRun, by: Any) -> ImportRun:
    """Write all rows or none of them, exactly as they were shown. Raises `Moved`."""
    importer = registry.importer(run.kind)
    require(by, importer.permission)
    with transaction.atomic():
        moved = states.move(run, "apply", by=by, applied_at=clock.now())
        tell = progress.of(run, progress.WRITING)
        done = carry_out(run, importer, importer.sheet(by), tell)
        if done.basis != run.basis:
            raise Moved
        record("import.load", moved, by=by, changes=_told(run, done))
    return moved


def _told(run: ImportRun, done: Finding) -> dict[str, tuple[Any, Any]]:
    """What came in, and the digests by which the file and its preview can be known again."""
    counted = {name: (None, done.counts[name]) for name in (NEW, CHANGED)}
    return {"file": (None, run.sha256), "preview": (None, done.basis), **counted}


def check_again(*, run: ImportRun, notice: str = "") -> ImportRun:
    """What stands has changed since: look at it anew, before anybody writes it."""
    with transaction.atomic():
        moved = states.move(run, "check_again", by=SYSTEM, asked_at=None, notice=notice[:400])
        _have_checked(moved)
    return moved


def abandon(*, run: ImportRun, by: Any, reason: str = "") -> ImportRun:
    require(by, registry.importer(run.kind).permission)
    return states.move(run, "abandon", by=by, reason=reason, notice=reason[:400])
