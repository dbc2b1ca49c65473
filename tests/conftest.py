"""A hostile run: no sleeping, no network, warnings are errors, the clock can be set."""

import gc
import os
from datetime import UTC, datetime

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import TransactionTestCase
from hypothesis import settings as hypothesis_settings

from carefund.core.models import Job
from carefund.core.work.queue import run
from tests.support import signing_in
from tests.support.database import prepare, renew
from tests.support.standing import (  # noqa: F401 - hooks and fixtures work where pytest finds them
    _django_db_helper,
    _stand,
    _standing,
    assessed,
    offered,
    pytest_collection_modifyitems,
    pytest_runtest_setup,
    story,
    submitted,
    under_way,
)

# Playwright runs an event loop in the test's own thread; the tests themselves are synchronous.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# Every run tries the same cases, however busy the machine is.
hypothesis_settings.register_profile("same", derandomize=True, database=None, deadline=None)
hypothesis_settings.load_profile("same")

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
def _begin_anew_after_real_transactions():
    """Emptying tables would meet the append-only ones and take away what migrations made."""
    plain = TransactionTestCase._fixture_teardown
    TransactionTestCase._fixture_teardown = lambda self: renew()
    yield
    TransactionTestCase._fixture_teardown = plain


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
