"""What a person may do ends, narrows or asks for more with the next click of an open session."""

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from carefund.accounts.roles import AuthorityRole, StaffRole
from carefund.audit.models import Entry
from programmes.funds import actions as funds
from programmes.organisations import actions as organisations
from tests import make
from tests.site.carefund.accounts.conftest import app_code, by_password, give_app
from tests.support import signing_in


def give(story, user, role):
    return funds.give_role(user=user, role=role, programme=None, by=story.people.administrator)


def end(story, assignment):
    by = story.people.administrator
    return funds.end_role(assignment=assignment, reason="Moved on.", by=by)


@pytest.fixture
def person(story):
    return make.user()


def test_the_last_role_in_the_department_takes_the_sessions_with_it(client, story, person):
    given = give(story, person, StaffRole.ANALYST)
    give_app(person)
    by_password(client, person)
    client.post("/account/login/second-step/", {"code": app_code(person)})
    assert client.get("/messages/").status_code == 200
    end(story, given)
    assert client.get("/messages/").url.startswith("/account/login/")
    assert not UserSession.objects.filter(user=person).exists()
    entry = Entry.objects.get(verb="sign_in.end", object_id=str(person.pk))
    assert (entry.actor, entry.reason) == (story.people.administrator, "No role is left.")


def test_a_role_of_several_narrows_what_an_open_session_may_do(client, story, person):
    give(story, person, StaffRole.EDITOR)
    second = give(story, person, StaffRole.PROGRAMME_OFFICER)
    client.force_login(person)
    assert client.get("/manage/bids/").status_code == 200
    end(story, second)
    assert client.get("/manage/bids/").status_code == 403
    assert client.get("/messages/").status_code == 200


def test_a_membership_with_fewer_roles_narrows_an_open_session(client, story):
    bid, author = make.draft_bid(story), story.people.author
    client.force_login(author)
    section = reverse("bids:section", args=[bid.reference, "project"])
    assert client.get(section).status_code == 200
    organisations.change_roles(
        organisation=story.authority,
        user=author,
        roles=[AuthorityRole.VIEWER],
        by=story.people.chief,
    )
    assert client.get(section).status_code == 403
    assert client.post(section, {}).status_code == 403
    assert client.get(reverse("bids:task_list", args=[bid.reference])).status_code == 200


def test_the_cms_opens_and_closes_with_the_role(client, story, person):
    give(story, person, StaffRole.ANALYST)
    editing = give(story, person, StaffRole.EDITOR)
    client.force_login(person)
    assert client.get("/cms/").status_code == 200
    end(story, editing)
    assert not person.groups.exists()
    assert client.get("/cms/").status_code == 403
    assert client.get("/messages/").status_code == 200


def test_a_group_of_the_cms_without_a_role_opens_nothing(client, story, person):
    person.groups.add(Group.objects.get(name="Moderators"))
    client.force_login(person)
    assert client.get("/cms/").status_code == 403
    assert client.get("/cms/pages/").status_code == 403


def test_approving_officers_keep_their_group_when_one_of_two_roles_ends(story, person):
    first = give(story, person, StaffRole.PROGRAMME_OFFICER)
    give(story, person, StaffRole.ADMINISTRATOR)
    end(story, first)
    assert [group.name for group in person.groups.all()] == ["Moderators"]


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_role_that_needs_a_second_factor_asks_for_it_with_the_next_click(story, method):
    author = make.member(story.other, AuthorityRole.VIEWER, "Later staff")
    client = Client()
    signing_in.plainly(client, author)
    assert client.get("/messages/").status_code == 200
    assignment = give(story, author, StaffRole.ASSESSOR)
    assert getattr(client, method)("/messages/read/").url == "/account/second-step/needed/"
    end(story, assignment)
    assert client.get("/messages/").status_code == 200


def test_a_person_who_is_switched_off_is_out_with_the_next_click(client, story):
    author = story.people.author
    client.force_login(author)
    type(author).objects.filter(pk=author.pk).update(is_active=False)
    assert client.get("/messages/").url.startswith("/account/login/")
