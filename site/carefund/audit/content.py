"""What exactly of an entry is proved, byte for byte."""

import hashlib
import hmac
import json
from datetime import UTC, date, datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db import models

BEGINNING = "0" * 64
PERSON = "person"


_encode = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode


def canonical(values: Any) -> bytes:
    """The same values are the same bytes, on every database and in every version of Python."""
    return _encode(values).encode()


def sha256(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def digest_of(entry: Any) -> str:
    at = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    values = {
        "at": at,
        "actor": entry.actor_id,
        "roles": entry.roles,
        "verb": entry.verb,
        "object": [entry.object_type_id, entry.object_id],
        "changes": entry.changes,
        "reason": entry.reason,
        "request": entry.request_id,
        "names": entry.names_digest,
        "origin": entry.origin_digest,
    }
    return hashlib.sha256(canonical(values)).hexdigest()


def names_digest(row: Any) -> str:
    values = [row.names_salt, row.actor_name, row.object_name, row.personal_changes]
    return hashlib.sha256(canonical(values)).hexdigest()


def origin_digest(row: Any) -> str:
    values = [row.origin_salt, str(row.address or ""), row.agent]
    return hashlib.sha256(canonical(values)).hexdigest()


def link_hash(position: int, entry_id: int, digest: str, previous: str) -> str:
    return sha256(str(position), str(entry_id), digest, previous)


def signature(key: str, position: int, head: str) -> str:
    if not key:
        return ""
    return hmac.new(key.encode(), f"{position}:{head}".encode(), "sha256").hexdigest()


def readable(value: Any) -> Any:
    """`value` as JSON can hold it, without loss of pence or time zone; a person as a number."""
    if value is None or isinstance(value, bool | int | str):
        return str(value) if isinstance(value, str) else value
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, list | tuple | set | frozenset | models.QuerySet):
        return [readable(item) for item in value]
    return {PERSON: value.pk} if isinstance(value, get_user_model()) else str(value)
