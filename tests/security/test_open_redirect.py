"""No address leads out of the service."""

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from carefund.accounts.adapter import AccountAdapter
from tests.security.addresses import every_address
from tests.site.carefund.accounts.conftest import app_code, ask_code, by_password, mailed_code

# Of addresses and forms, which are the same on every database.
pytestmark = pytest.mark.either

EVIL = (
    "https://evil.example/",
    "http://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example/",
    "\\\\evil.example/",
    "/%09/evil.example/",
    "/\t/evil.example/",
    " //evil.example/",
    "/\r\nLocation: https://evil.example/",
    "javascript:alert(1)",
    "data:text/html,x",
    "https:evil.example",
    "http:///evil.example",
    "https://testserver@evil.example/",
    "https://testserver.evil.example/",
    "//testserver\\@evil.example/",
    "evil.example",
    "ftp://testserver/",
)


def leads_out(answer):
    to = answer.headers.get("Location", "/")
    plain = to.replace("\\", "/").replace("\t", "").strip()
    return not plain.startswith("/") or plain.startswith("//") or "\n" in to or "\r" in to


@pytest.mark.parametrize("to", EVIL)
def test_only_paths_of_ours_are_safe(to):
    assert AccountAdapter().is_safe_url(to) is (to == "/%09/evil.example/")


@pytest.mark.parametrize("to", EVIL)
def test_signing_in_leads_nowhere_else(author, officer, mailoutbox, to):
    answers = []
    client = Client()
    answers.append(client.post("/account/login/", {"email": author.email, "next": to}))
    sent = {"code": mailed_code(mailoutbox), "next": to}
    answers.append(client.post("/account/login/code/confirm/", sent))
    answers.append(client.post("/account/logout/", {"next": to}))
    client = Client()
    sent = {"login": officer.email, "password": "a long password", "next": to}
    answers.append(client.post("/account/login/password/", sent))
    sent = {"code": app_code(officer), "next": to}
    answers.append(client.post("/account/login/second-step/", sent))
    assert [answer.status_code for answer in answers] == [302] * 5
    assert not any(map(leads_out, answers))


@pytest.mark.parametrize("to", EVIL)
def test_confirming_leads_nowhere_else(officer, author, mailoutbox, to):
    client = Client()
    client.force_login(officer)
    answer = client.post("/account/confirm/second-step/", {"code": app_code(officer), "next": to})
    assert answer.status_code == 302
    assert not leads_out(answer)
    client = Client()
    client.force_login(author)
    confirm = f"{reverse('accounts:confirm_by_code')}?next="
    client.post(confirm + "/", {"action": "send"})
    address = RequestFactory().get(reverse("accounts:confirm_by_code"), {"next": to})
    answer = client.post(address.get_full_path(), {"code": mailed_code(mailoutbox)})
    assert not leads_out(answer)


def test_no_page_of_the_service_follows_a_parameter(story, bare_pages):
    """Every address, with every name that such a parameter usually has, each leading elsewhere."""
    names = ("next", "url", "to", "return", "return_url", "redirect", "back", "goto")
    client = Client(raise_request_exception=False)
    client.force_login(story.people.officer)
    found = []
    for number, address in enumerate(every_address()):
        places = EVIL[number % 7 :] + EVIL
        sent = dict(zip(names, places, strict=False))
        answer = client.get(address, sent)
        anonymous = Client(raise_request_exception=False).get(address, sent)
        found += [address for one in (answer, anonymous) if leads_out(one)]
    assert found == []


def test_where_a_sender_says_they_came_from_leads_nowhere_else(client, author, known_time):
    by_password(client, author)
    known_time.shift(3700)
    client.post("/bids/x/", {"a": "1"}, headers={"referer": "https://evil.example/page/"})
    ask_code(client, author.email)
    by_password(client, author)
    assert not leads_out(client.post("/account/carry-on/"))


@pytest.mark.parametrize("to", EVIL)
def test_what_is_looked_for_is_found(to):
    """Each of the addresses, if a page did follow it, would be noticed."""
    answer = HttpResponse()
    answer.headers["Location"] = to.replace("\r\n", " ")
    assert leads_out(answer) or to in {"/%09/evil.example/", "/\r\nLocation: https://evil.example/"}
