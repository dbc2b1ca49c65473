"""The story stands ready: made once, each test changes its own copy, and that is taken back.

Making it takes a sixth of a second, and most tests begin with it. So it is made in a transaction
that stays open around the tests that ask for it; what a test does lies in a savepoint within.
A test that needs the database without the story ends that transaction first.
"""

from copy import deepcopy
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction

from carefund.core import clock
from tests import make

# Modules here keep a world of their own open to the end.
WORLD = Path(__file__).resolve().parents[1] / "access"
BY_ITSELF = {"transactional_db", "live_server", "django_db_reset_sequences"}


def wants_story(item):
    names = set(getattr(item, "fixturenames", ()))
    marker = item.get_closest_marker("django_db")
    real = bool(marker and (marker.kwargs.get("transaction") or marker.args[:1] == (True,)))
    own = {"world", "example", "loaded"} & names
    beside = WORLD in item.path.parents
    return "story" in names and not names & BY_ITSELF and not real and not own and not beside


class Standing:
    def __init__(self):
        self.around, self.made, self.blocker = None, None, None

    def begin(self):
        around = transaction.atomic()
        around._from_testcase = True  # as the test cases of Django say of theirs
        around.__enter__()
        self.around, self.made = around, make.story()

    def end(self):
        if self.around is not None:
            around, self.around, self.made = self.around, None, None
            with self.blocker.unblock():
                transaction.set_rollback(True)
                around.__exit__(None, None, None)

    def story(self):
        return deepcopy(self.made)


STANDING = Standing()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    if not wants_story(item):
        STANDING.end()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Those that begin with the story follow each other; a world of a module comes after them."""
    items.sort(key=lambda item: (_last(item), wants_story(item)))
    places = [place for place, item in enumerate(items) if WORLD in item.path.parents]
    own = sorted((items[place] for place in places), key=_in_its_module)
    for place, item in zip(places, own, strict=True):
        items[place] = item


def _in_its_module(item):
    return _last(item), str(item.path), "world" in item.fixturenames


def _last(item):
    """Tests with real transactions stay at the end, where pytest-django put them."""
    marker = item.get_closest_marker("django_db")
    real = bool(marker and marker.kwargs.get("transaction"))
    return real or bool(BY_ITSELF & set(getattr(item, "fixturenames", ())))


@pytest.fixture(scope="session")
def _stand(django_db_setup, django_db_blocker):
    STANDING.blocker = django_db_blocker
    yield
    STANDING.end()


@pytest.fixture
def _standing(request, _stand, known_time):
    if not wants_story(request.node):
        return None
    if STANDING.around is None:
        # What a test does comes after what stands already: the clock ticks while that is made.
        begins = clock.now()
        known_time.move_to(begins - timedelta(seconds=2))
        with STANDING.blocker.unblock():
            STANDING.begin()
        known_time.move_to(begins)
    return STANDING


@pytest.fixture
def _django_db_helper(_standing, _django_db_helper):
    """What the test writes lies within the transaction of the story."""
    return _django_db_helper


@pytest.fixture
def story(db, _standing):
    """A programme with money, an open call, two authorities and everybody who works on it."""
    return _standing.story() if _standing else make.story()
