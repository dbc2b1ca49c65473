"""Money, decisions and publishing: confirmed just before, and nothing typed is lost."""

import re

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from carefund.accounts.roles import StaffRole
from programmes.funds.models import BudgetLine
from tests import make

from .conftest import PASSWORD, app_code, by_password, give_app, mailed_code, told

LATER = 11 * 60
ASKS_AGAIN = {
    "awards:approve",
    "funds:propose_virement",
    "payments:recover",
    "payments:release",
    "publications:clear",
    "publications:withdraw",
}


@pytest.fixture
def senior(story):
    give_app(story.people.senior)
    return story.people.senior


@pytest.fixture
def client_of_senior(client, senior, known_time):
    by_password(client, senior)
    client.post("/account/login/second-step/", {"code": app_code(senior)})
    known_time.shift(LATER)
    return client


def named(resolver=None, space=""):
    for entry in (resolver or get_resolver()).url_patterns:
        if hasattr(entry, "url_patterns"):
            yield from named(entry, entry.namespace or space)
        elif entry.name:
            yield f"{space}:{entry.name}", entry.callback


def test_what_moves_money_or_publishes_asks_again():
    found = {name for name, view in named() if getattr(view, "asks_again", False)}
    assert found >= ASKS_AGAIN


@pytest.mark.parametrize("path", ["/cms/users/", "/cms/groups/"])
def test_roles_in_the_cms_ask_again(client_of_senior, senior, path):
    senior.is_superuser = True
    senior.save()
    assert client_of_senior.get(path).url.startswith("/account/confirm/second-step/")


def test_the_page_comes_back_after_confirming(client_of_senior, senior, story):
    address = reverse("funds:propose_virement", args=[story.programme.code])
    asked = client_of_senior.get(address)
    assert asked.url == f"/account/confirm/second-step/?next={address.replace('/', '%2F')}"
    sent = {"code": app_code(senior), "next": address}
    assert client_of_senior.post("/account/confirm/second-step/", sent).url == address
    assert client_of_senior.get(address).status_code == 200


def test_a_form_is_kept_while_confirming_and_sent_only_when_told(
    client_of_senior, senior, story, django_assert_num_queries
):
    address = reverse("funds:propose_virement", args=[story.programme.code])
    client_of_senior.get(address)
    data = {"year": "2026", "kind": "revenue", "amount": "12.34", "reason": "Line\none <b>&amp;"}
    before = list(BudgetLine.objects.values_list("budget", flat=True))
    asked = client_of_senior.post(address, data)
    assert asked.url == "/account/confirm/second-step/?next=%2Faccount%2Fcarry-on%2F"
    sent = {"code": app_code(senior), "next": "/account/carry-on/"}
    assert client_of_senior.post("/account/confirm/second-step/", sent).url == "/account/carry-on/"
    assert list(BudgetLine.objects.values_list("budget", flat=True)) == before
    page = client_of_senior.get("/account/carry-on/")
    assert dict(page.context["kept"].fields) == data
    assert f'action="{address}"' in page.content.decode()
    answer = client_of_senior.post(address, data)
    assert not answer.has_header("Location") or "/account/" not in answer["Location"]
    assert client_of_senior.get("/account/carry-on/").url == "/start/"


def test_going_back_without_it_drops_it(client_of_senior, senior, story):
    address = reverse("funds:propose_virement", args=[story.programme.code])
    client_of_senior.post(address, {"amount": "1"})
    client_of_senior.post("/account/confirm/second-step/", {"code": app_code(senior)})
    assert client_of_senior.post("/account/carry-on/").url == address
    assert client_of_senior.get("/account/carry-on/").url == "/start/"


def test_nobody_else_gets_what_was_kept(client_of_senior, story):
    address = reverse("funds:propose_virement", args=[story.programme.code])
    client_of_senior.post(address, {"amount": "1"})
    by = Client()
    by.cookies = client_of_senior.cookies
    session = client_of_senior.session
    session["carefund.held"] = {**session["carefund.held"], "user": "0"}
    session.save()
    assert by.get("/account/carry-on/").url == "/start/"


@pytest.mark.parametrize("way", ["/account/confirm/password/", "/account/confirm/code/"])
def test_a_password_or_mail_does_not_stand_in_for_a_factor(client_of_senior, way):
    assert client_of_senior.get(way).url.startswith("/account/confirm/second-step/")


def test_who_has_no_factor_confirms_by_code_or_password(client, author, mailoutbox, known_time):
    by_password(client, author)
    known_time.shift(LATER)
    page = "/account/password/change/"
    assert client.get(page).url.startswith("/account/confirm/password/")
    confirm = "/account/confirm/code/?next=/account/password/change/"
    assert "Email me a code" in client.get(confirm).content.decode()
    client.post(confirm, {"action": "send"})
    before = client.session.session_key
    assert client.post(confirm, {"code": mailed_code(mailoutbox)}).url == page
    assert client.session.session_key != before
    assert client.get(page).status_code == 200


def test_a_confirming_code_dies_after_five_guesses(client, author, mailoutbox):
    client.force_login(author)
    confirm = "/account/confirm/code/"
    author.set_unusable_password()
    author.save()
    client.force_login(author)
    client.post(confirm, {"action": "send"})
    code = mailed_code(mailoutbox)
    for _ in range(5):
        client.post(confirm, {"code": "BBBB-BBBB"})
    assert client.post(confirm, {"code": code}).status_code == 200
    client.post(confirm, {"action": "send"})
    assert client.post(confirm, {"code": mailed_code(mailoutbox)}).status_code == 302


def test_a_password_is_set_changed_and_removed(client, author):
    other = Client()
    by_password(other, author)
    by_password(client, author)
    assert "Remove the password" in client.get("/account/password/change/").content.decode()
    assert client.post("/account/password/remove/").url == "/account/password/set/"
    author.refresh_from_db()
    assert not author.has_usable_password()
    assert "removed" in told(author).subject_line
    assert other.get("/bids/").url.startswith("/account/login/")
    new = "another long password"
    client.post("/account/password/set/", {"password1": new, "password2": new})
    author.refresh_from_db()
    assert author.check_password(new)
    sent = {"oldpassword": new, "password1": PASSWORD, "password2": PASSWORD}
    client.post("/account/password/change/", sent)
    author.refresh_from_db()
    assert author.check_password(PASSWORD)
    assert told(author).subject_line == "Your password was changed"
    assert client.get("/bids/").status_code == 200


def test_an_address_changes_with_a_code_sent_to_the_new_one(client, author, mailoutbox):
    by_password(client, author)
    old = author.email
    sent = {"action_add": "", "email": "new@example.org"}
    assert client.post("/account/email/", sent).url == "/account/email/confirm/"
    assert mailoutbox[-1].to == ["new@example.org"]
    client.post("/account/email/confirm/", {"code": mailed_code(mailoutbox)})
    author.refresh_from_db()
    assert author.email == "new@example.org"
    news = told(author)
    assert (news.address, news.subject_line) == (old, "Your email address was changed")
    assert f"from {old} to new@example.org" in news.text


@pytest.mark.parametrize("role", [StaffRole.AUDITOR])
def test_confirming_is_not_asked_twice_within_ten_minutes(client, db, role):
    person = make.staff(role)
    give_app(person)
    by_password(client, person)
    client.post("/account/login/second-step/", {"code": app_code(person)})
    assert client.get("/account/email/").status_code == 200
    assert not re.search("confirm", client.get("/account/email/").request["PATH_INFO"])
