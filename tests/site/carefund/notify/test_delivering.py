import os
import signal
import smtplib
import subprocess
import sys
from datetime import timedelta
from itertools import pairwise

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.urls import reverse

from carefund.core.models import Job
from carefund.core.work.queue import MOST_ATTEMPTS, run
from carefund.notify import mailer
from carefund.notify.actions import choose, mail_again, note_bounce, send
from carefund.notify.backends.govuk_notify import NotifyBackend
from carefund.notify.folder import mails
from carefund.notify.message import Address, Topic
from carefund.notify.models import OutboxMessage, StoppedAddress
from tests import make
from tests.pages import get, post, text
from tests.site.carefund.core.work.test_worker import ROOT, database_url

from .support import KEY, News, SlowNews, notify_server

FOLDER = "carefund.notify.backends.folder.FolderBackend"


@pytest.fixture
def author(story):
    OutboxMessage.objects.all().delete()
    Job.objects.all().delete()
    return story.people.author


@pytest.fixture
def letter(story, author):
    """One message that waits to be delivered."""
    send(News(of=story.call, to=(author,)), key="1")
    return OutboxMessage.objects.get()


@pytest.fixture
def folder(settings, tmp_path):
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = FOLDER, tmp_path / "mail"
    return settings.EMAIL_FILE_PATH


def job_of(row):
    return Job.objects.get(key=f"notify.deliver:{row.pk}")


def refusing(code):
    class Refusing(EmailBackend):
        def send_messages(self, messages):
            raise smtplib.SMTPRecipientsRefused({messages[0].to[0]: (code, b"No such user")})

    return Refusing


def test_a_message_is_mailed_in_two_versions_and_marked(letter, run_jobs):
    run_jobs()
    sent = mail.outbox[0]
    assert (sent.to, sent.subject) == ([letter.address], "There is news")
    assert sent.alternatives[0].mimetype == "text/html"
    assert make.fresh(letter).sent_at is not None
    run(job_of(letter).pk)
    assert len(mail.outbox) == 1


def test_a_link_that_proves_something_is_forgotten_once_it_has_gone(story, author, run_jobs):
    send(News(of=story.call, to=(Address("new@example.org"),)), key="1")
    assert OutboxMessage.objects.get().text
    run_jobs()
    assert "Something happened" in mail.outbox[0].body
    assert OutboxMessage.objects.get().text == OutboxMessage.objects.get().html == ""


def die_between_send_and_mark(row):
    """What a killed worker leaves: the mail has gone and nothing says so."""
    Job.objects.filter(pk=job_of(row).pk).update(
        state="waiting", attempts=1, finished_at=None, due_at=row.created_at
    )
    OutboxMessage.objects.filter(pk=row.pk).update(sent_at=None)


def test_where_the_backend_remembers_nothing_is_sent_twice(letter, run_jobs, folder):
    run_jobs()
    written = next(folder.glob("*.eml")).stat().st_mtime_ns
    die_between_send_and_mark(letter)
    run_jobs()
    assert [path.stat().st_mtime_ns for path in folder.glob("*.eml")] == [written]
    assert make.fresh(letter).sent_at is not None


def test_plain_smtp_may_send_twice_but_with_the_same_message_id(letter, run_jobs):
    """At least once is all that SMTP can promise; the id lets mailboxes drop the second copy."""
    run_jobs()
    die_between_send_and_mark(letter)
    run_jobs()
    first, second = mail.outbox
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]


KILLED = """
import os, signal, sys
import django
django.setup()
from carefund.core.work.queue import run
from carefund.notify.backends.folder import FolderBackend
take = FolderBackend.send_messages
def take_and_die(self, mails):
    take(self, mails)
    os.kill(os.getpid(), signal.SIGKILL)
FolderBackend.send_messages = take_and_die
import carefund.notify.tasks
from django.conf import settings
settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = sys.argv[2:]
run(int(sys.argv[1]))
"""


