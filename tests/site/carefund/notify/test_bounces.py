import io
import json
import sys

import pytest
from django.core.management import call_command
from django.urls import reverse

from carefund.notify.actions import send
from carefund.notify.actions.delivering import message_id_of
from carefund.notify.models import OutboxMessage, StoppedAddress

from .support import News

HOOK = reverse("notify:hook")
GIVEN = "what-we-gave-notify"
REPORT = """\
From: MAILER-DAEMON@mx.example
To: no-reply@carefund.example
Subject: Undelivered
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

Sorry.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; {address}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 no such user

--b
Content-Type: text/rfc822-headers

Message-ID: {message_id}
Subject: There is news

--b--
"""


@pytest.fixture
def letter(story):
    send(News(of=story.call, to=(story.people.author,)), key="1")
    return OutboxMessage.objects.get(kind=News.kind)


def read(monkeypatch, letter, **changes):
    facts = {"address": letter.address, "action": "failed", "status": "5.1.1"}
    facts["message_id"] = message_id_of(letter)
    report = REPORT.format(**{**facts, **changes}).encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(report)))
    out = io.StringIO()
    call_command("read_bounce", stdout=out)
    return out.getvalue()


def test_a_delivery_report_stops_its_address(monkeypatch, letter):
    assert "Nothing more is mailed" in read(monkeypatch, letter, address=letter.address.upper())
    stopped = StoppedAddress.objects.get()
    assert (stopped.address, stopped.message) == (letter.address, letter)
    assert "no such user" in stopped.reason


@pytest.mark.parametrize(
    "changes",
    [
        {"status": "4.2.2"},
        {"action": "delayed"},
        {"address": "another@example.org"},
        {"message_id": "<999999.20260101@elsewhere>"},
        {"message_id": "<x@elsewhere>"},
        {"message_id": "<" + "9" * 400 + ".1@x>"},
    ],
)
def test_other_reports_stop_nobody(monkeypatch, letter, changes):
    assert "nothing was changed" in read(monkeypatch, letter, **changes)
    assert not StoppedAddress.objects.exists()


def test_what_is_no_report_is_read_without_harm(monkeypatch, db):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\xff\x00 nothing")))
    call_command("read_bounce", stdout=io.StringIO())


def call(client, body, token=GIVEN):
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return client.post(HOOK, body, content_type="application/json", headers=headers).status_code


def test_govuk_notify_tells_of_a_permanent_failure(client, letter, settings):
    settings.GOVUK_NOTIFY_CALLBACK_TOKEN = GIVEN
    news = {"reference": message_id_of(letter), "to": letter.address, "status": "delivered"}
    assert call(client, news) == 204
    assert call(client, {**news, "status": "temporary-failure"}) == 204
    assert call(client, {**news, "status": "permanent-failure", "to": "other@example.org"}) == 204
    assert not StoppedAddress.objects.exists()
    assert call(client, {**news, "status": "permanent-failure"}) == 204
    assert StoppedAddress.objects.get().address == letter.address


def test_the_hook_answers_only_who_shows_the_token(client, letter, settings):
    news = json.dumps({"reference": message_id_of(letter), "to": letter.address, "status": "x"})
    assert call(client, news) == 401
    settings.GOVUK_NOTIFY_CALLBACK_TOKEN = GIVEN
    assert call(client, news, token="") == 401
    assert call(client, news, token="another") == 401
    assert call(client, news, token="ä") == 401
    for nonsense in ("", "[]", "{}", "{", "null", '{"reference": 1}'):
        assert call(client, nonsense) == 400
