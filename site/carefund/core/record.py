"""The record of who did what. `audit` stands above `core` and registers itself here."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.db import models

from .actors import SYSTEM, Actor
from .writing import Rows

Change = tuple[Any, Any]  # before, after
NOTHING = Rows()
Deed = tuple[models.Model, Mapping[str, Change]]  # what was changed, and how


@dataclass(frozen=True)
class Origin:
    """Where a change came from, as far as the request tells."""

    address: str = ""
    request_id: str = ""
    # The family of the browser ("Firefox on Windows"), never its full description.
    agent: str = ""


origin: ContextVar[Origin] = ContextVar("carefund_origin", default=Origin())  # noqa: B039 - frozen
_writers: list[Callable[..., None]] = []
_writers_of_many: list[Callable[..., None]] = []
RolesOf = Callable[[Any, models.Model], Iterable[str]]
_role_resolvers: list[RolesOf] = []


def register_writer(writer: Callable[..., None], of_many: Callable[..., None]) -> None:
    """Called once, by `audit`. Every record goes to it, inside the caller's transaction."""
    if writer not in _writers:
        _writers.append(writer)
        _writers_of_many.append(of_many)


def register_roles(resolver: RolesOf) -> None:
    """`resolver(person, obj)` says in which roles the person may act on `obj`, in words.

    Each slice that gives roles registers one in `AppConfig.ready`.
    """
    if resolver not in _role_resolvers:
        _role_resolvers.append(resolver)


def roles_of(by: Actor, obj: models.Model) -> list[str]:
    """The roles in which `by` acts on `obj`, as they are written down beside the deed."""
    if by is SYSTEM:
        return ["The service"]
    return sorted({role for resolve in _role_resolvers for role in resolve(by, obj)})


def record(
    verb: str,
    obj: models.Model,
    *,
    by: Actor,
    changes: Mapping[str, Change] | None = None,
    reason: str = "",
    rows: Rows = NOTHING,
) -> None:
    """Write that `by` did `verb` to `obj`. Fails when nobody keeps the record.

    `rows` are what was done, where one statement writes them with what is said of it.
    """
    if not _writers:
        raise RuntimeError("No record is kept: the audit app is not installed.")
    for write in _writers:
        write(verb, obj, by=by, changes=dict(changes or {}), reason=reason, rows=rows)
        rows = NOTHING


def record_all(verb: str, deeds: Sequence[Deed], *, by: Actor) -> None:
    """The same entries as `record` for each of `deeds`, written together."""
    if not _writers_of_many:
        raise RuntimeError("No record is kept: the audit app is not installed.")
    for write in _writers_of_many:
        write(verb, deeds, by=by)
