"""What is written to one row: its statement, put together once, and its values."""
# ruff: noqa: S608 - names are of our own models

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models import Model
from django.db.models.constants import OnConflict
from django.db.models.sql import InsertQuery

from carefund.core.plans import planned, whole

Wanted = tuple["Insertion", Model]
Column = Any  # a field of a model


class Insertion:
    """Adds rows of one model.

    Where a row with the same values of the fields `unique` is there already, its fields `update`
    take the new values; without `update` it stays, and the row given here gets no key. `after`
    names a number that goes up by one: a row that has another takes nothing. `sure` raises
    `Outdated` for a row that got no key.
    """

    def __init__(
        self,
        model: type[Model],
        *,
        unique: Sequence[str] = (),
        update: Sequence[str] = (),
        after: str = "",
        sure: bool = False,
    ) -> None:
        self.model, self.unique, self.update = model, unique, update
        self.after, self.sure = after, sure
        fields = [field for field in model._meta.local_concrete_fields if not field.generated]
        self._of_numbered = fields
        # The database gives the number; a key that points to another row is given with it.
        self._of_others = [field for field in fields if field is not model._meta.auto_field]
        self.pointing = [field for field in fields if field.is_relation]
        self._known: dict[tuple[str, bool], str] = {}

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
        return self._only_after(str(sql))

    def _only_after(self, sql: str) -> str:
        if not self.after:
            return sql
        table = quoted(self.model._meta.db_table)
        number = quoted(field_of(self.model, self.after).column)
        head, returning, tail = sql.rpartition(" RETURNING ")
        return f"{head} WHERE {table}.{number} = EXCLUDED.{number} - 1{returning}{tail}"

    def _named(self, names: Sequence[str]) -> list[Column]:
        return [self.model._meta.get_field(name) for name in names]


@dataclass(frozen=True)
class Standing:
    """A row that must have the values `expected`. It is locked, and given the values `changed`."""

    model: type[Model]
    pk: int
    expected: Mapping[str, Any]
    changed: Mapping[str, Any]

    def statement(self, connection: Any) -> tuple[str, list[Any]]:
        model, wanted = self.model, {"pk": self.pk, **self.expected}
        values = [
            given(connection, field_of(model, name), value)
            for name, value in (*self.changed.items(), *wanted.items())
        ]
        return _standing(model, tuple(wanted), tuple(self.changed), connection.vendor), values


@cache
def _standing(
    model: type[Model], wanted: tuple[str, ...], changed: tuple[str, ...], vendor: str
) -> str:
    table, key = quoted(model._meta.db_table), key_of(model)
    where = " AND ".join(f"{quoted(field_of(model, name).column)} = %s" for name in wanted)
    if changed:
        sets = ", ".join(f"{quoted(field_of(model, name).column)} = %s" for name in changed)
        return f"UPDATE {table} SET {sets} WHERE {where} RETURNING {key}"
    lock = " FOR UPDATE" if vendor == "postgresql" else ""
    return f"SELECT {key} FROM {table} WHERE {where}{lock}"


class Removal:
    """Takes out the rows with these values of the fields `names`; nothing may hang on them."""

    def __init__(self, model: type[Model], *names: str) -> None:
        self.model, self.names = model, names

    def __call__(self, **values: Any) -> None:
        connection = connections[DEFAULT_DB_ALIAS]
        with planned(connection) as cursor:
            cursor.execute(removing(self.model, self.names), self.values(connection, values))

    def values(self, connection: Any, wanted: Mapping[str, Any]) -> list[Any]:
        return [whole(connection, wanted[name]) for name in self.names]


@cache
def removing(model: type[Model], names: tuple[str, ...]) -> str:
    same = " AND ".join(f"{quoted(field_of(model, name).column)} = %s" for name in names)
    return f"DELETE FROM {quoted(model._meta.db_table)} WHERE {same}"


@cache
def changing(model: type[Model], names: tuple[str, ...]) -> tuple[str, tuple[Column, ...]]:
    fields: Any = tuple(field_of(model, name) for name in dict.fromkeys(names))
    columns = ", ".join(f"{quoted(field.column)} = %s" for field in fields)
    table, key = quoted(model._meta.db_table), key_of(model)
    return f"UPDATE {table} SET {columns} WHERE {key} = %s", fields


def values_of(
    connection: Any, row: Model, fields: Sequence[Column], *, add: bool = True
) -> list[Any]:
    held = row.__dict__
    return [
        given(
            connection,
            field,
            held[field.attname]
            if field.attname in held and _kept_as_it_is(field.__class__)
            else field.pre_save(row, add=add),
        )
        for field in fields
    ]


@cache
def _kept_as_it_is(kind: Hashable) -> bool:
    """Whether a field is saved as what its row holds."""
    field: Any = kind
    same: bool = field.pre_save is models.Field.pre_save
    return same


def given(connection: Any, field: Column, value: Any) -> Any:
    """As the driver is given it: as the field would, without asking it where that is known."""
    kind: Any = type(field)
    of: Any = type(value)
    if value is None or (_is_plain(kind, of, connection.vendor) and not _lacks_zone(value)):
        return value
    if of is int and (kind is models.ForeignKey or kind is models.OneToOneField):
        return whole(connection, value)
    return whole(connection, field.get_db_prep_save(value, connection))


def _lacks_zone(value: Any) -> bool:
    """A moment without a zone is put right, and warned of, by the field."""
    return type(value) is datetime and value.tzinfo is None


@cache
def _is_plain(kind: Hashable, of: type, vendor: str) -> bool:
    """Whether the driver takes a value of this very type from such a field as it is."""
    field: Any = kind
    if field.get_db_prep_save is not models.Field.get_db_prep_save:
        return False
    prepared = field.get_prep_value, field.get_db_prep_value
    if of is str:
        return prepared in _TEXTS
    return vendor == "postgresql" and prepared == _OTHERS.get(of)


_TEXTS = {
    (kind.get_prep_value, kind.get_db_prep_value) for kind in (models.CharField, models.TextField)
}
_OTHERS: dict[type, Any] = {
    bool: (models.BooleanField.get_prep_value, models.BooleanField.get_db_prep_value),
    datetime: (models.DateTimeField.get_prep_value, models.DateTimeField.get_db_prep_value),
}


def field_of(model: type[Model], name: str) -> Column:
    return model._meta.pk if name == "pk" else model._meta.get_field(name)


@cache
def key_of(model: type[Model]) -> str:
    """The column of the primary key, as statements name it."""
    return quoted(field_of(model, "pk").column)


def quoted(name: str) -> str:
    return str(connections[DEFAULT_DB_ALIAS].ops.quote_name(name))
