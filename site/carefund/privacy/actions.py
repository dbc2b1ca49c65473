"""Exports and anonymisation of one person on request, and the nightly retention rules."""

import tempfile
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.contrib.auth import get_user_model
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import models, transaction

from carefund.audit.actions import erase_names, erase_origins
from carefund.audit.models import Entry
from carefund.core import clock, privacy, states
from carefund.core.actors import SYSTEM, Actor
from carefund.core.errors import Refused
from carefund.core.permissions import require
from carefund.core.record import record
from carefund.core.work import enqueue

from . import archive, queries
from .models import PersonRequest, RetentionRun

DO, NIGHT = "privacy.do", "privacy.retain"
AT_ONCE = 200
KEPT_FOR = timedelta(days=7)
NAMELESS = "Former user"


def ask(*, kind: str, person: Any, reason: str, by: Actor) -> PersonRequest:
    """Ask for an export or the anonymisation of one person. A worker does it."""
    require(by, "privacy.act")
    if not reason.strip():
        raise Refused("Say why: who asked for it, and when.")
    if kind == PersonRequest.Kind.ANONYMISE:
        _refuse_anonymising(person, by)
    with transaction.atomic():
        get_user_model()._default_manager.select_for_update().get(pk=person.pk)
        if PersonRequest.objects.filter(kind=kind, person=person, state="waiting").exists():
            raise Refused("This has been asked for already and is being done.")
        request = PersonRequest.objects.create(
            kind=kind,
            person=person,
            reason=reason.strip(),
            requested_by=by,
            requested_at=clock.now(),
        )
        record(f"person.ask_{kind}", person, by=by, reason=reason.strip())
        enqueue(DO, key=str(request.pk), payload={"request_id": request.pk})
    return request


def _refuse_anonymising(person: Any, by: Actor) -> None:
    if person.pk == by.pk:
        raise Refused("Somebody else must anonymise your own account.")
    if is_anonymous(person):
        raise Refused("This person has been anonymised already.")
    if reasons := privacy.hindrances(person):
        raise Refused(" ".join(reasons))


def is_anonymous(person: Any) -> bool:
    return bool(person.email.endswith("@removed.invalid"))


def fulfil(*, request: PersonRequest) -> PersonRequest:
    """Do what was asked for. Doing it twice changes nothing."""
    with transaction.atomic():
        locked = PersonRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
        if locked.state != "waiting":
            return locked
        if locked.kind == PersonRequest.Kind.EXPORT:
            result = _export(locked)
        else:
            _refuse_anonymising(locked.person, locked.requested_by)
            result = anonymise(person=locked.person, by=locked.requested_by)
        locked.result = result
        # Kept apart from the move, whose record would otherwise repeat it all.
        locked.save(update_fields=["result", "archive"])
        return states.move(locked, "finish", by=SYSTEM, finished_at=clock.now())


def fail(*, request: PersonRequest, problem: str) -> PersonRequest:
    return states.move(request, "fail", by=SYSTEM, problem=problem[:2000])


def _export(request: PersonRequest) -> list[dict[str, Any]]:
    with tempfile.TemporaryFile() as file:
        result = archive.write(request.person, file)
        file.seek(0)
        request.archive.save(f"{request.pk}.zip", File(file), save=False)
    return result


def note_fetched(*, request: PersonRequest, by: Actor) -> None:
    """Put on the record that an export was fetched."""
    record("person.fetch_export", request.person, by=by)


def anonymise(*, person: Any, by: Actor) -> list[dict[str, Any]]:
    """Take a person out of the service. What they did stays, by a nameless account.

    Returns what was done by kind. Their entries of the record lose names and addresses; the chain
    stays whole.
    """
    with transaction.atomic():
        held = queries.held_about(person)
        entries = list(queries.entries_of(person).values_list("pk", flat=True))
        for tie in privacy.ties():
            if tie.erase:
                tie.erase(tie.rows(person))
        _empty_account(person)
        for start in range(0, len(entries), AT_ONCE):
            page = _entries(entries[start : start + AT_ONCE])
            erase_names(entries=page)
            erase_origins(entries=page.filter(actor=person.pk))
        record("person.anonymise", person, by=by)
    return [{"title": one.title, "rows": one.rows, "effect": one.effect} for one in held]


def _entries(numbers: list[int]) -> models.QuerySet[Any]:
    return Entry.objects.filter(pk__in=numbers)


def _empty_account(person: Any) -> None:
    person.name, person.first_name, person.last_name = f"{NAMELESS} {person.pk}", "", ""
    person.email = f"former-user-{person.pk}@removed.invalid"
    person.set_unusable_password()
    person.is_active = person.is_staff = person.is_superuser = False
    person.last_login = None
    person.save()
    person.groups.clear()
    person.user_permissions.clear()


def begin_night(*, night: date) -> int:
    """One job for each retention rule; the same night twice begins once."""
    for rule in privacy.rules():
        run, _ = RetentionRun.objects.get_or_create(
            rule=rule.key,
            night=night,
            defaults={"before": queries.before(rule), "started_at": clock.now()},
        )
        if run.finished_at is None:
            enqueue(NIGHT, key=f"{run.pk}:0", payload={"run_id": run.pk, "page": 0})
    return len(privacy.rules())


def retain(*, run: RetentionRun, page: int = 0) -> int:
    """Empty one page of what is past its date, and ask for the next. Returns how many rows.

    Each page is a transaction of its own: killed halfway, the night goes on where it was.
    """
    rule = privacy.rule(run.rule)
    with transaction.atomic():
        locked = RetentionRun.objects.select_for_update().get(pk=run.pk)
        if locked.finished_at is not None:
            return 0
        due = rule.due(locked.before)
        numbers = list(due.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
        rows = due.model._base_manager.filter(pk__in=numbers)
        emptied = rule.erase(rows) if numbers else 0
        locked.rows += emptied
        if emptied and len(numbers) == AT_ONCE:
            enqueue(NIGHT, key=f"{run.pk}:{page + 1}", payload={"run_id": run.pk, "page": page + 1})
        else:
            locked.finished_at = clock.now()
        locked.save(update_fields=["rows", "finished_at"])
        if emptied:
            record("retention.run", locked, by=SYSTEM, changes={"rows": (None, emptied)})
    return emptied


def remove_archives(*, rows: models.QuerySet[PersonRequest]) -> int:
    """Delete exports that have lain long enough."""
    found = list(rows)
    for request in found:
        name, request.archive.name = str(request.archive.name), ""
        request.save(update_fields=["archive"])
        transaction.on_commit(partial(default_storage.delete, name))
    return len(found)


def anonymise_all(*, rows: models.QuerySet[Any]) -> int:
    """For the rule about accounts that nobody uses; those with a role are left alone."""
    done = 0
    for person in rows:
        if not privacy.hindrances(person):
            anonymise(person=person, by=SYSTEM)
            done += 1
    return done
