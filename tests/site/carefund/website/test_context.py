"""The navigation of a person is theirs as they are now, however lately it was worked out."""

import pytest

from carefund.accounts import ties
from carefund.core import clock
from carefund.website.context import navigation
from grants.awards.models import ApprovalStep
from programmes.funds.models import RoleAssignment
from tests import make

pytestmark = pytest.mark.django_db


def texts(person):
    """As a page shows it, which reads the person anew."""
    return [item["text"] for item in navigation(ties.person(person.pk), "/")]


def test_it_is_not_worked_out_again_and_costs_no_query(story, django_assert_num_queries):
    person = ties.person(story.people.officer.pk)
    first = navigation(person, "/manage/bids/")
    with django_assert_num_queries(0):
        again = navigation(person, "/manage/claims/")
    assert [item["text"] for item in again] == [item["text"] for item in first]
    assert [item["text"] for item in first if item["active"]] == ["Bids"]
    assert [item["text"] for item in again if item["active"]] == ["Claims"]


def test_a_role_given_or_ended_changes_it_at_once(story):
    person = make.user("New")
    assert "Claims" not in texts(person)
    role = RoleAssignment.objects.create(
        user=person, role=make.StaffRole.PROGRAMME_OFFICER, programme=story.programme
    )
    assert "Claims" in texts(person)
    RoleAssignment.objects.filter(pk=role.pk).update(ended_at=clock.now())
    assert "Claims" not in texts(person)
    make.Membership.objects.create(
        user=person, organisation=story.authority, role=make.AuthorityRole.BID_AUTHOR
    )
    assert "Bids" in texts(person)


def test_what_has_to_be_looked_up_is_looked_up_each_time(story):
    ministers = make.staff(make.StaffRole.MINISTERS_TEAM, story.programme, "Team")
    before = texts(ministers)
    ApprovalStep.objects.create(
        programme=story.programme, order=1, title="Minister", role=make.StaffRole.MINISTERS_TEAM
    )
    assert len(texts(ministers)) == len(before) + 1
