"""Signing in as people do: a code first, then whatever else they have set up."""

import pytest
from django.test import Client

from carefund.accounts.models import SignInFailure
from carefund.audit.models import Entry

from .conftest import app_code, ask_code, by_password, mailed_code, told

CONFIRM = "/account/login/code/confirm/"


def test_the_sign_in_page_begins_with_a_code_by_email(client, db):
    text = client.get("/account/login/").content.decode()
    assert text.index("Email me a code") < text.index("Sign in with a passkey")
    assert text.index("Email me a code") < text.index("Sign in with a password")
    assert 'name="password"' not in text


def test_a_code_signs_a_person_in_who_has_no_password(client, author, mailoutbox):
    author.set_unusable_password()
    author.save()
    response = client.post("/account/login/?next=/bids/", {"email": author.email})
    assert response.url == f"{CONFIRM}?next=%2Fbids%2F"
    response = client.post(response.url, {"code": mailed_code(mailoutbox), "next": "/bids/"})
    assert response.url == "/bids/"
    assert client.get("/bids/").status_code == 200
    assert Entry.objects.get(verb="sign_in.start").reason == "code by email"


def test_a_code_works_once(client, author, mailoutbox):
    ask_code(client, author.email)
    code = mailed_code(mailoutbox)
    assert client.post(CONFIRM, {"code": code}).url == "/start/"
    other = Client()
    ask_code(other, author.email)
    assert other.post(CONFIRM, {"code": code}).status_code == 200
    assert "_auth_user_id" not in other.session


def test_a_code_dies_after_ten_minutes(client, author, mailoutbox, known_time):
    ask_code(client, author.email)
    known_time.shift(601)
    assert client.post(CONFIRM, {"code": mailed_code(mailoutbox)}).url == "/account/login/code/"
    assert "_auth_user_id" not in client.session


def test_an_app_is_asked_for_after_code_and_password_alike(client, officer, mailoutbox):
    ask_code(client, officer.email)
    assert client.post(CONFIRM, {"code": mailed_code(mailoutbox)}).url.endswith("/second-step/")
    assert "_auth_user_id" not in client.session
    other = Client()
    assert by_password(other, officer).url == "/account/login/second-step/"
    response = other.post("/account/login/second-step/", {"code": app_code(officer)})
    assert response.url == "/start/"
    assert Entry.objects.get(verb="sign_in.start").reason == "password and authenticator app"


def test_an_app_code_is_not_taken_twice(client, officer, known_time):
    code = app_code(officer)
    by_password(client, officer)
    client.post("/account/login/second-step/", {"code": code})
    known_time.shift(40)
    other = Client()
    by_password(other, officer)
    response = other.post("/account/login/second-step/", {"code": code})
    assert response.status_code == 200
    assert "_auth_user_id" not in other.session


def test_a_wrong_password_is_on_record_for_known_and_unknown_alike(client, author):
    by_password(client, author, "wrong")
    by_password(client, "nobody@example.org", "wrong")
    assert [f.user for f in SignInFailure.objects.order_by("pk")] == [author, None]
    entries = Entry.objects.filter(verb="sign_in.fail")
    assert {entry.reason for entry in entries} == {"Wrong password"}
    assert not entries.filter(particulars__object_name__contains="nobody@").exists()


def test_a_new_browser_is_told_by_mail_once(author, mailoutbox, run_jobs):
    client = Client()
    by_password(client, author)
    assert told(author) is None  # the very first time nothing is new
    client.post("/account/logout/")
    by_password(client, author)
    assert told(author) is None
    agent = "Mozilla/5.0 (Windows NT 10.0) Chrome/130"
    by_password(Client(headers={"user-agent": agent}), author)
    run_jobs()
    assert [mail.subject for mail in mailoutbox] == ["You signed in from somewhere new"]
    assert "Chrome on Windows" in mailoutbox[0].body


def test_signing_in_renews_the_session(client, author):
    client.get("/account/login/")
    session = client.session
    session["planted"] = 1
    session.save()
    client.cookies["sessionid"] = planted = session.session_key
    by_password(client, author)
    assert client.session.session_key != planted


def test_the_second_factor_renews_the_session(client, officer):
    by_password(client, officer)
    before = client.session.session_key
    client.post("/account/login/second-step/", {"code": app_code(officer)})
    assert client.session.session_key != before


@pytest.mark.parametrize("path", ["signup/passkey", "3rdparty", "phone/change", "2fa"])
def test_pages_that_make_no_sense_here_have_no_address(client, db, path):
    assert client.get(f"/account/{path}/").status_code == 404


@pytest.mark.parametrize("path", ["/_util/login/", "/cms/login/"])
def test_the_doors_of_the_cms_lead_to_ours(client, db, author, path):
    assert client.get(path).url == "/account/login/"
    response = client.post(path, {"username": author.email, "password": "a long password"})
    assert response.url == "/account/login/"
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/account/login/", ["Enter an email address, like name@example.gov.uk"]),
        ("/account/login/password/", ["Enter an email address, like", "Enter your password"]),
        ("/account/password/reset/", ["Enter an email address, like"]),
    ],
)
def test_an_empty_form_says_what_to_enter(client, db, path, told):
    page = client.post(path, {}).content.decode()
    assert all(words in page for words in told)
    assert "This field is required" not in page
