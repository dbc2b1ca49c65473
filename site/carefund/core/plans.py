"""Statements of which PostgreSQL keeps the plan, for as long as a connection lasts."""
# ruff: noqa: SLF001 - what Django keeps for itself is what is spared here

from functools import lru_cache
from types import SimpleNamespace
from typing import Any

import psycopg
from psycopg._queries import PostgresQuery, _query2pg_nocache
from psycopg.types.numeric import Int8

# How often any other statement is asked before the driver keeps its plan unbidden.
NEVER_UNASKED = 2**31


def whole(connection: Any, value: Any) -> Any:
    """A number as PostgreSQL keeps it: by itself the driver would have a plan for each length."""
    return Int8(value) if type(value) is int and connection.vendor == "postgresql" else value


def _is_shared(connection: Any) -> bool:
    return bool(connection.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS"))


@lru_cache(maxsize=1024)
def _taken_apart(query: str, encoding: str) -> Any:
    """Where the values go; the driver by itself remembers that of short statements only."""
    return _query2pg_nocache(query.encode(encoding), encoding)


class _Known(PostgresQuery):
    def convert(self, query: Any, vars: Any) -> None:  # noqa: A002 - as the driver names it
        if vars is None or not isinstance(query, str):
            super().convert(query, vars)
            return
        apart = _taken_apart(query, self._tx.encoding)
        self.query, self._want_formats, self._order, self._parts = apart
        self.dump(vars)


class _Planned(psycopg.Cursor[Any]):
    """Has the connection keep the plan of a statement from its first use."""

    _query_cls = _Known

    def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
        return super().execute(query, params, **{**options, "prepare": True})


class _Told(_Planned):
    """Where statements are listed (tests, DEBUG), the driver does not say what it asked."""

    def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
        try:
            return super().execute(query, params, **options)
        finally:
            self._query: Any = self._query or SimpleNamespace(query=query.encode())


def planned(connection: Any) -> Any:
    """One whose statements the database keeps planned, where the connection is always the same.

    Behind a pool that hands out connections by transaction they cannot be kept, nor can cursors.
    """
    if connection.vendor != "postgresql" or _is_shared(connection):
        return connection.cursor()
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    with connection.wrap_database_errors:
        cursor = _Told if connection.queries_logged else _Planned
        return connection._prepare_cursor(cursor(connection.connection))


def keep_plans(connection: Any, **_signal: Any) -> None:
    """One plan for all values: only statements made by `planned` are kept, all by key."""
    if connection.vendor == "postgresql" and not _is_shared(connection):
        # Django has the driver keep none at all, not even those that are asked for.
        connection.connection.prepare_threshold = NEVER_UNASKED
        with connection.cursor() as cursor:
            cursor.execute("SET plan_cache_mode = force_generic_plan")