@pytest.mark.postgres
def test_a_worker_killed_between_send_and_mark_sends_once(transactional_db, folder, known_time):
    story = make.story()
    send(News(of=story.call, to=(story.people.author,)), key="1")
    row = OutboxMessage.objects.get(kind=News.kind)
    paths = os.pathsep.join([str(ROOT), str(ROOT / "site")])
    environment = {**os.environ, "DATABASE_URL": database_url(), "PYTHONPATH": paths}
    environment["DJANGO_SETTINGS_MODULE"] = "carefund.settings.test"
    command = [sys.executable, "-c", KILLED, str(job_of(row).pk), FOLDER, str(folder)]
    killed = subprocess.run(command, env=environment, cwd=ROOT, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert len(list(folder.glob("*.eml"))) == 1
    assert make.fresh(row).sent_at is None
    assert job_of(row).state == "running"

    known_time.move_to(job_of(row).lease_until + timedelta(seconds=1))
    assert run(job_of(row).pk)
    assert len(list(folder.glob("*.eml"))) == 1
    assert make.fresh(row).sent_at is not None


def test_a_delivery_that_fails_is_tried_at_doubling_intervals_then_shown(
    story, letter, known_time, monkeypatch
):
    monkeypatch.setattr(mailer, "get_connection", refusing(451))
    waits = []
    for _ in range(MOST_ATTEMPTS):
        job = job_of(letter)
        known_time.move_to(job.due_at)
        with pytest.raises(smtplib.SMTPRecipientsRefused):
            run(job.pk)
        waits.append((job_of(letter).due_at - job.due_at).total_seconds())
    assert [later / earlier for earlier, later in pairwise(waits)] == pytest.approx(
        [2] * 7, rel=0.05
    )
    assert job_of(letter).state == "failed"
    page = text(get(story.people.administrator, reverse("notify:stopped")))
    assert "After 8 attempts" in page

    monkeypatch.undo()
    retry = reverse("notify:retry", args=[job_of(letter).pk])
    assert post(story.people.officer, retry).status_code == 403
    assert post(story.people.administrator, retry).status_code == 302
    known_time.move_to(job_of(letter).due_at)
    assert run(job_of(letter).pk)
    assert make.fresh(letter).sent_at is not None


def test_an_address_that_does_not_exist_gets_no_more_mail_and_administrators_hear(
    story, letter, run_jobs, monkeypatch
):
    monkeypatch.setattr(mailer, "get_connection", refusing(550))
    run(job_of(letter).pk)
    monkeypatch.undo()
    stopped = StoppedAddress.objects.get()
    assert (stopped.address, stopped.reason) == (letter.address, "550 No such user")
    assert make.fresh(letter).held_because

    send(News(of=story.call, to=(story.people.author,)), key="2")
    run_jobs()
    assert [sent.to for sent in mail.outbox] == [[story.people.administrator.email]]
    assert "came back" in mail.outbox[0].subject
    assert "came back" in text(get(story.people.author, reverse("notify:list")))


def test_an_administrator_lets_an_address_have_mail_again(story, author, run_jobs):
    stopped = note_bounce(address=author.email.upper(), reason="550")
    assert note_bounce(address=author.email, reason="550") == stopped
    page = reverse("notify:stopped")
    assert get(story.people.officer, page).status_code == 403
    assert author.email in text(get(story.people.administrator, page))
    again = reverse("notify:resume", args=[stopped.pk])
    assert "Mail to it again" in text(get(story.people.administrator, again))
    assert post(story.people.administrator, again).status_code == 302
    mail_again(stopped=stopped, by=story.people.administrator)
    send(News(of=story.call, to=(author,)), key="2")
    run_jobs()
    assert author.email in [address for sent in mail.outbox for address in sent.to]
    assert get(story.people.administrator, again).status_code == 404


def test_what_can_wait_comes_in_one_mail_a_day(story, author, known_time, run_jobs):
    choose(wishes={Topic.BIDS: "daily"}, by=author)
    for number in range(3):
        send(SlowNews(of=story.call, to=(author,)), key=str(number))
    assert run_jobs() == 0
    known_time.shift(timedelta(days=1))
    run_jobs()
    (sent,) = mail.outbox
    assert sent.subject == "Your 3 messages of the day"
    assert sent.body.count("/messages/") == 4  # three messages and the preferences
    assert not OutboxMessage.objects.filter(sent_at__isnull=True).exists()
    known_time.shift(timedelta(days=1))
    assert run_jobs() == 0


def test_the_example_keeps_its_mails_in_a_folder_that_a_page_shows(
    client, letter, run_jobs, folder, settings
):
    settings.CAREFUND_EXAMPLE = True
    assert "No mails yet" in text(client.get(reverse("notify:mails")))
    run_jobs()
    (found,) = mails()
    assert (found.subject, found.to) == ("There is news", letter.address)
    assert "There is news" in text(client.get(reverse("notify:mails")))
    assert "Something happened." in text(client.get(reverse("notify:mail", args=[found.name])))
    for name in ("nothing", "..%2F..%2Fsecret_key", "*"):
        assert client.get(reverse("notify:mail", args=[name])).status_code == 404
    settings.CAREFUND_EXAMPLE = False
    assert client.get(reverse("notify:mails")).status_code == 404


@pytest.fixture
def notify(settings):
    with notify_server() as server:
        settings.EMAIL_BACKEND = f"{NotifyBackend.__module__}.NotifyBackend"
        settings.GOVUK_NOTIFY_API_KEY, settings.GOVUK_NOTIFY_TEMPLATE_ID = KEY, "template"
        settings.GOVUK_NOTIFY_URL = f"http://127.0.0.1:{server.server_port}"
        yield server


def test_govuk_notify_gets_each_message_once(letter, run_jobs, notify):
    run_jobs()
    die_between_send_and_mark(letter)
    run_jobs()
    (sent,) = notify.mails
    assert sent["email_address"] == letter.address
    assert sent["personalisation"]["subject"] == "There is news"
    assert "Something happened." in sent["personalisation"]["body"]
    assert make.fresh(letter).sent_at is not None


def test_an_address_that_govuk_notify_refuses_is_stopped(letter, run_jobs, notify):
    OutboxMessage.objects.filter(pk=letter.pk).update(address="wrong@example.org")
    run(job_of(letter).pk)
    assert StoppedAddress.objects.get().address == "wrong@example.org"


def test_a_failure_of_govuk_notify_is_tried_again(letter, notify):
    OutboxMessage.objects.filter(pk=letter.pk).update(address="later@example.org")
    with pytest.raises(Exception, match="503"):
        run(job_of(letter).pk)
    assert job_of(letter).state == "waiting"
    assert not StoppedAddress.objects.exists()
