"""Query sets asked again within a while: their statement is not put together anew.

Unlike `Prepared`, nothing about the values is known beforehand: a statement is kept with the very
values it has, for who asks exactly the same. What people ask again is a list with its usual
filters; its rows are asked of the database every time.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet

from .keeping import Lately
from .prepared import Written, as_it_stands, with_constants

MOST = 200


@dataclass
class _Kept:
    written: Written
    again: bool = False


class Statements:
    """The statements asked last, each known by `key`, which decides all that it says."""

    def __init__(self, most: int = MOST) -> None:
        self._kept: Lately[_Kept] = Lately(most)

    def ask(self, key: Hashable, build: Callable[[], QuerySet[Any, Any]]) -> list[Any]:
        """The rows of what `build` gives; it is only called where the statement is not known."""
        connection = connections[DEFAULT_DB_ALIAS]
        kept = self._kept.find(key)
        if kept is None:
            try:
                written = with_constants(as_it_stands(build(), connection), connection)
            except EmptyResultSet:
                return []
            kept = self._kept.keep(key, _Kept(written))
        # A plan is kept of what was asked twice: most words are searched for once.
        once, kept.again = not kept.again, True
        return kept.written.ask(connection, {}, once=once)


def told(rows: QuerySet[Any, Any]) -> Hashable | None:
    """All that decides which rows these are, in which order, with what worked out beside them.

    The statement itself, with its values, for the key of each row and what is annotated. None
    for what has no statement, or values that have no plain equality.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    plain = rows.values("pk", *rows.query.annotation_select)
    try:
        sql, values = plain.query.get_compiler(using=connection.alias).as_sql()
        key = (connection.vendor, rows.model, sql, tuple((type(one), one) for one in values))
        hash(key)
    except (EmptyResultSet, TypeError):
        return None
    return key
