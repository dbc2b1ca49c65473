"""A person is read in one statement with what they surely have none of."""

from datetime import timedelta

import pytest

from carefund.accounts import ties
from carefund.core import clock
from grants.bids import actions as bids
from grants.bids.models import BidGuest
from programmes.funds.queries import staff_roles
from programmes.organisations.queries import memberships_of
from tests import make

pytestmark = pytest.mark.django_db
NAMES = ("guest_of_projects", "guest_of_bids", "conflicts", "memberships", "permissions")


def has_none_of(person):
    read = ties.person(person.pk)
    assert read == person
    return {name for name in NAMES if ties.has_none(read, name)}


def test_a_person_is_read_with_what_they_have_none_of(story, django_assert_num_queries):
    everything = set(NAMES)
    assert has_none_of(story.people.author) == everything - {"memberships"}
    assert has_none_of(story.people.nobody) == everything
    with django_assert_num_queries(1):
        found = ties.person(story.people.author.pk)
    assert found.email == "author.here@example.org"
    assert found.date_joined == story.people.author.date_joined


def test_roles_in_the_department_come_with_the_person(story, django_assert_num_queries):
    people = story.people
    with django_assert_num_queries(2):
        roles = staff_roles(ties.person(people.officer.pk))
        assert staff_roles(ties.person(people.author.pk)) == frozenset()
    assert roles == staff_roles(make.fresh(people.officer)) == {
        ("programme_officer", story.programme.pk)
    }  # fmt: skip


def test_roles_in_organisations_come_with_the_person(story, django_assert_num_queries):
    people = story.people
    with django_assert_num_queries(2):
        roles = memberships_of(ties.person(people.author.pk))
        assert memberships_of(ties.person(people.nobody.pk)) == []
    assert roles == memberships_of(make.fresh(people.author))
    assert [(role.role, role.name) for role in roles] == [("bid_author", "Here Council")]


def test_nobody_is_read_by_an_unknown_key(story):
    assert ties.person(0) is None


def test_what_ends_with_a_day_is_gone_on_the_next(story, known_time):
    last = clock.today() + timedelta(days=1)
    bids.invite_guest(
        bid=make.draft_bid(story),
        email="p@partner.example",
        name="Partner",
        role="viewer",
        ends_on=last,
        by=story.people.author,
    )
    BidGuest.objects.update(user=story.people.nobody)
    assert "guest_of_bids" not in has_none_of(story.people.nobody)
    known_time.shift(timedelta(days=2))
    assert "guest_of_bids" in has_none_of(story.people.nobody)
