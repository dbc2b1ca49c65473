"""How sessions end: by themselves, by their owner, and with a reason that can be read."""

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from carefund.accounts.models import User
from carefund.accounts.queries import sessions_of
from carefund.audit.models import Entry
from tests import make

from .conftest import app_code, by_password

MINUTE = 60
CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64) AppleWebKit Chrome/130 Safari/537"


def staff_client(officer):
    client = Client()
    by_password(client, officer)
    client.post("/account/login/second-step/", {"code": app_code(officer)})
    return client


@pytest.mark.parametrize(("minutes", "open_"), [(29, True), (31, False)])
def test_staff_are_signed_out_after_half_an_hour(officer, known_time, minutes, open_):
    client = staff_client(officer)
    known_time.shift(minutes * MINUTE)
    assert (client.get("/manage/").status_code == 200) is open_


@pytest.mark.parametrize(("minutes", "open_"), [(59, True), (61, False)])
def test_councils_are_signed_out_after_an_hour(client, author, known_time, minutes, open_):
    by_password(client, author)
    known_time.shift(minutes * MINUTE)
    assert (client.get("/bids/").status_code == 200) is open_


def test_the_sign_in_page_says_why_and_leads_back(client, author, known_time):
    by_password(client, author)
    known_time.shift(61 * MINUTE)
    page = client.get("/bids/", follow=True)
    assert page.redirect_chain == [("/account/login/?next=/bids/", 302)]
    assert "because you did nothing here for 60 minutes" in page.content.decode()
    assert Entry.objects.filter(verb="sign_in.end", reason__contains="60 minutes").exists()
    sent = {"login": author.email, "password": "a long password", "next": "/bids/"}
    assert client.post("/account/login/password/", sent).url == "/bids/"
    assert "did nothing" not in client.get("/account/sessions/").content.decode()


def test_nobody_stays_longer_than_twelve_hours(client, author, known_time):
    by_password(client, author)
    for _ in range(24):
        known_time.shift(29 * MINUTE)
        assert client.get("/bids/").status_code == 200
    known_time.shift(29 * MINUTE)
    page = client.get("/bids/", follow=True)
    assert "signed in for 12 hours" in page.content.decode()


def test_what_was_typed_comes_back_after_signing_in_again(client, story, known_time):
    author = story.people.author
    bid = make.draft_bid(story)
    by_password(client, author)
    known_time.shift(61 * MINUTE)
    address = f"/bids/{bid.reference}/sections/project/"
    data = {"summary": "Two hours\r\nof writing.", "partners": "False"}
    asked = client.post(address, data)
    assert asked.url == "/account/login/?next=%2Faccount%2Fcarry-on%2F"
    assert "did nothing here" in client.get(asked.url).content.decode()
    sent = {"login": author.email, "password": "a long password", "next": "/account/carry-on/"}
    assert client.post("/account/login/password/", sent).url == "/account/carry-on/"
    kept = client.get("/account/carry-on/").context["kept"]
    assert (kept.path, dict(kept.fields)) == (address, data)


def test_what_was_typed_is_not_shown_to_somebody_else(client, story, known_time):
    by_password(client, story.people.author)
    known_time.shift(61 * MINUTE)
    client.post("/bids/X/sections/project/", {"summary": "Ours alone."})
    by_password(client, story.people.stranger)
    assert client.get("/account/carry-on/").url == "/start/"
    assert "carefund.held" not in client.session


def test_a_person_sees_and_ends_their_sessions(author):
    here = Client(headers={"user-agent": CHROME})
    there, third = Client(REMOTE_ADDR="81.2.69.142"), Client()
    for client in (here, there, third):
        by_password(client, author)
    text = here.get("/account/sessions/").content.decode()
    assert "Chrome on Windows" in text
    assert "Internet address 81.2.69.142" in text
    row = next(one for one in sessions_of(author, here.session.session_key) if "81.2" in one.place)
    here.post("/account/sessions/", {"end": row.pk})
    assert there.get("/bids/").status_code == 302
    assert third.get("/bids/").status_code == 200
    here.post("/account/sessions/")
    assert third.get("/bids/").status_code == 302
    assert here.get("/bids/").status_code == 200
    assert Entry.objects.filter(verb="sign_in.end", actor=author).count() == 2


@pytest.mark.parametrize("number", ["", "0", "x", "9" * 30, "-1", "other"])
def test_nobody_ends_the_session_of_somebody_else(client, author, number):
    stranger = Client()
    by_password(stranger, make.user("Stranger"))
    client.force_login(author)
    if number == "other":
        number = UserSession.objects.get(user=User.objects.get(name="Stranger")).pk
    if number != "":
        assert client.post("/account/sessions/", {"end": number}).status_code == 404
    assert stranger.get("/account/sessions/").status_code == 200


def test_last_seen_is_right_to_the_minute(client, author, known_time):
    by_password(client, author)
    known_time.shift(90)
    client.get("/bids/")
    row = UserSession.objects.get(user=author)
    assert (row.last_seen_at - row.created_at).total_seconds() == pytest.approx(90, abs=2)


@pytest.mark.parametrize("others", [0, 2])
def test_a_page_costs_the_same_however_many_sessions(
    client, author, others, django_assert_max_num_queries
):
    for _ in range(others):
        by_password(Client(), author)
    client.force_login(author)
    with django_assert_max_num_queries(14):
        client.get("/bids/")
