"""Public pages are kept for who has not signed in, and never longer than they are true."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from carefund.core import shared
from carefund.core.actors import SYSTEM
from carefund.core.record import record

REGISTER = "/funded/"


@pytest.fixture
def asked(story):
    """Whether the page had to be made, by the queries that it took."""

    def ask(client, address=REGISTER):
        with CaptureQueriesContext(connection) as captured:
            response = client.get(address)
        assert response.status_code == 200
        return len(captured) > 0, response

    return ask


def test_shared_page_is_made_once_and_comes_with_the_same_headers(asked):
    made, first = asked(Client())
    again, second = asked(Client())
    assert (made, again) == (True, False)
    assert second.content == first.content
    assert dict(second.items()) == dict(first.items())
    assert "Cookie" in second["Vary"]


def test_shared_page_is_not_for_those_who_are_known_or_ask_for_more(asked, client, story):
    asked(Client())
    client.force_login(story.people.officer)
    made, page = asked(client)
    assert made
    assert "Sign out" in page.content.decode()
    made, page = asked(Client())
    assert not made
    assert "Sign out" not in page.content.decode()
    assert asked(Client(), f"{REGISTER}?q=x")[0]


@pytest.mark.parametrize(("verb", "anew"), [("call.amend", True), ("bid.answer", False)])
def test_shared_page_is_made_anew_after_what_may_be_on_it(asked, story, verb, anew):
    asked(Client())
    record(verb, story.call, by=SYSTEM)
    assert asked(Client())[0] is anew


def test_page_made_before_a_change_is_not_kept_after_it(rf, db):
    def change_meanwhile(_request):
        shared.forget_after("call.amend")
        return shared.shared(HttpResponse("old"))

    middleware = shared.SharedPagesMiddleware(change_meanwhile)
    middleware(rf.get("/funded/"))
    fresh = shared.SharedPagesMiddleware(lambda _request: HttpResponse("new"))
    assert fresh(rf.get("/funded/")).content == b"new"


def test_page_that_sets_a_cookie_is_kept_for_nobody(rf):
    def with_cookie(_request):
        response = HttpResponse("token")
        response.set_cookie("csrftoken", "secret")
        return shared.shared(response)

    shared.SharedPagesMiddleware(with_cookie)(rf.get("/form/"))
    assert not [key for key in getattr(cache, "_cache", {}) if "/form/" in key]
