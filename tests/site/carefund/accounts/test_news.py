"""What becomes of an account is told through the outbox, in the transaction of the change."""

import re
from pathlib import Path

import allauth
import pytest
from allauth.mfa.totp.internal import auth as totp
from django.test import Client
from django.urls import reverse

from carefund.accounts import factors
from carefund.audit.models import Entry
from carefund.notify import account_news
from carefund.notify.models import OutboxMessage

from .conftest import PASSWORD, ask_code, by_password, give_app, told

APP_OFF = "/account/second-step/app/off/"
SAID = re.compile(r'send_notification_mail\(\s*"[a-z/]*/(\w+)"')
# The department's sign-in is never joined to an account by its owner (`oidc.py`).
NEVER = {"account_connected", "account_disconnected"}


def test_all_that_the_library_says_has_a_message_of_ours():
    sources = Path(allauth.__file__).parent.rglob("*.py")
    said = {kind for source in sources for kind in SAID.findall(source.read_text())}
    assert len(said) > 8
    ours = {one.kind.partition(".")[2] for one in account_news.AboutYourAccount.kinds()}
    assert said - NEVER <= ours


def test_news_can_be_read_in_the_service_by_its_owner_alone(client, author, story):
    by_password(client, author)
    client.post("/account/password/remove/")
    page = reverse("notify:detail", args=[told(author).pk])
    text = client.get(page).content.decode()
    assert "The password of your account was removed" in text
    assert "Internet address: 127.0.0.1" in text
    assert "Your password was removed" in client.get("/messages/").content.decode()
    other = Client()
    other.force_login(story.people.author)
    assert other.get(page).status_code == 404


def test_news_is_mailed_plain_and_as_html(client, author, mailoutbox, run_jobs):
    give_app(author)
    client.force_login(author)
    client.post(APP_OFF)
    assert mailoutbox == []  # nothing leaves during the request
    run_jobs()
    (mail,) = mailoutbox
    assert mail.to == [author.email]
    assert "was switched off" in mail.body
    ((html, kind),) = mail.alternatives
    assert kind == "text/html"
    assert "was switched off" in html
    assert "/account/sessions/" in html


@pytest.mark.parametrize("address", [APP_OFF, "/account/password/remove/"])
def test_a_change_that_cannot_be_told_is_not_made(author, address, monkeypatch, transactional_db):
    give_app(author)
    client = Client(raise_request_exception=False)
    client.force_login(author)

    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(account_news, "send", fail)
    before = Entry.objects.count()
    assert client.post(address).status_code == 500
    author.refresh_from_db()
    assert factors.own(author)
    assert author.has_usable_password()
    assert Entry.objects.count() == before


def test_a_factor_is_told_even_if_the_process_ends_with_the_transaction(client, author):
    """The library's own word comes after the commit; here nothing of that runs."""
    client.force_login(author)
    form = client.get("/account/second-step/app/").context["form"]
    now = next(totp.yield_hotp_counters_from_time())
    code = totp.format_hotp_value(totp.hotp_value(form.secret, now))
    client.post("/account/second-step/app/", {"code": code})
    assert told(author).subject_line == "An authenticator app was set up"
    assert Entry.objects.filter(verb="second_step.add", actor=author).count() == 2


def test_a_loader_that_gives_a_factor_tells_nobody(author):
    give_app(author)
    assert told(author) is None


def test_new_recovery_codes_are_told_and_the_first_are_not(client, author):
    give_app(author)
    client.force_login(author)
    client.post("/account/second-step/codes/new/")
    assert told(author).subject_line == "New recovery codes were made"
    assert Entry.objects.get(verb="second_step.renew").actor == author
    assert OutboxMessage.objects.filter(recipient=author).count() == 1


def test_a_mail_server_that_is_down_stops_no_change(client, author, settings):
    settings.EMAIL_BACKEND = "tests.site.carefund.accounts.test_news.Down"
    by_password(client, author)
    new = "another long password"
    sent = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert client.post("/account/password/change/", sent).status_code == 302
    assert told(author).sent_at is None


class Down:
    def __init__(self, **kwargs):
        pass

    def send_messages(self, messages):
        raise OSError


def test_codes_are_mailed_at_once_and_kept_nowhere(client, author, mailoutbox):
    ask_code(client, author.email)
    (mail,) = mailoutbox
    code = re.search(r"^([A-Z]{4}-[A-Z]{4})$", mail.body, re.MULTILINE)[1]
    ((html, _),) = mail.alternatives
    assert code in html
    assert "not kept in the service" in html
    assert not OutboxMessage.objects.filter(text__contains=code).exists()
    assert told(author) is None
