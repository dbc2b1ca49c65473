"""The record of who did what. `audit` stands above `core` and registers itself here."""

from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.db import models

from .actors import Actor

Change = tuple[Any, Any]  # before, after


@dataclass(frozen=True)
class Origin:
    """Where a change came from, as far as the request tells."""

    address: str = ""
    request_id: str = ""


origin: ContextVar[Origin] = ContextVar("carefund_origin", default=Origin())  # noqa: B039 - frozen
_writers: list[Callable[..., None]] = []


def register_writer(writer: Callable[..., None]) -> None:
    """Called once, by `audit`. Every record goes to it, inside the caller's transaction."""
    if writer not in _writers:
        _writers.append(writer)


def record(
    verb: str,
    obj: models.Model,
    *,
    by: Actor,
    changes: Mapping[str, Change] | None = None,
    reason: str = "",
) -> None:
    """Write that `by` did `verb` to `obj`. Fails when nobody keeps the record."""
    if not _writers:
        raise RuntimeError("No record is kept: the audit app is not installed.")
    for write in _writers:
        write(verb, obj, by=by, changes=dict(changes or {}), reason=reason)
