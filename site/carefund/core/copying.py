"""Many rows into a table at once, past the model but never past the database.

On PostgreSQL they go in through COPY, elsewhere through `executemany`; constraints and triggers
stand. Everything is in the caller's transaction.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db import connection, models


def reserve(model: type[models.Model], count: int) -> list[int]:
    """Primary keys that nobody else will be given."""
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
                [table, count],
            )
            return [number for (number,) in cursor.fetchall()]
    # SQLite lets one transaction write at a time: this one.
    last = model._base_manager.aggregate(last=models.Max("pk"))["last"] or 0
    return list(range(last + 1, last + 1 + count))


def copy_in(model: type[models.Model], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert `rows`: values by the names of attributes (`target_id`), the same ones in each.

    Every column needs a value, save for a primary key that the database gives.
    """
    if not rows:
        return
    fields = [field for field in model._meta.concrete_fields if field.attname in rows[0]]
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    into = f"{connection.ops.quote_name(model._meta.db_table)} ({columns})"
    prepared = _prepared(fields, rows)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {into} FROM STDIN") as copy:
                for row in prepared:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(fields))
        cursor.executemany(f"INSERT INTO {into} VALUES ({marks})", list(prepared))  # noqa: S608 - names of our own models


def _prepared(fields: list[Any], rows: Sequence[Mapping[str, Any]]) -> Iterator[list[Any]]:
    names = [field.attname for field in fields]
    converts = [
        (place, field.get_db_prep_save)
        for place, field in enumerate(fields)
        if not _is_plain(field)
    ]
    for row in rows:
        values = [row[name] for name in names]
        for place, convert in converts:
            values[place] = convert(values[place], connection=connection)
        yield values


# What the driver of PostgreSQL takes as it is.
_PLAIN = (
    models.AutoField,
    models.BooleanField,
    models.CharField,
    models.DateField,
    models.DecimalField,
    models.ForeignKey,
    models.SmallIntegerField,
    models.TextField,
)


def _is_plain(field: Any) -> bool:
    if connection.vendor != "postgresql":
        return isinstance(field, models.BooleanField)
    # A field of ours (money) may store another value than the one it holds.
    return isinstance(field, _PLAIN) and type(field).__module__.startswith("django.")
