from datetime import UTC, datetime

import pytest
from django.db import transaction

from carefund.core.models import Job
from carefund.notify.actions import choose, send
from carefund.notify.actions.sending import next_digest
from carefund.notify.message import Address, Topic
from carefund.notify.models import OutboxMessage

from .support import News, SlowNews


@pytest.fixture
def author(story):
    OutboxMessage.objects.all().delete()
    Job.objects.all().delete()
    return story.people.author


def news(story, *to, cls=News):
    return cls(of=story.call, to=to)


def test_a_message_is_written_once_to_each_recipient(story, author):
    again = [author, author, story.people.certifier]
    assert send(news(story, *again), key="1") == 2
    assert send(news(story, *again), key="1") == 0
    assert set(OutboxMessage.objects.values_list("recipient", flat=True)) == {
        author.pk,
        story.people.certifier.pk,
    }


def test_a_message_goes_with_the_change_it_tells_of(story, author):
    with transaction.atomic():
        send(news(story, author), key="1")
        transaction.set_rollback(True)
    assert not OutboxMessage.objects.exists()
    assert not Job.objects.exists()


def test_nobody_who_has_left_is_written_to(story, author):
    author.is_active = False
    assert send(news(story, author), key="1") == 0


def test_who_has_no_account_is_written_to_at_an_address(story, author):
    send(news(story, Address("New.Person@example.org")), key="1")
    row = OutboxMessage.objects.get()
    assert (row.recipient, row.address, row.how) == (None, "New.Person@example.org", "now")


def test_the_subject_is_one_line_and_both_versions_say_the_same(story, author):
    send(news(story, author), key="1")
    row = OutboxMessage.objects.get()
    assert row.subject_line == "There is news"
    assert "Something happened." in row.text
    assert "<h1" in row.html
    assert "Something happened." in row.html


@pytest.mark.parametrize(("how", "job"), [("now", "notify.deliver"), ("daily", "notify.digest")])
def test_what_can_wait_goes_as_the_person_has_chosen(story, author, how, job):
    choose(wishes={Topic.BIDS: how}, by=author)
    send(news(story, author, cls=SlowNews), key="1")
    assert OutboxMessage.objects.get().how == how
    assert Job.objects.get().kind == job


def test_what_is_wanted_in_the_service_only_is_not_mailed(story, author):
    choose(wishes={Topic.BIDS: "service"}, by=author)
    send(news(story, author, cls=SlowNews), key="1")
    assert OutboxMessage.objects.get().how == "service"
    assert not Job.objects.exists()


def test_what_needs_a_person_now_is_mailed_whatever_was_chosen(story, author):
    choose(wishes={Topic.BIDS: "service"}, by=author)
    send(news(story, author), key="1")
    assert OutboxMessage.objects.get().how == "now"


@pytest.mark.parametrize(
    ("moment", "due"),
    [
        ("2026-06-15T05:00", "2026-06-15T06:30"),  # half past seven in British Summer Time
        ("2026-06-15T06:30", "2026-06-16T06:30"),
        ("2026-12-01T06:30", "2026-12-01T07:30"),
        ("2026-10-24T12:00", "2026-10-25T07:30"),  # the clocks go back in between
    ],
)
def test_the_daily_mail_goes_at_half_past_seven_in_london(moment, due):
    assert next_digest(datetime.fromisoformat(moment).replace(tzinfo=UTC)) == (
        datetime.fromisoformat(due).replace(tzinfo=UTC)
    )
