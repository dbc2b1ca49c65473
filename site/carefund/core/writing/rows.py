"""Rows that belong together, written by one statement on PostgreSQL."""
# ruff: noqa: SLF001, S608 - what Django keeps for itself is spared; names are of our own models

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, DatabaseError, DataError, connections, transaction
from django.db.models import Model
from psycopg.errors import DivisionByZero

from carefund.core.plans import planned

from .statements import Insertion, Removal, Standing, Wanted, changing, key_of, removing, values_of

# A statement, its values, the column that it returns, whether it must have done something.
Part = tuple[str, list[Any], str, bool]


class Outdated(Exception):
    """Somebody wrote in between, and what was to be written must be thought over."""


@dataclass(frozen=True)
class Rows:
    """Rows to be written by one statement, all of them or none.

    `added` are as for `together`, `changed` rows that are there with the names of the fields to
    write, `removed` what to take out. With `standing` nothing of it happens unless that row is
    as expected, and every addition that must be `sure` is: `Outdated` is raised, and what was
    done before stays. It needs no transaction around it.
    """

    added: tuple[Wanted, ...] = ()
    changed: tuple[tuple[Model, Sequence[str]], ...] = ()
    removed: tuple[tuple["Removal", Mapping[str, Any]], ...] = ()
    standing: Standing | None = None

    def beside(self, *added: Wanted) -> "Rows":
        return replace(self, added=(*self.added, *added))

    def write(self) -> None:
        if self == Rows():
            return
        connection = connections[DEFAULT_DB_ALIAS]
        by_itself = connection.vendor == "postgresql" and not connection.in_atomic_block
        with transaction.atomic() if self.standing and not by_itself else nullcontext():
            if connection.vendor == "postgresql":
                _at_once(connection, self)
            else:
                _one_by_one(connection, self)


def together(*wanted: Wanted) -> None:
    """Add these rows. One that points to a row before it gets the key which that is given."""
    Rows(added=wanted).write()


def _one_by_one(connection: Any, rows: Rows) -> None:
    if rows.standing is not None:
        with planned(connection) as cursor:
            cursor.execute(*rows.standing.statement(connection))
            if cursor.fetchone() is None:
                raise Outdated
    for row, names in rows.changed:
        change(row, names)
    for insertion, row in rows.added:
        _add(connection, insertion, row)
    for removal, values in rows.removed:
        removal(**values)


def _add(connection: Any, insertion: Insertion, row: Model) -> None:
    _point_to_what_is_there(insertion, row)
    sql = insertion.statement(connection, row)
    with planned(connection) as cursor:
        cursor.execute(sql, values_of(connection, row, insertion.fields(row)))
        key = cursor.fetchone()
    if insertion.sure and key is None:
        raise Outdated
    _is_there(connection, row, key[0] if key else None)


def _at_once(connection: Any, rows: Rows) -> None:
    added = list(_adding(connection, rows.added))
    others = [*_changing_all(connection, rows), *_removing_all(connection, rows)]
    held, values = rows.standing.statement(connection) if rows.standing else ("", [])
    asked = tuple((sql, key, sure) for sql, _, key, sure in (*added, *others))
    for _, more, *_ in (*added, *others):
        values += more
    given = _asked(connection, _joined(held, asked), values)
    for (row, _), key in zip(rows.changed, given[len(added) :], strict=True):
        _must_be_there(row, there=key is not None)
    for (insertion, row), key in zip(rows.added, given, strict=False):
        _point_to_what_is_there(insertion, row)
        _is_there(connection, row, key)


def _asked(connection: Any, sql: str, values: list[Any]) -> Sequence[Any]:
    try:
        with planned(connection) as cursor:
            cursor.execute(sql, values)
            _, *given = cursor.fetchone()
    except DataError as error:
        if isinstance(error.__cause__, DivisionByZero):
            raise Outdated from error
        raise
    return given


