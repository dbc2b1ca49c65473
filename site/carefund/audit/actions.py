import secrets
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from datetime import datetime
from types import SimpleNamespace
from typing import Any, NamedTuple

import structlog
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection, models, transaction

from carefund.core import clock, privacy
from carefund.core.actors import Actor
from carefund.core.copying import copy_in, reserve
from carefund.core.making import new
from carefund.core.record import NOTHING, Change, Deed, origin, record, roles_of
from carefund.core.writing import Insertion, Rows

from .content import (
    BEGINNING,
    digest_of,
    link_hash,
    names_digest,
    origin_digest,
    readable,
    signature,
)
from .models import Entry, Link, Particulars, Seal, Unsealed
from .signals import written

SEALED_AT_ONCE = 1000
LOCK = 0x63_61_72_65  # the number of the sealer's lock in PostgreSQL
_add_entry, _add_particulars = Insertion(Entry), Insertion(Particulars)
_add_unsealed = Insertion(Unsealed)
log = structlog.get_logger("carefund.audit.seals")


def write_entry(
    verb: str,
    obj: models.Model,
    *,
    by: Actor,
    changes: dict[str, Any],
    reason: str,
    rows: Rows = NOTHING,
) -> None:
    """Append to the record, in the transaction of the change. Writers never wait for another."""
    told, named = _entry(verb, _named(obj, by), changes, by=by, reason=reason, at=clock.now())
    entry = new(Entry, **told)
    # Without a savepoint of its own: a change whose record fails must not stand either. Rows that
    # are written only where another stands are one statement, all or nothing.
    with nullcontext() if rows.standing else transaction.atomic(savepoint=False):
        rows.beside(
            (_add_entry, entry),
            (_add_particulars, new(Particulars, entry=entry, **named)),
            (_add_unsealed, new(Unsealed, entry=entry)),
        ).write()
        written.send(sender=Entry, verb=verb)


def write_entries(verb: str, deeds: Sequence[Deed], *, by: Actor) -> None:
    """The same entries for many deeds, in three statements however many there are."""
    if not deeds:
        return
    about: dict[tuple[type[models.Model], Any], _Subject] = {}
    moment, entries, beside = clock.now(), [], []
    for (obj, changes), number in zip(deeds, reserve(Entry, len(deeds)), strict=True):
        key = (type(obj), obj.pk)
        subject = about.get(key) or about.setdefault(key, _named(obj, by))
        told, named = _entry(verb, subject, changes, by=by, at=moment)
        entries.append({"id": number, **told})
        beside.append({"entry_id": number, **named})
    with transaction.atomic():
        copy_in(Entry, entries)
        copy_in(Particulars, beside)
        copy_in(Unsealed, [{"entry_id": entry["id"]} for entry in entries])
        written.send(sender=Entry, verb=verb)


class _Subject(NamedTuple):
    """What an entry says of the thing it is about, which is the same for all of its entries."""

    kind: int
    pk: str
    name: str
    roles: list[str]
    personal: frozenset[str]


def _named(obj: models.Model, by: Actor) -> _Subject:
    kind = ContentType.objects.get_for_model(obj).pk
    personal = frozenset(privacy.personal_fields(type(obj)))
    return _Subject(kind, str(obj.pk), str(obj)[:300], roles_of(by, obj), personal)


def _entry(
    verb: str,
    subject: _Subject,
    changes: Mapping[str, Change],
    *,
    by: Actor,
    at: datetime,
    reason: str = "",
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The values of an entry and of its particulars, with their digests."""
    told = {key: [readable(old), readable(new)] for key, (old, new) in changes.items()}
    personal = subject.personal & told.keys()
    source = origin.get()
    beside = {
        "actor_name": str(by)[:200],
        "object_name": subject.name,
        "personal_changes": {key: told[key] for key in sorted(personal)},
        "names_salt": secrets.token_hex(16),
        "address": source.address or None,
        "agent": source.agent[:60],
        "origin_salt": secrets.token_hex(16),
    }
    named = SimpleNamespace(**beside)
    entry = {
        "at": at,
        "actor_id": by.pk,
        "roles": subject.roles,
        "verb": verb,
        "object_type_id": subject.kind,
        "object_id": subject.pk,
        "changes": {key: told[key] for key in told.keys() - personal},
        "reason": reason,
        "request_id": source.request_id,
        "names_digest": names_digest(named),
        "origin_digest": origin_digest(named),
    }
    entry["digest"] = digest_of(SimpleNamespace(**entry))
    return entry, beside


def seal() -> int:
    """Link every entry that can be seen and is not yet in the chain. Returns how many.

    Entries get their place in the order in which sealers see them, not of their numbers: one
    whose transaction ended late comes later. One sealer works at a time; a second finds nothing.
    """
    linked = 0
    while batch := _seal_batch():
        linked += batch
    return linked


def _seal_batch() -> int:
    with transaction.atomic():
        if not _only_sealer():
            return 0
        waiting = list(
            Entry.objects.filter(pk__in=Unsealed.objects.order_by("pk").values("pk"))
            .order_by("pk")
            .values_list("pk", "digest")[:SEALED_AT_ONCE]
        )
        if not waiting:
            return 0
        last = Link.objects.order_by("-position").first()
        position, head = (last.position, last.hash) if last else (0, BEGINNING)
        links = []
        for entry_id, digest in waiting:
            position += 1
            previous, head = head, link_hash(position, entry_id, digest, head)
            links.append(Link(position=position, entry_id=entry_id, previous=previous, hash=head))
        Link.objects.bulk_create(links)
        Unsealed.objects.filter(pk__in=[pk for pk, _ in waiting]).delete()
        _set_seal(position, head)
    return len(links)


def _only_sealer() -> bool:
    """In PostgreSQL a lock for this transaction; SQLite has one writer at a time anyway."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        return bool(cursor.fetchone()[0])


def _set_seal(position: int, head: str) -> None:
    """Note the head here, and in the log, which leaves the database's reach."""
    signed = signature(settings.AUDIT_KEY, position, head)
    Seal.objects.create(position=position, hash=head, signature=signed, sealed_at=clock.now())
    told = {"position": position, "head": head, "signature": signed}
    transaction.on_commit(lambda: log.info("audit.sealed", **told))


def note_export(*, form: str, wanted: dict[str, str], by: Any) -> None:
    """Put on the record that somebody took a copy of it, and of which part."""
    changes = {name.replace("_", " "): (None, value) for name, value in wanted.items()}
    record("record.export", by, by=by, changes={"format": (None, form), **changes})


def erase_names(*, entries: models.QuerySet[Entry]) -> int:
    """Take the names out of `entries`; what was done stays. Returns how many were emptied."""
    rows = Particulars.objects.filter(entry__in=entries).exclude(names_salt="")
    return rows.update(names_salt="", actor_name="", object_name="", personal_changes={})


def erase_origins(*, entries: models.QuerySet[Entry]) -> int:
    """Take the addresses and browsers out of `entries`. Returns how many were emptied."""
    rows = Particulars.objects.filter(entry__in=entries).exclude(origin_salt="")
    return rows.update(origin_salt="", address=None, agent="")
