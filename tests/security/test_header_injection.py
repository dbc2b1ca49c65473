"""What somebody sends becomes neither a header nor a line of a mail."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from carefund.accounts.adapter import AccountAdapter
from tests import make
from tests.security.addresses import every_address

LINES = "x\r\nSet-Cookie: planted=1\r\n\r\n<script>alert(1)</script>"


def planted(answer):
    heads = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
    return "planted" in answer.cookies or "\r" in heads or "Set-Cookie: planted" in heads


def test_line_breaks_in_parameters_make_no_header(story):
    client = Client(raise_request_exception=False)
    client.force_login(story.people.officer)
    names = ("next", "q", "sort", "page", "export", "as_at", "year", "kind")
    found = [a for a in every_address() if planted(client.get(a, dict.fromkeys(names, LINES)))]
    assert found == []


@pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example", "testserver\r\nX: 1"])
def test_another_host_gets_no_page_and_no_link(author, mailoutbox, host):
    client = Client(headers={"host": host}, raise_request_exception=False)
    answer = client.post("/account/password/reset/", {"email": author.email})
    assert answer.status_code == 400
    assert mailoutbox == []


def test_links_in_mails_come_from_the_settings(author, mailoutbox, settings):
    settings.WAGTAILADMIN_BASE_URL = "https://fund.example"
    Client(headers={"host": "localhost"}).post("/account/password/reset/", {"email": author.email})
    assert "https://fund.example/account/password/reset/key/" in mailoutbox[0].body
    assert "localhost" not in mailoutbox[0].body


def test_a_subject_stays_one_line():
    assert AccountAdapter().format_email_subject("a\r\nBcc: x@evil.example\n b") == (
        "a Bcc: x@evil.example b – Digital Care Fund"
    )


@pytest.mark.parametrize("field", ["email", "login"])
def test_an_address_with_lines_is_no_address(client, db, mailoutbox, field):
    page = "/account/login/" if field == "email" else "/account/login/password/"
    sent = {field: "a@example.org\r\nBcc: b@evil.example", "password": "x"}
    assert client.post(page, sent).status_code == 200
    assert mailoutbox == []


def test_a_name_with_lines_and_markup_is_text_in_a_mail(client, db, mailoutbox):
    person = make.user("Eve")
    person.name = "Eve\r\nBcc: b@evil.example <b>"
    person.save()
    client.post("/account/login/", {"email": person.email})
    assert mailoutbox[0].to == [person.email]
    assert "Bcc" not in str(mailoutbox[0].message())


@pytest.mark.parametrize("name", ["a\r\nX: 1.csv", '"; filename="evil.html', "é\x00.csv"])
def test_a_file_name_makes_no_header(story, name):
    client = Client(raise_request_exception=False)
    client.force_login(story.people.analyst)
    upload = SimpleUploadedFile("x.csv", b"target,date,value\n")
    upload._name = name
    answer = client.post("/manage/imports/target-statements/", {"upload": upload})
    assert not planted(answer)
    assert not answer.has_header("X")


def test_a_browser_that_names_itself_in_lines_is_kept_as_text(author):
    client = Client(headers={"user-agent": "Chrome\r\nX: 1 <script>"})
    sent = {"login": author.email, "password": "a long password"}
    client.post("/account/login/password/", sent)
    assert (
        "<script>" not in client.get("/account/sessions/").content.decode().split("<main")[1][:3000]
    )
