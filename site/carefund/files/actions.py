import hashlib
from collections.abc import Iterator
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import models, transaction

from carefund.core import clock
from carefund.core.actors import SYSTEM, Actor, person
from carefund.core.record import record
from carefund.core.work import enqueue

from . import clamav
from .checks import accept
from .models import StoredFile
from .signals import file_infected

Scan = StoredFile.Scan
SCAN = "files.scan"
CHUNK = 64 * 1024
AT_ONCE = 200


def store(*, upload: Any, subject: models.Model, role: str, by: Actor) -> StoredFile:
    """Keep an upload with the object it belongs to. Raises `UploadRefused`.

    The caller has already asked whether `by` may add to `subject`. With a scanner the file is
    opened by nobody until it has been found clean.
    """
    accepted = accept(upload.name, _read(upload))
    with transaction.atomic():
        stored = StoredFile(
            name=accepted.name,
            content_type=accepted.content_type,
            size=len(accepted.data),
            sha256=hashlib.sha256(accepted.data).hexdigest(),
            scan=Scan.WAITING if settings.CLAMAV_SOCKET else Scan.NOT_SCANNED,
            subject_type=ContentType.objects.get_for_model(subject),
            subject_id=str(subject.pk),
            role=role,
            uploaded_by=person(by),
            uploaded_at=clock.now(),
        )
        # The name on disk tells nothing and cannot be guessed.
        stored.content.save(stored.pk.hex, ContentFile(accepted.data), save=False)
        stored.save()
        record("file.uploaded", subject, by=by, changes={"file": (None, accepted.name)})
        if settings.CLAMAV_SOCKET:
            enqueue(SCAN, key=f"{stored.pk}:0", payload={"file_id": str(stored.pk)})
    return stored


def _read(upload: Any) -> bytes:
    """One byte more than is allowed is enough to know that it is too much."""
    return bytes(upload.read(settings.FILE_UPLOAD_LIMIT + 1))


def scan(*, file_id: str) -> StoredFile:
    """Have one file scanned and note the finding. Doing it twice changes nothing.

    Raises `clamav.ScannerDown`: the job is tried again, and the file waits.
    """
    stored = StoredFile.objects.select_for_update(of=("self",)).get(pk=file_id)
    if stored.scan not in {Scan.WAITING, Scan.NOT_SCANNED} or not settings.CLAMAV_SOCKET:
        return stored
    try:
        verdict = clamav.scan(_chunks(stored), settings.CLAMAV_SOCKET)
    except clamav.TooLargeToScan as problem:
        return _note(stored, Scan.UNSCANNABLE, str(problem))
    if verdict.clean:
        return _note(stored, Scan.CLEAN, "")
    return _quarantine(stored, verdict.found)


def _chunks(stored: StoredFile) -> Iterator[bytes]:
    with stored.content.open("rb") as source:
        while chunk := source.read(CHUNK):
            yield chunk


def _note(stored: StoredFile, finding: str, words: str) -> StoredFile:
    before, stored.scan = stored.scan, finding
    stored.finding, stored.scanned_at = words[:200], clock.now()
    stored.save(update_fields=["scan", "finding", "scanned_at"])
    verb = {Scan.CLEAN: "file.pass_scan", Scan.INFECTED: "file.quarantine"}
    record(
        verb.get(Scan(finding), "file.not_scannable"),
        stored.subject or stored,
        by=SYSTEM,
        changes={"file": (None, stored.name), "scan": (before, finding)},
        reason=words,
    )
    return stored


def _quarantine(stored: StoredFile, found: str) -> StoredFile:
    """Lock the file away under another name and tell whoever uploaded it."""
    old = str(stored.content.name)
    with stored.content.open("rb") as source:
        stored.content.name = default_storage.save(f"quarantine/{stored.pk.hex}", File(source))
    stored.save(update_fields=["content"])
    _note(stored, Scan.INFECTED, found)
    file_infected.send(StoredFile, stored=stored)
    transaction.on_commit(lambda: default_storage.delete(old))
    return stored


def found_in(data: bytes) -> str:
    """What the scanner finds in `data` at once; empty for nothing, and without a scanner.

    Raises `clamav.ScannerDown` and `clamav.TooLargeToScan`.
    """
    if not settings.CLAMAV_SOCKET:
        return ""
    return clamav.scan([data], settings.CLAMAV_SOCKET).found


def scan_waiting() -> int:
    """Ask again for files that were never scanned: the scanner was down, or is new here."""
    if not settings.CLAMAV_SOCKET:
        return 0
    waiting = StoredFile.objects.filter(scan__in=[Scan.WAITING, Scan.NOT_SCANNED])
    hour = f"{clock.now():%Y%m%d%H}"
    numbers = list(waiting.order_by("uploaded_at").values_list("pk", flat=True)[:AT_ONCE])
    for pk in numbers:
        enqueue(SCAN, key=f"{pk}:{hour}", payload={"file_id": str(pk)})
    return len(numbers)


def take_out(*, stored: StoredFile, by: Actor) -> StoredFile:
    """Delete the content of a file attached by mistake; the record keeps which it was.

    The caller has already asked whether `by` may change what it belongs to.
    """
    with transaction.atomic():
        locked = StoredFile.objects.select_for_update(of=("self",)).get(pk=stored.pk)
        if locked.scan != Scan.REMOVED:
            said = {"file": (locked.name, None)}
            record("file.take_out", locked.subject or locked, by=by, changes=said)
            _empty(locked)
    return locked


def _empty(stored: StoredFile) -> None:
    old, stored.content.name, stored.name = str(stored.content.name), "", "Removed file"
    stored.scan, stored.sha256 = Scan.REMOVED, ""
    stored.save(update_fields=["content", "name", "scan", "sha256"])
    transaction.on_commit(partial(default_storage.delete, old))


def remove(*, rows: models.QuerySet[StoredFile], reason: str) -> int:
    """Delete the contents of files whose time is over; that there was a file stays."""
    found = list(rows.select_for_update(of=("self",)))
    for stored in found:
        _empty(stored)
        record("file.remove", stored.subject or stored, by=SYSTEM, reason=reason)
    return len(found)
