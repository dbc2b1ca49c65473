"""Rows added and changed by statements that are written once: without signals or `save`.

On PostgreSQL rows that belong together go in by one statement, whose plan the database keeps.
"""
# ruff: noqa: SLF001, S608 - what Django keeps for itself is spared; names are of our own models

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.models import Model
from django.db.models.constants import OnConflict
from django.db.models.sql import InsertQuery

from .plans import planned, whole

Wanted = tuple["Insertion", Model]
Column = Any  # a field of a model


class Insertion:
    """Adds rows of one model.

    Where a row with the same values of the fields `unique` is there already, its fields `update`
    take the new values; without `update` it stays, and the row given here gets no key.
    """

    def __init__(
        self, model: type[Model], *, unique: Sequence[str] = (), update: Sequence[str] = ()
    ) -> None:
        self.model, self.unique, self.update = model, unique, update
        fields = [field for field in model._meta.local_concrete_fields if not field.generated]
        self._of_numbered = fields
        # The database gives the number; a key that points to another row is given with it.
        self._of_others = [field for field in fields if field is not model._meta.auto_field]
        self._known: dict[tuple[str, bool], str] = {}

    def __call__(self, row: Model) -> None:
        together((self, row))

    def fields(self, row: Model) -> list[Column]:
        return self._of_others if row.pk is None else self._of_numbered

    def statement(self, connection: Any, row: Model) -> str:
        known = (connection.vendor, row.pk is None)
        if known not in self._known:
            self._known[known] = self._written(connection, row)
        return self._known[known]

    def _written(self, connection: Any, row: Model) -> str:
        clash = (OnConflict.UPDATE if self.update else OnConflict.IGNORE) if self.unique else None
        query = InsertQuery(
            self.model,
            on_conflict=clash,
            update_fields=self._named(self.update),
            unique_fields=self._named(self.unique),
        )
        query.insert_values(self.fields(row), [row])
        compiler: Any = query.get_compiler(using=connection.alias)
        compiler.returning_fields = [self.model._meta.pk]
        ((sql, _),) = compiler.as_sql()
        return str(sql)

    def _named(self, names: Sequence[str]) -> list[Column]:
        return [self.model._meta.get_field(name) for name in names]


def together(*wanted: Wanted) -> None:
    """Add these rows. One that points to a row before it gets the key which that is given."""
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.vendor == "postgresql" and len(wanted) > 1:
        _in_one_statement(connection, wanted)
    else:
        for insertion, row in wanted:
            _add(connection, insertion, row)


def _add(connection: Any, insertion: Insertion, row: Model) -> None:
    fields = insertion.fields(row)
    for field in fields:
        if (earlier := _before(row, field)) is not None:
            setattr(row, field.attname, earlier.pk)
    sql = insertion.statement(connection, row)
    with planned(connection) as cursor:
        cursor.execute(sql, _values(connection, row, fields))
        key = cursor.fetchone()
    _is_there(connection, row, key[0] if key else None)


def _in_one_statement(connection: Any, wanted: Sequence[Wanted]) -> None:
    rows = [row for _, row in wanted]
    values: list[Any] = []
    shape: list[Any] = []
    for insertion, row in wanted:
        fields = insertion.fields(row)
        before = [_place(rows, _before(row, field)) for field in fields]
        kept = [field for field, place in zip(fields, before, strict=True) if place is None]
        values += _values(connection, row, kept)
        shape.append((insertion.statement(connection, row), tuple(before)))
    keys = tuple(row._meta.pk.column for row in rows)
    with planned(connection) as cursor:
        cursor.execute(_joined(tuple(shape), keys), values)
        given = cursor.fetchone()
    for (insertion, row), key in zip(wanted, given, strict=True):
        for field in insertion.fields(row):
            if (earlier := _before(row, field)) is not None:
                setattr(row, field.attname, earlier.pk)
        _is_there(connection, row, key)


@cache
def _joined(shape: tuple[tuple[str, tuple[int | None, ...]], ...], keys: tuple[str, ...]) -> str:
    """The statements as parts of one; `before` says which values are keys of parts before."""
    parts = []
    for number, (sql, before) in enumerate(shape):
        first, *others = sql.split("%s")
        marks = ["%s" if at is None else f'(SELECT "{keys[at]}" FROM part{at})' for at in before]
        filled = "".join(mark + piece for mark, piece in zip(marks, others, strict=True))
        parts.append(f"part{number} AS ({first}{filled})")
    found = ", ".join(f'(SELECT "{key}" FROM part{number})' for number, key in enumerate(keys))
    return f"WITH {', '.join(parts)} SELECT {found}"


def _before(row: Model, field: Column) -> Model | None:
    """The row that `field` points to, when it was not there yet when `row` was made."""
    if not field.is_relation or getattr(row, field.attname) is not None:
        return None
    found: Model | None = row._state.fields_cache.get(field.name)
    return found


def _place(rows: Sequence[Model], wanted: Model | None) -> int | None:
    return next((at for at, row in enumerate(rows) if row is wanted), None)


def _values(connection: Any, row: Model, fields: Sequence[Column]) -> list[Any]:
    return [
        whole(connection, field.get_db_prep_save(field.pre_save(row, add=True), connection))
        for field in fields
    ]


def _is_there(connection: Any, row: Model, key: Any) -> None:
    if key is not None:
        row.pk = key
        row._state.adding, row._state.db = False, connection.alias


def change(row: Model, names: Sequence[str]) -> None:
    """Write the fields `names` of a row that is there, as `save(update_fields=names)` would."""
    connection = connections[DEFAULT_DB_ALIAS]
    sql, fields = _changing(type(row), tuple(names))
    values = [
        whole(connection, field.get_db_prep_save(field.pre_save(row, add=False), connection))
        for field in (*fields, row._meta.pk)
    ]
    with planned(connection) as cursor:
        cursor.execute(sql, values)
        if cursor.rowcount != 1:
            raise DatabaseError(f"{row._meta.label} {row.pk} is not there to be changed.")


@cache
def _changing(model: type[Model], names: tuple[str, ...]) -> tuple[str, tuple[Column, ...]]:
    quote = connections[DEFAULT_DB_ALIAS].ops.quote_name
    fields: Any = tuple(model._meta.get_field(name) for name in dict.fromkeys(names))
    columns = ", ".join(f"{quote(field.column)} = %s" for field in fields)
    table, key = quote(model._meta.db_table), quote(str(model._meta.pk.column))
    return f"UPDATE {table} SET {columns} WHERE {key} = %s", fields


class Removal:
    """Takes out the rows with these values of the fields `names`; nothing may hang on them."""

    def __init__(self, model: type[Model], *names: str) -> None:
        self.model, self.names = model, names

    def __call__(self, **values: Any) -> None:
        connection = connections[DEFAULT_DB_ALIAS]
        with planned(connection) as cursor:
            given = [whole(connection, values[name]) for name in self.names]
            cursor.execute(_removing(self.model, self.names), given)


@cache
def _removing(model: type[Model], names: tuple[str, ...]) -> str:
    quote = connections[DEFAULT_DB_ALIAS].ops.quote_name
    columns: Any = [model._meta.get_field(name).column for name in names]  # type: ignore[union-attr]
    same = " AND ".join(f"{quote(column)} = %s" for column in columns)
    return f"DELETE FROM {quote(model._meta.db_table)} WHERE {same}"
