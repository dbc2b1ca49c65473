"""What somebody sends becomes neither a header nor a line of a mail."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from carefund.accounts.adapter import AccountAdapter
from carefund.files.actions import store
from carefund.files.models import StoredFile
from carefund.importing.models import ImportRun
from programmes.organisations import actions as organisations
from tests import make
from tests.security.addresses import every_address

# Of addresses and forms, which are the same on every database.
pytestmark = pytest.mark.either

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


def test_a_name_with_lines_and_markup_is_text_in_a_mail(story, mailoutbox, run_jobs):
    chief = story.people.chief
    chief.name = "Eve\r\nBcc: b@evil.example <b>http://evil.example</b>"
    chief.save()
    organisations.invite(
        organisation=story.authority,
        email="new@example.org",
        name="A\r\nB <i>",
        roles=["viewer"],
        by=chief,
    )
    run_jobs()
    (mail,) = mailoutbox
    assert "Eve" in mail.body  # so that the rest can fail
    message = mail.message()
    assert message["Bcc"] is None
    assert mail.recipients() == ["new@example.org"]
    assert "\nBcc" not in mail.body
    assert "http://evil" not in mail.body + mail.alternatives[0][0]
    assert "<b>http" not in mail.alternatives[0][0]


@pytest.mark.parametrize("name", ["a\r\nX: 1.csv", '"; filename="evil.html', "é\x00.csv", "é.csv"])
def test_a_file_name_makes_no_header(story, name):
    client = Client(raise_request_exception=False)
    client.force_login(story.people.analyst)
    upload = SimpleUploadedFile("x.csv", b"target,date,value\n")
    upload._name = name
    answer = client.post("/manage/imports/new/target-statements/", {"file": upload})
    assert answer.status_code in {302, 400}, "the address or the field is not the one under test"
    assert not planted(answer)
    assert not answer.has_header("X")
    for run in ImportRun.objects.all():
        assert not set(run.file_name) & set('\r\n\0"/\\')


@pytest.mark.parametrize("name", ["a\r\nX: 1.txt", 'x"; filename="evil.html', "x\tö.txt"])
def test_a_stored_name_makes_no_header_where_it_is_served(story, name):
    """As if a name had come past the checks."""
    bid = make.submitted_bid(story)
    plain = SimpleUploadedFile("plan.txt", b"A plan.")
    stored = store(upload=plain, subject=bid, role="plan", by=story.people.author)
    StoredFile.objects.filter(pk=stored.pk).update(name=name)
    client = Client(raise_request_exception=False)
    client.force_login(story.people.author)
    answer = client.get(reverse("files:download", args=[stored.pk]))
    assert answer.status_code == 200
    assert not planted(answer)
    assert not answer.has_header("X")
    assert answer["Content-Disposition"].startswith("attachment")
    assert b"".join(answer.streaming_content) == b"A plan."


def test_what_is_looked_for_is_found():
    answer = HttpResponse()
    answer.headers["X-Told"] = "fine"
    assert not planted(answer)
    answer.set_cookie("planted", "1")
    assert planted(answer)


def test_a_browser_that_names_itself_in_lines_is_kept_as_text(author):
    client = Client(headers={"user-agent": "Chrome\r\nX: 1 <script>"})
    sent = {"login": author.email, "password": "a long password"}
    client.post("/account/login/password/", sent)
    assert (
        "<script>" not in client.get("/account/sessions/").content.decode().split("<main")[1][:3000]
    )
