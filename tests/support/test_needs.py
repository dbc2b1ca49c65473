"""Runs a small suite of its own in another process, once per situation."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SUITE = """
import pytest

@pytest.fixture
def db(): pass

def test_plain(): pass

def test_of_a_row(db): pass

@pytest.mark.either
def test_of_a_row_on_either_database(db): pass

@pytest.mark.browser
def test_in_browser(): pass

@pytest.mark.postgres
def test_on_postgres(): pass

@pytest.mark.redis
def test_with_redis(): pass
"""
SETTINGS = """
[pytest]
markers =
    browser: b
    either: e
    postgres: p
    redis: r
"""
PLUGINS = ["-p", "tests.support.needs", "-p", "no:django", "-p", "no:playwright"]


@pytest.fixture
def suite(tmp_path):
    (tmp_path / "test_small.py").write_text(SUITE)
    (tmp_path / "pytest.ini").write_text(SETTINGS)
    (tmp_path / "chromium").write_text("#!/bin/sh\n")
    (tmp_path / "chromium").chmod(0o755)

    def run(*options, **variables):
        names = ("CI", "CAREFUND_SUITE", "CHROMIUM", "DATABASE_URL", "REDIS_URL", "PYTEST_ADDOPTS")
        inherited = {name: value for name, value in os.environ.items() if name not in names}
        # A worker of this run must not be taken for one of that run.
        inherited = {k: v for k, v in inherited.items() if not k.startswith("PYTEST_XDIST")}
        environment = {
            **inherited,
            "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'site'}",
            "DJANGO_SETTINGS_MODULE": "carefund.settings.test",
            "CHROMIUM": str(tmp_path / "no-chromium"),
            **variables,
        }
        command = [sys.executable, "-m", "pytest", *PLUGINS, "-rs", *options]
        ended = subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        return ended.stdout + ended.stderr

    return run


def counts(output):
    return re.sub(r" in .*", "", output.strip().splitlines()[-1]).strip("= ")


def test_missing_needs_are_skipped_with_a_way_to_get_them(suite):
    output = suite()
    assert counts(output) == "3 passed, 3 skipped"
    assert "needs browser: no Chromium on this machine. On Debian: apt install chromium" in output
    assert "needs postgres: this run is on SQLite. Give a PostgreSQL: DATABASE_URL=" in output
    assert "needs redis: no Redis was named. Start one" in output


def test_missing_needs_fail_in_ci(suite):
    output = suite(CI="true")
    assert counts(output) == "3 passed, 3 errors"
    assert "This test needs browser: no Chromium on this machine" in output


def test_silent_redis_is_missing_too(suite):
    output = suite("-k", "redis", CI="true", REDIS_URL="redis://127.0.0.1:1/0")
    assert counts(output) == "5 deselected, 1 error"
    assert "Redis does not answer at REDIS_URL" in output


@pytest.mark.parametrize("processes", ["0", "2"])
def test_sqlite_half_leaves_tests_to_the_other_half_and_says_so(suite, processes):
    output = suite("-n", processes, "-k", "not redis", CI="true", CAREFUND_SUITE="sqlite")
    assert counts(output).startswith("1 passed")
    assert "5 tests were left to the half of the run that is on PostgreSQL." in output


def test_present_needs_are_used(suite, tmp_path):
    output = suite(
        *["-k", "not redis"],
        CI="true",
        CAREFUND_SUITE="postgres",
        CHROMIUM=str(tmp_path / "chromium"),
        DATABASE_URL="postgres://carefund@127.0.0.1/carefund",
    )
    assert counts(output) == "5 passed, 1 deselected"


def test_unknown_half_is_refused(suite):
    assert "CAREFUND_SUITE is sqlite or postgres, not 'mysql'." in suite(CAREFUND_SUITE="mysql")
