"""One world per module and worker: what a test asks of it is taken back."""

import gc
import logging
from datetime import UTC, datetime

import pytest
import time_machine
from django.db import transaction
from django.template.backends.django import Template
from django.utils import timezone

from .world import build


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        with time_machine.travel(datetime(2026, 6, 15, 9, 0, tzinfo=UTC)) as clock:
            made = build(clock)
            made.moment = timezone.now()
        # What was made stays, so the collector of garbage need not look at it again and again.
        gc.freeze()
        yield made
        transaction.set_rollback(True)


@pytest.fixture
def at_its_moment(world, known_time):
    """The moment of the world, not the moment at which every other test begins."""
    known_time.move_to(world.moment)
    return known_time


# What decides about access, and what that needs.
DECIDING = (
    "django.contrib.sessions.",
    "carefund.accounts.",
    "carefund.core.",
    "carefund.website.",
    "django.contrib.auth.",
    "django.contrib.messages.",
    "allauth.account.",
    "django.middleware.common.",
)


@pytest.fixture
def bare_pages(monkeypatch, settings):
    """Thousands of pages: what stands on them is tested elsewhere, by role and in a browser."""
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if name.startswith(DECIDING)]
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.cache"
    monkeypatch.setattr(Template, "render", lambda self, context=None, request=None: "")
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)
