"""The story stands ready: made once, each test changes its own copy, and that is taken back.

Making it takes a sixth of a second, and most tests begin with it; a bid, its assessment, an offer
and the project that comes of it take four times as long. So they are made in a transaction that
stays open around the tests that ask for them, each floor in a savepoint on the one below; what a
test does lies in a savepoint within. A test that needs the database without a floor has it taken
down first.
"""

from copy import deepcopy
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction

from carefund.core import clock
from grants.awards import actions as awards
from grants.delivery.models import Project
from tests import make

# Modules here keep a world of their own open to the end.
WORLD = Path(__file__).resolve().parents[1] / "access"
BY_ITSELF = {"transactional_db", "live_server", "django_db_reset_sequences"}


def _story(below):
    return {"story": make.story()}


def _submitted(below):
    return {**below, "submitted": make.submitted_bid(below["story"])}


def _assessed(below):
    return {**below, "assessed": make.assess(below["story"], below["submitted"])}


def _offered(below):
    return {**below, "offered": make.offer(below["story"], below["assessed"])}


def _under_way(below):
    awards.accept(offer=below["offered"].offer, by=below["story"].people.chief)
    return {**below, "under_way": Project.objects.get(offer=below["offered"].offer)}


# The fixture that asks for a floor, and what makes it of the one below.
FLOORS = {
    "story": _story,
    "submitted": _submitted,
    "assessed": _assessed,
    "offered": _offered,
    "under_way": _under_way,
}
NAMES = tuple(FLOORS)
# Seconds that making a floor may take, on a machine that is busy with other things.
AHEAD = 20


def height(item):
    """How many floors the test stands on."""
    names = set(getattr(item, "fixturenames", ()))
    marker = item.get_closest_marker("django_db")
    real = bool(marker and (marker.kwargs.get("transaction") or marker.args[:1] == (True,)))
    own = {"world", "example", "loaded"} & names
    if names & BY_ITSELF or real or own or WORLD in item.path.parents:
        return 0
    return max((place for place, name in enumerate(NAMES, 1) if name in names), default=0)


class Standing:
    def __init__(self):
        self.floors, self.blocker = [], None

    def build(self):
        """One floor more."""
        around = transaction.atomic()
        around._from_testcase = True  # as the test cases of Django say of theirs
        around.__enter__()
        below = deepcopy(self.floors[-1][1]) if self.floors else {}
        self.floors.append((around, {}))  # taken down also if making it fails
        self.floors[-1] = (around, FLOORS[NAMES[len(self.floors) - 1]](below))

    def take_down(self, left=0):
        while len(self.floors) > left:
            around, _ = self.floors.pop()
            with self.blocker.unblock():
                transaction.set_rollback(True)
                around.__exit__(None, None, None)

    def copy(self):
        """What the test gets: its own copies of the objects, which know each other."""
        return deepcopy(self.floors[-1][1])


STANDING = Standing()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    STANDING.take_down(height(item))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Those on the same floor follow each other; a world of a module comes after them.

    What takes longest comes first of all: nobody waits for it at the end.
    """
    items.sort(key=lambda item: (_when(item), height(item)))
    places = [place for place, item in enumerate(items) if WORLD in item.path.parents]
    own = sorted((items[place] for place in places), key=_in_its_module)
    for place, item in zip(places, own, strict=True):
        items[place] = item


def _in_its_module(item):
    return _when(item), str(item.path), "world" in item.fixturenames


def _when(item):
    """Tests with real transactions stay at the end, where pytest-django put them."""
    if item.get_closest_marker("long"):
        return 0
    marker = item.get_closest_marker("django_db")
    real = bool(marker and marker.kwargs.get("transaction"))
    return 2 if real or BY_ITSELF & set(getattr(item, "fixturenames", ())) else 1


@pytest.fixture(scope="session")
def _stand(django_db_setup, django_db_blocker):
    STANDING.blocker = django_db_blocker
    yield
    STANDING.take_down()


@pytest.fixture
def _standing(request, _stand, known_time):
    wanted = height(request.node)
    begins = clock.now()
    while len(STANDING.floors) < wanted:
        # Each floor has its own moment a little before the test, whichever test asks first: what
        # is done on it comes after what stands already. The clock ticks while it is made.
        missing = len(NAMES) - len(STANDING.floors)
        known_time.move_to(begins - timedelta(seconds=AHEAD * missing))
        with STANDING.blocker.unblock():
            STANDING.build()
        known_time.move_to(begins)
    return STANDING.copy() if wanted else None


@pytest.fixture
def _django_db_helper(_standing, _django_db_helper):
    """What the test writes lies within the transaction of the story."""
    return _django_db_helper


@pytest.fixture
def story(db, _standing):
    """A programme with money, an open call, two authorities and everybody who works on it."""
    return _standing["story"] if _standing else make.story()


@pytest.fixture
def submitted(story, _standing):
    """A bid of the story that is handed in."""
    return _standing["submitted"] if _standing else make.submitted_bid(story)


@pytest.fixture
def assessed(story, _standing):
    """A bid of the story that both assessors have scored; its call is closed."""
    return _standing["assessed"] if _standing else make.assessed_bid(story)


@pytest.fixture
def offered(story, _standing):
    """A bid of the story that has an offer."""
    return _standing["offered"] if _standing else make.offered_bid(story)


@pytest.fixture
def under_way(story, offered, _standing):
    """A project of the story that has begun."""
    floors = _standing or _under_way({"story": story, "offered": offered})
    return floors["under_way"]
