"""Questions of every request: their SQL is worked out once for the process, and then only asked.

Django writes the SQL of a query anew each time, and the database plans it anew; for a question
with many tables both take longer than to answer it. What is asked stays the query set itself.
"""
# ruff: noqa: SLF001 - what Django keeps for itself is what is spared here

import re
from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet
from django.db.models.query import (
    FlatValuesListIterable,
    ModelIterable,
    ValuesListIterable,
    get_related_populators,
)
from psycopg.sql import quote

from .making import Maker
from .plans import planned, whole

T = TypeVar("T")
# Values that stand for others while the SQL is written; no row of ours has them.
NUMBER, DAY = 7_100_000_000_000_000_000, datetime(9000, 1, 1, tzinfo=UTC)


class Prepared(Generic[T]):
    """`build(**values)` gives the query set; calling asks it with other values of the same types.

    Values are whole numbers, texts, days, moments or lists of these, never None; they may only
    be compared with, and must not decide how the query is put together.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, T]]) -> None:
        self.build = build
        self._known: dict[Any, Written | None] = {}

    def __call__(self, **values: Any) -> list[T]:
        connection = connections[DEFAULT_DB_ALIAS]
        lengths = [len(value) if isinstance(value, list) else None for value in values.values()]
        shape = (connection.vendor, *values, *lengths)
        if shape not in self._known:
            self._known[shape] = _write(self.build, connection, values)
        written = self._known[shape]
        return written.ask(connection, values) if written else []

    def first(self, **values: Any) -> T | None:
        return next(iter(self(**values)), None)


@dataclass(frozen=True)
class _Slot:
    """Where in the parameters which value goes, and as what."""

    position: int
    name: str
    index: int | None
    kind: Callable[[Any], Any]

    def fill(self, values: dict[str, Any]) -> Any:
        value = values[self.name]
        return self.kind(value if self.index is None else value[self.index])


@dataclass(frozen=True)
class Written:
    rows: QuerySet[Any, Any]
    compiler: Any
    sql: str
    parameters: Sequence[Any]
    slots: list[_Slot]
    reading: "_Reading | _Values | None"

    def ask(self, connection: Any, values: dict[str, Any], *, once: bool = False) -> list[Any]:
        """`once` is for what may never be asked again: no plan is kept of it."""
        parameters = list(self.parameters)
        for slot in self.slots:
            parameters[slot.position] = slot.fill(values)
        with connection.cursor() if once else planned(connection) as cursor:
            cursor.execute(self.sql, parameters)
            answer = [cursor.fetchall()]
        return self._read(connection, answer)

    def _read(self, connection: Any, answer: list[list[Any]]) -> list[Any]:
        """The rows as the query set gives them, from what the database answered."""
        if self.reading is not None:
            return self.reading.objects(connection, answer[0])
        compiler, query = copy(self.compiler), copy(self.rows.query)
        compiler.connection = connection
        compiler.execute_sql = lambda *_args, **_options: answer
        query.get_compiler = lambda *_args, **_options: compiler  # type: ignore[method-assign]
        found: Any = QuerySet(self.rows.model, query, connection.alias)
        for name in ("_iterable_class", "_fields", "_known_related_objects"):
            setattr(found, name, getattr(self.rows, name))
        return list(found)


@dataclass(frozen=True)
class _Reading:
    """How rows become objects, as Django's `ModelIterable` finds out anew for each question."""

    # Of the rows themselves, then of what is beside them.
    makers: list[Maker]
    start: int
    end: int
    names: list[str]
    beside: list[Any]
    annotations: dict[str, int]
    converters: dict[int, Any]

    def objects(self, connection: Any, rows: list[Any]) -> list[Any]:
        found = []
        for maker in self.makers:
            maker.begin()
        shared: dict[Any, Any] = {}
        for row in _converted(connection, rows, self.converters):
            one = self.makers[0].from_db(connection.alias, self.names, row[self.start : self.end])
            for populator in self.beside:
                _populate(populator, row, one, shared)
            for name, position in self.annotations.items():
                setattr(one, name, row[position])
            found.append(one)
        return found


def _populate(populator: Any, row: Any, one: Any, shared: dict[Any, Any]) -> None:
    """As Django's `RelatedPopulator.populate`; rows that belong to the same get the same object."""
    if populator.reorder_for_init:
        populator.populate(row, one)
        return
    data = row[populator.cols_start : populator.cols_end]
    key = data[populator.pk_idx]
    made = None
    if key is not None:
        made = shared.get((populator, key))
        if made is None:
            made = populator.model_cls.from_db(populator.db, populator.init_list, data)
            shared[populator, key] = made
            for further in populator.related_populators:
                _populate(further, row, made, shared)
    populator.local_setter(one, made)
    if made is not None:
        populator.remote_setter(made, one)


@dataclass(frozen=True)
class _Values:
    """Rows as `values_list` gives them."""

    flat: bool
    converters: dict[int, Any]

    def objects(self, connection: Any, rows: list[Any]) -> list[Any]:
        found = _converted(connection, rows, self.converters)
        return [row[0] for row in found] if self.flat else [tuple(row) for row in found]


