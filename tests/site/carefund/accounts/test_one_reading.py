"""Session and person come in one statement, and none of what is checked is spared."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from carefund.accounts.models import User
from carefund.accounts.session_store import SessionStore
from tests.support import signing_in

pytestmark = pytest.mark.django_db
PAGE = "/your-organisation/"


@pytest.fixture
def author(story, client):
    client.force_login(story.people.author)
    signing_in.list_session(client, story.people.author)
    assert client.get(PAGE).status_code == 200
    return client


def asks_to_sign_in(client):
    response = client.get(PAGE)
    return response.status_code == 302 and "/account/login/" in response["Location"]


def statements(client):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(PAGE).status_code == 200
    return len(captured)


def test_a_listed_session_and_its_person_are_one_statement(author):
    together = statements(author)
    UserSession.objects.all().delete()
    assert statements(author) == together + 2


def test_the_session_says_who_it_is_whatever_the_list_says(story, author):
    UserSession.objects.update(user=story.people.stranger)
    page = author.get(PAGE)
    assert page.context["user"] == story.people.author
    assert b"Here Council" in page.content
    assert b"There Council" not in page.content


def test_a_session_that_is_over_lets_nobody_in(author):
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert asks_to_sign_in(author)


def test_a_session_that_was_ended_lets_nobody_in(author):
    Session.objects.all().delete()
    assert asks_to_sign_in(author)


def test_an_account_that_was_closed_lets_nobody_in(story, author):
    User.objects.filter(pk=story.people.author.pk).update(is_active=False)
    assert asks_to_sign_in(author)


def test_another_password_ends_the_session(story, author):
    story.people.author.set_password("another long password")
    story.people.author.save()
    assert asks_to_sign_in(author)


def test_roles_are_those_of_now_on_every_page(story, author):
    story.people.author.memberships.all().delete()
    assert b"Here Council" not in author.get(PAGE).content


def test_a_session_says_what_it_holds_now(client, story):
    client.force_login(story.people.author)
    store = client.session
    for number in range(3):
        store["number"] = number
        store.save()
        for _ in range(2):
            assert SessionStore(store.session_key)["number"] == number
    # What one request does with it is not seen by the next.
    first = SessionStore(store.session_key)
    first["list"] = [1]
    first.save()
    SessionStore(store.session_key)["list"].append(2)
    assert SessionStore(store.session_key)["list"] == [1]


def test_a_session_that_was_tampered_with_holds_nothing(client, story):
    client.force_login(story.people.author)
    store = client.session
    good = store.encode({"number": 1})
    assert store.decode(good) == {"number": 1}
    for bad in (good[:-1] + "x", "x" + good, "", "a:b:c"):
        for _ in range(2):
            assert store.decode(bad) == {}
