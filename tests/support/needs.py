"""What a test needs beyond Python: a browser, PostgreSQL, Redis.

Where the need is missing the test is skipped with a sentence that says how to get it; with
`CI=true` it fails instead, so that nothing is left untested unseen. `CAREFUND_SUITE=sqlite`
says that this is one half of a run: what the other half (`postgres`) does is left to it. That is
what needs more than a database, what asks no database at all, and what is marked `either`.
"""

import os
import shutil

import pytest
import redis
from django.conf import settings

# The shell draws the same pages in four fifths of the time.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
LEFT_TO_POSTGRES = ("postgres", "browser", "either")
DATABASE = {"db", "transactional_db", "django_db_reset_sequences", "django_db_setup"}


def browser_path():
    """Where Chromium is, or None; `CHROMIUM` names another one."""
    named = os.environ.get("CHROMIUM")
    return shutil.which(named) if named else next(filter(None, map(shutil.which, BROWSERS)), None)


def browser_missing():
    if browser_path():
        return None
    return (
        "no Chromium on this machine. On Debian: apt install chromium; "
        "or say where it is with CHROMIUM=/path/to/it"
    )


def postgres_missing():
    if settings.DATABASES["default"].get("ENGINE", "").endswith("postgresql"):
        return None
    return (
        "this run is on SQLite. Give a PostgreSQL: "
        "DATABASE_URL=postgres://user:password@127.0.0.1/name make test"
    )


def redis_missing():
    url = os.environ.get("REDIS_URL")
    if not url:
        return "no Redis was named. Start one and say where: REDIS_URL=redis://127.0.0.1/0"
    try:
        with redis.Redis.from_url(url, socket_connect_timeout=2) as client:
            client.ping()
    except redis.RedisError as error:
        return f"Redis does not answer at REDIS_URL ({error})"
    return None


MISSING = {"browser": browser_missing, "postgres": postgres_missing, "redis": redis_missing}


def is_left(item):
    """Whether the half of a run that is on SQLite leaves the test to the other half."""
    if any(map(item.get_closest_marker, LEFT_TO_POSTGRES)):
        return True
    return not item.get_closest_marker("django_db") and not DATABASE & set(item.fixturenames)


class Needs:
    def __init__(self, *, in_ci, suite):
        self.in_ci = in_ci
        self.suite = suite
        self.left = 0
        self.known = {}

    def missing(self, need):
        if need not in self.known:
            self.known[need] = MISSING[need]()
        return self.known[need]

    def pytest_collection_modifyitems(self, config, items):
        if self.suite != "sqlite":
            return
        left = [item for item in items if is_left(item)]
        if left:
            config.hook.pytest_deselected(items=left)
            items[:] = [item for item in items if not is_left(item)]
        self.left = len(left)
        if hasattr(config, "workeroutput"):
            config.workeroutput["left_to_postgres"] = self.left

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node):
        # With several processes each collects all tests; the one that reports collects none.
        self.left = max(self.left, getattr(node, "workeroutput", {}).get("left_to_postgres", 0))

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item):
        for need in MISSING:
            reason = item.get_closest_marker(need) and self.missing(need)
            if reason and self.in_ci:
                pytest.fail(f"This test needs {need}: {reason}.", pytrace=False)
            if reason:
                pytest.skip(f"needs {need}: {reason}")

    def pytest_terminal_summary(self, terminalreporter):
        if self.left:
            terminalreporter.write_line(
                f"{self.left} tests were left to the half of the run that is on PostgreSQL."
            )


def pytest_configure(config):
    suite = os.environ.get("CAREFUND_SUITE", "")
    if suite not in ("", "sqlite", "postgres"):
        raise pytest.UsageError(f"CAREFUND_SUITE is sqlite or postgres, not {suite!r}.")
    in_ci = os.environ.get("CI") == "true"
    config.pluginmanager.register(Needs(in_ci=in_ci, suite=suite), "carefund-needs")
