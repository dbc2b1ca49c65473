"""Reports are asked for, made in the background, cleared by somebody else, withdrawn."""

from datetime import date

from django.db import transaction

from carefund.core import clock, states
from carefund.core.actors import SYSTEM, Actor, person
from carefund.core.errors import Refused
from carefund.core.permissions import require
from carefund.core.record import record
from carefund.core.references import next_reference
from carefund.core.work import enqueue
from programmes.funds.models import Programme

from . import build, queries
from .models import ReportRun

BENEFITS = "benefits"
MAKE = "reports.make"


def request_report(*, programme: Programme, day: date, by: Actor) -> ReportRun:
    """Ask for a report frozen as at the end of `day`. A worker makes it."""
    require(by, "reports.make", programme)
    queries.possible(day)
    with transaction.atomic():
        run = ReportRun.objects.create(
            kind=BENEFITS,
            programme=programme,
            reference=next_reference(f"{programme.prefix}R", clock.today().year),
            as_at=queries.moment_of(day),
            requested_by=person(by),
            requested_at=clock.now(),
        )
        record("report.request", run, by=by)
        enqueue(MAKE, key=f"{run.pk}:1", payload={"run_id": run.pk})
    return run


def finish(*, run: ReportRun) -> ReportRun:
    """Compute the figures and freeze them. Doing it twice changes nothing."""
    with transaction.atomic():
        locked = ReportRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
        if locked.state != "queued":
            return locked
        day = locked.as_at.astimezone(clock.LONDON).date()
        locked.figures = queries.snapshot(locked.programme, day)
        # Kept apart from the move, whose record would otherwise carry every figure.
        locked.save(update_fields=["figures"])
        mark = build.fingerprint(locked.figures)
        return states.move(locked, "finish", by=SYSTEM, fingerprint=mark, finished_at=clock.now())


def fail(*, run: ReportRun, problem: str) -> ReportRun:
    """Say that the report could not be made, and why."""
    return states.move(run, "fail", by=SYSTEM, problem=problem[:2000])


def retry(*, run: ReportRun, by: Actor) -> ReportRun:
    """Have a report that could not be made tried again."""
    require(by, "reports.make", run)
    with transaction.atomic():
        moved = states.move(run, "retry", by=by, problem="")
        moment = clock.now().isoformat()
        enqueue(MAKE, key=f"{run.pk}:{moment}", payload={"run_id": run.pk})
    return moved


def clear(*, run: ReportRun, by: Actor) -> ReportRun:
    """Vouch for a report. Never the person who asked for it."""
    require(
        by,
        "reports.clear",
        run,
        "A report is cleared by a senior officer who did not ask for it.",
    )
    if not queries.is_sound(run):
        raise Refused("The figures are not those that were made. Ask for the report again.")
    return states.move(run, "clear", by=by, cleared_by=person(by), cleared_at=clock.now())


def withdraw(*, run: ReportRun, reason: str, by: Actor) -> ReportRun:
    """Take a report back; it stays readable, with the reason."""
    require(by, "reports.withdraw", run)
    if not reason.strip():
        raise Refused("Say why the report is withdrawn.")
    return states.move(run, "withdraw", by=by, reason=reason.strip(), problem=reason.strip())