def _converted(connection: Any, rows: list[Any], by_place: dict[int, Any]) -> list[Any]:
    if not by_place:
        return rows
    changed = [list(row) for row in rows]
    for position, (converters, expression) in by_place.items():
        for row in changed:
            for converter in converters:
                row[position] = converter(row[position], expression, connection)
    return changed


def _reading(rows: Any, compiler: Any, connection: Any) -> _Reading | _Values | None:
    """None for what becomes something else; a query set reads that itself."""
    select, about = compiler.select, compiler.klass_info
    columns = [column for column, *_ in select[: compiler.col_count]]
    if compiler.has_composite_fields(columns):
        return None
    if rows._iterable_class in (ValuesListIterable, FlatValuesListIterable):
        flat = rows._iterable_class is FlatValuesListIterable
        return _Values(flat, compiler.get_converters(columns))
    if rows._iterable_class is not ModelIterable or rows._known_related_objects:
        return None
    fields = about["select_fields"]
    start, end = fields[0], fields[-1] + 1
    beside, makers = _beside(about, select, connection.alias)
    return _Reading(
        [Maker(about["model"]), *makers],
        start,
        end,
        [column.target.attname for column, *_ in select[start:end]],
        beside,
        compiler.annotation_col_map or {},
        compiler.get_converters(columns),
    )


def _beside(about: Any, select: Any, alias: str) -> tuple[list[Any], list[Maker]]:
    """What fills in related objects, at any depth, and what makes them."""
    populators: Any = get_related_populators
    found: list[Any] = populators(about, select, alias)
    waiting, makers = list(found), []
    while waiting:
        one = waiting.pop()
        one.model_cls = Maker(one.model_cls)
        makers.append(one.model_cls)
        waiting += one.related_populators
    return found, makers


def _write(build: Any, connection: Any, values: dict[str, Any]) -> Written | None:
    standing: dict[Any, tuple[str, int | None]] = {}
    placed = {
        name: [_marker(standing, one, (name, at)) for at, one in enumerate(value)]
        if isinstance(value, list)
        else _marker(standing, value, (name, None))
        for name, value in values.items()
    }
    rows = build(**placed)
    try:
        plain = as_it_stands(rows, connection)
    except EmptyResultSet:
        return None
    parameters = plain.parameters
    slots = []
    known = {_adapted(connection, marker): marker for marker in standing}
    for position, found in enumerate(parameters):
        marker = known.get(found) if isinstance(found, int | str | date) else None
        if marker is not None:
            name, index = standing[marker]
            slots.append(_Slot(position, name, index, _kind(connection, marker, found)))
    if {(slot.name, slot.index) for slot in slots} != set(standing.values()):
        raise TypeError("A value is not compared with as it was given.")
    return with_constants(replace(plain, slots=slots), connection)


def as_it_stands(rows: Any, connection: Any) -> Written:
    """The statement of a query set with the values it has. Raises `EmptyResultSet`."""
    if rows._prefetch_related_lookups:
        raise TypeError("What is read in statements of its own cannot be prepared.")
    compiler = rows.query.get_compiler(using=connection.alias)
    sql, parameters = compiler.as_sql()
    return Written(rows, compiler, sql, parameters, [], _reading(rows, compiler, connection))


def with_constants(written: Written, connection: Any) -> Written:
    """The same with what never changes in the statement itself, where plans are kept."""
    if connection.vendor != "postgresql":
        return written
    sql, parameters, slots = _with_constants(written.sql, written.parameters, written.slots)
    return replace(written, sql=sql, parameters=parameters, slots=slots)


def _with_constants(
    sql: str, parameters: Sequence[Any], slots: list[_Slot]
) -> tuple[str, list[Any], list[_Slot]]:
    """What is the same each time stands in the statement: PostgreSQL plans by how rare it is."""
    filled = {slot.position for slot in slots}
    kept = [
        position
        for position, value in enumerate(parameters)
        if position in filled or not isinstance(value, str | int)
    ]
    pieces = iter(enumerate(parameters))

    def written(found: re.Match[str]) -> str:
        if found[0] == "%%":
            return "%%"
        position, value = next(pieces)
        return "%s" if position in kept else _constant(value).replace("%", "%%")

    sql = re.sub("%[%s]", written, sql)
    moved = [replace(slot, position=kept.index(slot.position)) for slot in slots]
    return sql, [parameters[position] for position in kept], moved


def _constant(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return quote(str(value)) if isinstance(value, str) else str(int(value))


def _marker(standing: dict[Any, Any], value: Any, place: tuple[str, int | None]) -> Any:
    number = len(standing)
    if isinstance(value, datetime):
        marker: Any = DAY + timedelta(days=number)
    elif isinstance(value, date):
        marker = (DAY + timedelta(days=number)).date()
    elif isinstance(value, int):
        marker = NUMBER + number
    elif isinstance(value, str):
        marker = f"\x01{number}\x01"
    else:
        raise TypeError(f"{place[0]} is {value!r}, which cannot be prepared for.")
    standing[marker] = place
    return marker


def _adapted(connection: Any, value: Any) -> Any:
    """As the database is given it."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    return value


def _kind(connection: Any, marker: Any, found: Any) -> Callable[[Any], Any]:
    if isinstance(marker, date):
        return lambda value: _adapted(connection, value)
    if isinstance(found, int):
        return lambda value: whole(connection, int(value))
    return type(found)
