from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from programmes.organisations.models import Organisation
from programmes.targets.boards import months_until, shares
from programmes.targets.models import Location, LocationChange, Target
from tests import make

KNOWN = datetime(2026, 6, 1, tzinfo=UTC)


@pytest.fixture
def board(db):
    kind = Organisation.Kind.INTEGRATED_CARE_BOARD
    return make.authority("A board", kind=kind, authority_type="", org_id="XX-BOARD")


def home(board, number, opened=date(2020, 1, 1), closed=None):
    return Location.objects.create(
        identifier=f"1-{number}",
        name=f"Home {number}",
        authority=board,
        board=board,
        opened_on=opened,
        closed_on=closed,
        is_sample=True,
    )


def change(home, month, has, known=datetime(2026, 1, 1, tzinfo=UTC)):
    return LocationChange.objects.create(
        location=home, month=month, has_record=has, recorded_at=known
    )


def numbers(months, moment=KNOWN):
    return [(s.locations, s.digital) for s in shares(months, moment)]


def test_shares_carry_a_change_forward(board):
    first, _ = home(board, 1), home(board, 2)
    change(first, date(2025, 3, 1), has=True)
    change(first, date(2025, 6, 1), has=False)
    months = [date(2025, 2, 1), date(2025, 3, 1), date(2025, 5, 1), date(2025, 6, 1)]
    assert numbers(months) == [(2, 0), (2, 1), (2, 1), (2, 0)]


def test_shares_take_closed_locations_out(board):
    closing = home(board, 1, closed=date(2025, 5, 1))
    home(board, 2, opened=date(2025, 4, 1))
    change(closing, date(2025, 1, 1), has=True)
    change(closing, date(2025, 6, 1), has=False)
    months = [date(2025, 3, 1), date(2025, 4, 1), date(2025, 5, 1), date(2025, 7, 1)]
    assert numbers(months) == [(1, 1), (2, 1), (1, 0), (1, 0)]


def test_shares_count_nothing_before_opening(board):
    change(home(board, 1, opened=date(2025, 4, 1)), date(2025, 1, 1), has=True)
    assert numbers([date(2025, 3, 1), date(2025, 4, 1)]) == [(0, 0), (1, 1)]


def test_shares_are_those_known_at_the_moment(board):
    one = home(board, 1)
    change(one, date(2025, 3, 1), has=True, known=datetime(2025, 4, 1, tzinfo=UTC))
    change(one, date(2025, 3, 1), has=False, known=datetime(2025, 5, 1, tzinfo=UTC))
    month = [date(2025, 3, 1)]
    assert numbers(month, datetime(2025, 3, 9, tzinfo=UTC)) == [(1, 0)]
    assert numbers(month, datetime(2025, 4, 9, tzinfo=UTC)) == [(1, 1)]
    assert numbers(month, datetime(2025, 5, 9, tzinfo=UTC)) == [(1, 0)]


def test_months_until_cross_years():
    assert months_until(date(2026, 2, 14), 3) == [
        date(2025, 12, 1),
        date(2026, 1, 1),
        date(2026, 2, 1),
    ]


def test_boards_page_shows_shares_and_samples(client, board):
    target = Target.objects.create(
        code="records",
        programme=make.programme(),
        name="Records",
        definition="Share",
        baseline=40,
        baseline_on=date(2021, 12, 1),
        goal=80,
        goal_on=date(2029, 3, 31),
    )
    address = reverse("targets:boards", args=[target.code])
    assert "No care locations are known yet" in client.get(address).text
    counts = []
    for number in (1, 2, 3):
        change(home(board, number), date(2025, 3, 1), has=number == 1)
        with CaptureQueriesContext(connection) as captured:
            page = client.get(address).text
        counts.append(len(captured))
    assert "33.3%" in page
    assert "Sample data" in page
    assert counts[0] == counts[-1]
    assert client.get(address, {"as_at": "nonsense"}).status_code == 200
    assert client.get(address, {"as_at": "31/03/2026"}).context["day"] == date(2026, 3, 31)
