"""A session that somebody else prepared is worth nothing once its user signs in."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.site.carefund.accounts.conftest import (
    app_code,
    ask_code,
    by_password,
    give_app,
    mailed_code,
)

COOKIE = settings.SESSION_COOKIE_NAME
PRIVATE = "/messages/"


def prepared():
    """An attacker's session, and a victim's browser into which it was planted."""
    attacker = Client()
    attacker.get("/account/login/")
    session = attacker.session
    session["planted"] = "by the attacker"
    session.save()
    attacker.cookies[COOKIE] = session.session_key
    victim = Client()
    victim.cookies[COOKIE] = session.session_key
    return attacker, victim


def is_in(client):
    return client.get(PRIVATE).status_code == 200


def test_the_way_that_is_tried_here_shares_a_session(author):
    """So that the tests below can fail: a session that stays the same is open to both."""
    attacker, victim = prepared()
    by_password(victim, author)
    attacker.cookies[COOKIE] = victim.session.session_key
    assert is_in(attacker)


def test_a_password_begins_a_session_of_its_own(author):
    attacker, victim = prepared()
    by_password(victim, author)
    assert is_in(victim)
    assert not is_in(attacker)
    assert victim.session.session_key != attacker.cookies[COOKIE].value


def test_a_code_begins_a_session_of_its_own(author, mailoutbox):
    attacker, victim = prepared()
    ask_code(victim, author.email)
    victim.post("/account/login/code/confirm/", {"code": mailed_code(mailoutbox)})
    assert is_in(victim)
    assert not is_in(attacker)


def test_a_second_factor_gives_the_session_another_id(officer):
    _, victim = prepared()
    by_password(victim, officer)
    before = victim.session.session_key
    thief = Client()
    thief.cookies[COOKIE] = before
    victim.post("/account/login/second-step/", {"code": app_code(officer)})
    assert victim.get("/manage/").status_code == 200
    assert victim.session.session_key != before
    assert thief.get("/manage/").url.startswith("/account/login/")


def test_confirming_gives_the_session_another_id(author, known_time):
    give_app(author)
    client = Client()
    by_password(client, author)
    client.post("/account/login/second-step/", {"code": app_code(author)})
    known_time.shift(11 * 60)
    before = client.session.session_key
    client.post("/account/confirm/second-step/", {"code": app_code(author), "next": PRIVATE})
    assert is_in(client)
    assert client.session.session_key != before


def test_what_one_person_left_is_gone_when_another_signs_in(author, officer):
    """Signing in as somebody else in the same browser begins with nothing."""
    client = Client()
    by_password(client, author)
    session = client.session
    session["left"] = "of the first"
    session.save()
    client.post("/account/logout/")
    by_password(client, officer)
    assert "left" not in client.session


def test_an_id_that_the_service_never_gave_is_not_taken_over(author):
    client = Client()
    client.cookies[COOKIE] = "chosen0by0the0attacker0000000000"
    by_password(client, author)
    assert client.session.session_key != "chosen0by0the0attacker0000000000"


def test_a_session_in_the_address_is_no_session(author):
    client = Client()
    by_password(client, author)
    stranger = Client()
    answer = stranger.get(PRIVATE, {COOKIE: client.session.session_key, "session_key": "x"})
    assert answer.status_code == 302


def test_signing_out_ends_it_on_the_server_too(author):
    client = Client()
    by_password(client, author)
    kept = client.session.session_key
    client.post("/account/logout/")
    thief = Client()
    thief.cookies[COOKIE] = kept
    assert not is_in(thief)


@pytest.mark.parametrize("name", ["account_login", "account_login_password"])
def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(author, name):
    client = Client()
    client.get(reverse(name))
    by_password(client, author)
    cookie = client.cookies[COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert not cookie["domain"]


def test_a_password_chosen_by_link_signs_nobody_in(author, mailoutbox):
    """Whoever holds the link proves a mailbox; the session in which it opens stays nobody's."""
    client = Client()
    client.post("/account/password/reset/", {"email": author.email})
    link = next(w for w in mailoutbox[0].body.split() if "/password/reset/key/" in w)
    page = client.get(link[link.index("/account/") :], follow=True)
    new = "another long password"
    client.post(page.request["PATH_INFO"], {"password1": new, "password2": new})
    author.refresh_from_db()
    assert author.check_password(new)
    assert not is_in(client)