def _adding(connection: Any, wanted: Sequence[Wanted]) -> Iterator[Part]:
    rows = [row for _, row in wanted]
    for insertion, row in wanted:
        before = _earlier(insertion, row, rows)
        fields = insertion.fields(row)
        kept = [field for field in fields if field.attname not in before] if before else fields
        sql = insertion.statement(connection, row)
        if before:
            marks = tuple(before.get(field.attname) for field in fields)
            sql = _pointing(sql, marks)
        yield sql, values_of(connection, row, kept), key_of(type(row)), insertion.sure


def _earlier(insertion: Insertion, row: Model, rows: Sequence[Model]) -> dict[str, str]:
    """Field -> the key of the part before that it points to."""
    found = {}
    for field in insertion.pointing:
        wanted = _before(row, field)
        for place, one in enumerate(rows):
            if one is wanted:
                found[field.attname] = f"(SELECT {key_of(type(one))} FROM part{place})"
    return found


@cache
def _pointing(sql: str, marks: tuple[str | None, ...]) -> str:
    first, *others = sql.split("%s")
    pieces = zip(marks, others, strict=True)
    return first + "".join((mark or "%s") + piece for mark, piece in pieces)


def _changing_all(connection: Any, rows: Rows) -> Iterator[Part]:
    for row, names in rows.changed:
        sql, fields = changing(type(row), tuple(names))
        key = key_of(type(row))
        values = values_of(connection, row, (*fields, row._meta.pk), add=False)
        yield f"{sql} RETURNING {key}", values, key, False


def _removing_all(connection: Any, rows: Rows) -> Iterator[Part]:
    for removal, values in rows.removed:
        sql = f"{removing(removal.model, removal.names)} RETURNING {key_of(removal.model)}"
        yield sql, removal.values(connection, values), "", False


@cache
def _joined(held: str, asked: tuple[tuple[str, str, bool], ...]) -> str:
    """The statements as parts of one, each only if the row that must stand does.

    Where something is not as it must be, a division by nothing undoes them all.
    """
    parts = [f"held AS ({held})"] if held else []
    needed, found = ["held"] if held else [], []
    for number, (sql, key, sure) in enumerate(asked):
        parts.append(f"part{number} AS ({_if_held(sql) if held else sql})")
        found += [f"(SELECT {key} FROM part{number})"] if key else []
        needed += [f"part{number}"] if sure else []
    stands = " + ".join(f"1 / (SELECT count(*) FROM {name})" for name in needed) or "1"
    return f"WITH {', '.join(parts)} SELECT {', '.join([stands, *found])}"


ADDS = re.compile(r" VALUES \((.*?)\)( ON CONFLICT| RETURNING )", re.DOTALL)


def _if_held(sql: str) -> str:
    """Reads the row that must stand, which is locked before anything is written."""
    if sql.startswith("INSERT"):
        return ADDS.sub(r" SELECT \1 FROM held\2", sql, count=1)
    head, returning, tail = sql.rpartition(" RETURNING ")
    return f"{head} AND EXISTS (SELECT FROM held){returning}{tail}"


def _before(row: Any, field: Any) -> Model | None:
    """The row that `field` points to, when it was not there yet when `row` was made."""
    if getattr(row, field.attname) is not None:
        return None
    found: Model | None = row._state.fields_cache.get(field.name)
    return found


def _point_to_what_is_there(insertion: Insertion, row: Model) -> None:
    for field in insertion.pointing:
        if (earlier := _before(row, field)) is not None:
            setattr(row, field.attname, earlier.pk)


def _is_there(connection: Any, row: Model, key: Any) -> None:
    if key is not None:
        row.pk = key
        row._state.adding, row._state.db = False, connection.alias


def change(row: Model, names: Sequence[str]) -> None:
    """Write the fields `names` of a row that is there, as `save(update_fields=names)` would."""
    connection = connections[DEFAULT_DB_ALIAS]
    sql, fields = changing(type(row), tuple(names))
    values = values_of(connection, row, (*fields, row._meta.pk), add=False)
    with planned(connection) as cursor:
        cursor.execute(sql, values)
        _must_be_there(row, there=cursor.rowcount == 1)


def _must_be_there(row: Model, *, there: bool) -> None:
    if not there:
        raise DatabaseError(f"{row._meta.label} {row.pk} is not there to be changed.")
