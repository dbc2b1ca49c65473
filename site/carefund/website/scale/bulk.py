"""Rows by the hundred thousand, past the model but never past the database.

On PostgreSQL they go in through COPY, elsewhere through `executemany`; constraints and triggers
stand, and are checked batch by batch.
"""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models
from django.db.models import Max

BATCH = 40_000
# What the driver of PostgreSQL takes as it is.
PLAIN = (
    models.AutoField,
    models.BooleanField,
    models.CharField,
    models.DateField,
    models.DecimalField,
    models.ForeignKey,
    models.SmallIntegerField,
    models.TextField,
)


class Table:
    """How rows of one model are written: its columns, what is left out, what is converted."""

    def __init__(self, model: type[models.Model]) -> None:
        self.model = model
        fields = [field for field in model._meta.concrete_fields if not field.generated]
        self.names = [field.attname for field in fields]
        self.defaults = dict(_defaults(fields))
        self.converts = [
            (place, partial(field.get_db_prep_save, connection=connection))
            for place, field in enumerate(fields)
            if not _is_plain(field)
        ]
        columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
        self.into = f"{connection.ops.quote_name(model._meta.db_table)} ({columns})"
        self.pk: str = model._meta.pk.attname
        self.numbered = isinstance(model._meta.pk, models.AutoField)
        last = model._base_manager.aggregate(last=Max("pk"))["last"] if self.numbered else 0
        self.last: int = last or 0
        self.rows: list[tuple[Any, ...]] = []

    def add(self, values: dict[str, Any]) -> Any:
        if self.numbered and self.pk not in values:
            self.last += 1
            values[self.pk] = self.last
        whole = {**self.defaults, **values}
        if len(whole) != len(self.names):
            odd = sorted(set(self.names) ^ whole.keys())
            raise ValueError(f"{self.model.__name__}: missing or unknown {odd}")
        self.rows.append(tuple(map(whole.__getitem__, self.names)))
        return values[self.pk]

    def prepared(self) -> Iterable[list[Any]]:
        for row in self.rows:
            values = list(row)
            for place, convert in self.converts:
                values[place] = convert(values[place])
            yield values


def _is_plain(field: Any) -> bool:
    if type(field) is models.BooleanField or connection.vendor != "postgresql":
        return isinstance(field, models.BooleanField)
    return isinstance(field, PLAIN)


def _defaults(fields: Iterable[Any]) -> Iterable[tuple[str, Any]]:
    """Only defaults that are the same every time: a moment has to be given."""
    for field in fields:
        if field.primary_key:
            continue
        if field.has_default():
            if not callable(field.default) or field.default in {dict, list}:
                yield field.attname, field.get_default()
        elif field.null:
            yield field.attname, None
        elif field.blank and isinstance(field, models.CharField | models.TextField):
            yield field.attname, ""


class Bulk:
    """`order` has every model that is written, those that others point to first."""

    def __init__(self, order: Iterable[type[models.Model]], say: Callable[[str], None]) -> None:
        self.tables = {model: Table(model) for model in order}
        self.say = say
        self.waiting = 0
        self.written = 0
        if connection.vendor == "postgresql":
            # Checked at each batch: a million checks left to the end would be held in memory.
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    def add(self, model: type[models.Model], **values: Any) -> Any:
        """Put a row on its way, by attribute names (`bid_id`), and return its primary key."""
        self.waiting += 1
        return self.tables[model].add(values)

    def breathe(self) -> None:
        """Between two cases, when everything that they point to is there: write if it is much."""
        if self.waiting >= BATCH:
            self.flush()

    def flush(self) -> None:
        with connection.cursor() as cursor:
            for table in self.tables.values():
                if table.rows:
                    _write(cursor, table)
                    table.rows = []
        self.written += self.waiting
        self.waiting = 0

    def finish(self) -> None:
        self.flush()
        models_written = [table.model for table in self.tables.values() if table.numbered]
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), models_written):
                cursor.execute(statement)


def _write(cursor: Any, table: Table) -> None:
    if connection.vendor == "postgresql":
        with cursor.copy(f"COPY {table.into} FROM STDIN") as copy:
            for row in table.prepared():
                copy.write_row(row)
        return
    marks = ", ".join(["%s"] * len(table.names))
    sql = f"INSERT INTO {table.into} VALUES ({marks})"  # noqa: S608 - names of our own models
    cursor.executemany(sql, list(table.prepared()))
