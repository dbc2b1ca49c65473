import secrets
from typing import Any

import structlog
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection, models, transaction

from carefund.core import clock, privacy
from carefund.core.actors import Actor
from carefund.core.prepared import Insertion
from carefund.core.record import origin, record, roles_of

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
    verb: str, obj: models.Model, *, by: Actor, changes: dict[str, Any], reason: str
) -> None:
    """Append to the record, in the transaction of the change. Writers never wait for another."""
    told = {key: [readable(old), readable(new)] for key, (old, new) in changes.items()}
    personal = privacy.personal_fields(type(obj)) & told.keys()
    source = origin.get()
    beside = Particulars(
        actor_name=str(by)[:200],
        object_name=str(obj)[:300],
        personal_changes={key: told[key] for key in sorted(personal)},
        names_salt=secrets.token_hex(16),
        address=source.address or None,
        agent=source.agent[:60],
        origin_salt=secrets.token_hex(16),
    )
    entry = Entry(
        at=clock.now(),
        actor_id=by.pk,
        roles=roles_of(by, obj),
        verb=verb,
        object_type=ContentType.objects.get_for_model(obj),
        object_id=str(obj.pk),
        changes={key: told[key] for key in told.keys() - personal},
        reason=reason,
        request_id=source.request_id,
        names_digest=names_digest(beside),
        origin_digest=origin_digest(beside),
    )
    entry.digest = digest_of(entry)
    # Without a savepoint of its own: a change whose record fails must not stand either.
    with transaction.atomic(savepoint=False):
        _add_entry(entry)
        beside.entry = entry
        _add_particulars(beside)
        _add_unsealed(Unsealed(entry=entry))
        written.send(sender=Entry, verb=verb)


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
