"""Every line of the log is one JSON object, whoever writes it."""

import json
import logging
from io import StringIO
from logging.config import dictConfig

import pytest
import structlog
from django.conf import settings


@pytest.fixture
def lines():
    """What is written to the logger `tried`, as production writes it."""
    out = StringIO()
    handler = {"class": "logging.StreamHandler", "formatter": "json", "stream": out}
    tried = {"handlers": ["here"], "level": "INFO", "propagate": False}
    dictConfig(
        {**settings.LOGGING, "incremental": False, "handlers": {"here": handler},
         "root": {}, "loggers": {"tried": tried}}
    )  # fmt: skip
    yield lambda: [json.loads(line) for line in out.getvalue().splitlines()]
    dictConfig(settings.LOGGING)


def test_our_lines_and_those_of_libraries_look_alike(lines):
    with structlog.contextvars.bound_contextvars(request_id="r-1"):
        structlog.get_logger("tried").info("sealed", head="abc")
        logging.getLogger("tried").warning("it took %s seconds\nor more", 3)
        structlog.get_logger("tried").debug("below the level")
    ours, theirs = lines()
    assert ours.pop("timestamp") <= theirs.pop("timestamp")
    common = {"logger": "tried", "request_id": "r-1"}
    assert ours == {"event": "sealed", "head": "abc", "level": "info", **common}
    assert theirs == {"event": "it took 3 seconds\nor more", "level": "warning", **common}


def test_what_went_wrong_stands_in_one_line(lines):
    try:
        int("Wrong.")
    except ValueError:
        logging.getLogger("tried").exception("An accident")
    (line,) = lines()
    assert line["event"] == "An accident"
    assert line["exception"].endswith("with base 10: 'Wrong.'")


@pytest.mark.django_db
@pytest.mark.parametrize(("trusted", "told"), [(0, "127.0.0.1"), (1, "192.0.2.7")])
def test_address_is_what_the_trusted_proxies_say(client, settings, trusted, told):
    settings.TRUSTED_PROXIES = trusted
    with structlog.testing.capture_logs(
        processors=[structlog.contextvars.merge_contextvars]
    ) as told_lines:
        client.get("/robots.txt", headers={"X-Forwarded-For": "198.51.100.9, 192.0.2.7"})
    assert {line["ip"] for line in told_lines} == {told}


@pytest.mark.django_db
def test_lines_say_who_asked_once_they_are_known(client, story):
    merged = [structlog.contextvars.merge_contextvars]
    with structlog.testing.capture_logs(processors=merged) as told:
        client.get("/robots.txt")
        client.force_login(story.people.officer)
        client.get("/robots.txt")
    whose = {line["user_id"] for line in told if line["event"] == "request_finished"}
    assert whose == {None, story.people.officer.pk}
    assert structlog.contextvars.get_contextvars() == {}
