"""Everything held about a person, as JSON with their files, in one ZIP."""

import json
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

from django.db import models

from carefund.core import clock, privacy

from .queries import entries_of, files_of_person

LEFT_OUT = "not exported: it protects the account"
CHUNK = 64 * 1024
READ_ME = (
    "What the Digital Care Fund holds about one person.\n\n"
    "data.json: every kind of record with why it is held, then its rows.\n"
    "files/: the files that the person uploaded, as they are kept.\n"
)


def write(person: Any, to: IO[bytes]) -> list[dict[str, Any]]:
    """Write the archive; returns what is in it by kind."""
    kinds = list(_kinds(person))
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("read-me.txt", READ_ME)
        data = {
            "made_at": clock.now().isoformat(),
            "person": _row(person, frozenset({"password"})),
            "held": kinds,
        }
        archive.writestr("data.json", json.dumps(data, indent=1, ensure_ascii=False))
        count = 0
        for stored in files_of_person(person):
            count += 1
            with (
                stored.content.open("rb") as source,
                archive.open(f"files/{stored.pk.hex}-{stored.name}", "w") as target,
            ):
                while chunk := source.read(CHUNK):
                    target.write(chunk)
    told = [
        {"title": kind["kind"], "rows": len(kind["rows"]), "effect": "Exported"} for kind in kinds
    ]
    return [*told, {"title": "Files", "rows": count, "effect": "Exported"}] if count else told


def _kinds(person: Any) -> Iterator[dict[str, Any]]:
    for tie in privacy.ties():
        rows = [_row(row, tie.secret) for row in tie.rows(person).iterator()]
        if rows:
            yield {"kind": tie.title, "why": tie.keep or tie.says, "rows": rows}
    entries = entries_of(person).select_related("particulars", "object_type").order_by("pk")
    found = [_entry(entry, person) for entry in entries.iterator()]
    if found:
        yield {"kind": "Entries of the record", "why": "Proof of what was done.", "rows": found}


def _entry(entry: Any, person: Any) -> dict[str, Any]:
    own = entry.actor_id == person.pk
    return {
        "at": entry.at.isoformat(),
        "did": entry.verb,
        "about": entry.particulars.object_name,
        "by": "this person" if own else "somebody else",
        # Where others came from is theirs.
        "address": str(entry.particulars.address or "") if own else "",
        "agent": entry.particulars.agent if own else "",
        "reason": entry.reason if own else "",
    }


def _row(row: models.Model, secret: frozenset[str]) -> dict[str, Any]:
    return {
        field.name: LEFT_OUT if field.name in secret else _plain(field.value_from_object(row))
        for field in row._meta.concrete_fields
    }


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float | str | list | dict):
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else f"{value}"
