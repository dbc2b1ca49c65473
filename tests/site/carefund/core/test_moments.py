from datetime import UTC, datetime

import psycopg
import pytest
from django.db import DataError, connection

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
SAID = [
    "2026-03-31 22:59:59.999999+00",
    "2026-03-31 22:59:59.1+00",
    "2026-03-31 22:59:59+00",
    "0001-01-01 00:00:00+00",
    "9999-12-31 23:59:59.999999+00",
]


def asked(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


@pytest.mark.parametrize("said", SAID)
def test_moments_are_read_as_they_were_written(said):
    found = asked(f"SELECT '{said}'::timestamptz")
    assert (found, found.tzinfo) == (datetime.fromisoformat(said), UTC)


def test_none_is_none():
    assert asked("SELECT NULL::timestamptz") is None


def test_moments_in_another_zone_are_the_same_moments():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL TIME ZONE 'Europe/London'")
        cursor.execute("SELECT '2026-07-01 12:00:00+00'::timestamptz")
        (found,) = cursor.fetchone()
    assert (found, found.tzinfo) == (datetime(2026, 7, 1, 12, tzinfo=UTC), UTC)


@pytest.mark.parametrize("said", ["infinity", "20260-01-01 00:00:00+00", "0044-01-01 BC"])
def test_what_is_no_moment_for_python_is_refused(said):
    with pytest.raises((DataError, psycopg.DataError)):
        asked(f"SELECT '{said}'::timestamptz")
