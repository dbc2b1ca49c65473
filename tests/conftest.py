"""A hostile run: no sleeping, no network, warnings are errors, the clock can be set."""

import gc
import os
from datetime import UTC, datetime

import pytest
from django.core.cache import cache
from django.db import connection
from django.db.backends.base.operations import BaseDatabaseOperations
from django.db.backends.postgresql.operations import DatabaseOperations as PostgresOperations
from django.db.backends.sqlite3.base import DatabaseOperations

from carefund.core.models import Job
from carefund.core.work.queue import run
from tests.support import signing_in
from tests.support.database import prepare
from tests.support.standing import (  # noqa: F401 - hooks and fixtures work where pytest finds them
    _django_db_helper,
    _stand,
    _standing,
    pytest_collection_modifyitems,
    pytest_runtest_setup,
    story,
)

# Playwright runs an event loop in the test's own thread; the tests themselves are synchronous.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# Whoever a test signs in has shown a second factor; tests of signing in use `plainly`.
signing_in.install()


def pytest_collection_finish():
    """What is loaded by now stays; looking through it again and again costs a fifth of a run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_keepdb):
    """SQLite keeps the migrated copy that it begins with; it lies in a temporary folder."""
    return connection.vendor == "sqlite" or django_db_keepdb


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    prepare(connection.settings_dict)


@pytest.fixture(autouse=True)
def clean_cache():
    cache.clear()


@pytest.fixture(autouse=True)
def known_time(time_machine):
    """Every test begins at the same moment."""
    time_machine.move_to(datetime(2026, 6, 15, 9, 0, tzinfo=UTC))
    return time_machine


@pytest.fixture(scope="session", autouse=True)
def _flush_append_only_tables():
    """Emptying the database after a test with real transactions has to lift the triggers."""
    plain = DatabaseOperations.execute_sql_flush

    def lifted(self, sql_list):
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
            for name, _ in triggers:
                cursor.execute(f"DROP TRIGGER {name}")
        plain(self, sql_list)
        with self.connection.cursor() as cursor:
            for _, sql in triggers:
                cursor.execute(sql)

    DatabaseOperations.execute_sql_flush = lifted
    PostgresOperations.execute_sql_flush = _lifted_on_postgresql
    yield
    DatabaseOperations.execute_sql_flush = plain
    PostgresOperations.execute_sql_flush = BaseDatabaseOperations.execute_sql_flush


def _lifted_on_postgresql(self, sql_list):
    with self.connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal"
            " AND tgname LIKE '%_no_truncate'"
        )
        tables = [name for (name,) in cursor.fetchall()]
        for name in tables:
            cursor.execute(f"ALTER TABLE {name} DISABLE TRIGGER USER")
    BaseDatabaseOperations.execute_sql_flush(self, sql_list)
    with self.connection.cursor() as cursor:
        for name in tables:
            cursor.execute(f"ALTER TABLE {name} ENABLE TRIGGER USER")


@pytest.fixture
def run_jobs(django_capture_on_commit_callbacks):
    """Do all background work that is due, as the workers would, and return how much."""

    def run_all():
        done = 0
        while job := Job.objects.due().order_by("due_at", "pk").first():
            run(job.pk)
            done += 1
        return done

    return run_all


@pytest.fixture
def on_postgresql():
    return connection.vendor == "postgresql"
