from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction

from carefund.core import clock
from carefund.core.making import new
from carefund.core.models import Job
from carefund.core.writing import Insertion, together

from .registry import handler, works_in_steps

LEASE = timedelta(minutes=15)
MOST_ATTEMPTS = 8
# Rows that one statement adds.
AT_ONCE = 8
_add = Insertion(Job, unique=["key"])
_wakers: list[Callable[[list[int]], None]] = []


def register_waker(wake: Callable[[list[int]], None]) -> None:
    """`wake` tells workers that rows are there. Losing the call loses nothing: see `sweep`."""
    if wake not in _wakers:
        _wakers.append(wake)


@dataclass(frozen=True)
class Wanted:
    """Work to be recorded; see `enqueue`."""

    kind: str
    key: str
    payload: dict[str, Any]
    due_at: datetime | None = None


def enqueue_all(wanted: Iterable[Wanted]) -> None:
    """As `enqueue` for each, with one call to the workers for all."""
    moment = clock.now()
    rows = [
        new(
            Job,
            kind=one.kind,
            key=f"{one.kind}:{one.key}",
            payload=one.payload,
            due_at=one.due_at or moment,
            created_at=moment,
        )
        for one in wanted
    ]
    for kind in {row.kind for row in rows}:
        handler(kind)
    with transaction.atomic(savepoint=False):
        for start in range(0, len(rows), AT_ONCE):
            together(*((_add, row) for row in rows[start : start + AT_ONCE]))
        due = [row.pk for row in rows if row.pk is not None and row.due_at <= moment]
        if due:
            transaction.on_commit(partial(_wake, due), robust=True)


def enqueue(
    kind: str, *, key: str, payload: dict[str, Any] | None = None, due_at: datetime | None = None
) -> Job:
    """Record work in the caller's transaction. The same `key` twice is one job."""
    handler(kind)
    moment = clock.now()
    job, created = Job.objects.get_or_create(
        key=f"{kind}:{key}",
        defaults={
            "kind": kind,
            "payload": payload or {},
            "due_at": due_at or moment,
            "created_at": moment,
        },
    )
    if created and job.due_at <= moment:
        # A broker that is down must not undo the work that asked: `sweep` finds the row.
        transaction.on_commit(lambda: _wake([job.pk]), robust=True)
    return job


def _wake(job_ids: list[int]) -> None:
    for wake in _wakers:
        wake(job_ids)


def retry(job: Job) -> None:
    """Put a job that was given up back to work, with one attempt behind it, in a transaction."""
    job.state, job.attempts, job.due_at = Job.State.WAITING, 1, clock.now()
    job.save(update_fields=["state", "attempts", "due_at"])
    transaction.on_commit(lambda: _wake([job.pk]), robust=True)


def take(job_id: int) -> Job | None:
    """Lease a due row to this worker; None when it is not due or another has it."""
    moment = clock.now()
    with transaction.atomic():
        rows = Job.objects.due().select_for_update(skip_locked=_can_skip(), of=("self",))
        job = rows.filter(pk=job_id).first()
        if job is None:
            return None
        job.state, job.lease_until = Job.State.RUNNING, moment + LEASE
        job.attempts += 1
        job.save(update_fields=["state", "lease_until", "attempts"])
    return job


def _can_skip() -> bool:
    return bool(transaction.get_connection().features.has_select_for_update_skip_locked)


def run(job_id: int) -> bool:
    """Do one job if it is due. True when it was done here and now."""
    job = take(job_id)
    if job is None:
        return False
    try:
        if works_in_steps(job.kind):
            handler(job.kind)(**job.payload)
        with transaction.atomic():
            if not works_in_steps(job.kind):
                handler(job.kind)(**job.payload)
            job.state, job.finished_at, job.last_error = Job.State.DONE, clock.now(), ""
            job.save(update_fields=["state", "finished_at", "last_error"])
    except Exception as error:
        _put_back(job, error)
        raise
    return True


def _put_back(job: Job, error: Exception) -> None:
    """Try again later, at doubling intervals; after the last attempt it stays failed, visibly."""
    given_up = job.attempts >= MOST_ATTEMPTS
    job.state = Job.State.FAILED if given_up else Job.State.WAITING
    job.due_at = clock.now() + timedelta(seconds=15 * 2**job.attempts)
    job.last_error = f"{type(error).__name__}: {error}"[:2000]
    job.save(update_fields=["state", "due_at", "last_error"])
