"""Whoever has begun a bid is reminded in time, in working days, until it is submitted."""

from datetime import date, datetime, timedelta

import pytest
import time_machine

from carefund.core import clock
from carefund.core.models import Job
from carefund.core.workdays import is_working_day, working_days_before
from carefund.notify.models import OutboxMessage
from grants.bids import actions
from grants.bids.actions import reminding
from programmes.calls import actions as calls
from tests import make

KIND = "bids.not_submitted_yet"


def test_bank_holidays_and_weekends_are_no_working_days():
    assert not is_working_day(date(2026, 12, 25))
    assert not is_working_day(date(2026, 12, 28))  # Boxing Day was a Saturday
    assert not is_working_day(date(2026, 11, 22))  # a Sunday
    assert is_working_day(date(2026, 11, 30))  # St Andrew's Day is Scotland's


@pytest.mark.parametrize(
    ("day", "days", "expected"),
    [
        (date(2026, 12, 30), 1, date(2026, 12, 29)),
        (date(2026, 12, 30), 2, date(2026, 12, 24)),
        (date(2026, 12, 27), 1, date(2026, 12, 24)),
        (date(2026, 6, 19), 5, date(2026, 6, 12)),
        (date(2026, 6, 19), 0, date(2026, 6, 19)),
    ],
)
def test_working_days_are_counted_back(day, days, expected):
    assert working_days_before(day, days) == expected


def test_days_are_not_counted_forward():
    with pytest.raises(ValueError, match="counted back"):
        working_days_before(date(2026, 6, 19), -1)


def reminders(bid):
    rows = Job.objects.filter(kind=reminding.REMIND, payload__bid_id=bid.pk).order_by("due_at")
    return [row.due_at.astimezone(clock.LONDON) for row in rows]


def told():
    return OutboxMessage.objects.filter(kind=KIND).order_by("pk")


@pytest.fixture
def bid(story):
    return make.draft_bid(story)


def test_a_bid_that_begins_has_its_reminders_planned(bid):
    closing = bid.call.closes_at.astimezone(clock.LONDON).date()
    ahead = [working_days_before(closing, days) for days in (10, 5, 1)]
    expected = [datetime(d.year, d.month, d.day, 9, tzinfo=clock.LONDON) for d in ahead]
    assert reminders(bid) == [moment for moment in expected if moment > clock.now()]
    assert reminders(bid)


def test_the_reminder_says_what_is_left_to_whom_it_concerns(story, bid, run_jobs, known_time):
    last = reminders(bid)[-1]
    known_time.move_to(last)
    run_jobs()
    message = told().get()
    assert message.recipient == story.people.author
    assert message.subject_line == f"1 working day left to submit bid {bid.reference}"
    assert "ask for the certificate" in message.text
    assert "not been submitted yet" in message.text


def test_the_certifier_is_reminded_when_the_bid_waits_for_them(story, run_jobs, known_time):
    waiting = make.draft_bid(story)
    actions.ask_for_certificate(bid=waiting, by=story.people.author)
    known_time.move_to(reminders(waiting)[-1])
    run_jobs()
    assert told().filter(recipient=story.people.certifier).exists()


@pytest.mark.parametrize("gone", ["submitted", "withdrawn"])
def test_what_is_submitted_or_withdrawn_is_not_reminded_of(story, run_jobs, known_time, gone):
    if gone == "submitted":
        bid = make.submitted_bid(story)
    else:
        bid = make.draft_bid(story)
        actions.withdraw(bid=bid, reason="Not now.", by=story.people.author)
    known_time.move_to(reminders(bid)[-1])
    run_jobs()
    assert not told().exists()


def test_more_time_moves_the_reminders(story, bid, run_jobs, known_time):
    first = reminders(bid)
    later = bid.call.closes_at + timedelta(days=14)
    calls.extend(call=bid.call, closes_at=later, reason="A holiday.", by=story.people.officer)
    known_time.move_to(first[-1])
    run_jobs()
    assert not told().filter(subject_line__startswith="1 working").exists()
    known_time.move_to(reminders(bid)[-1])
    run_jobs()
    assert told().filter(subject_line__startswith="1 working").count() == 1


def test_history_is_written_without_reminders(story):
    with clock.replaying(clock.now()):
        past = make.draft_bid(story)
    assert not reminders(past)


def test_a_worker_that_comes_after_the_close_reminds_nobody(bid, run_jobs):
    with time_machine.travel(bid.call.closes_at + timedelta(minutes=1), tick=False):
        run_jobs()
        assert not told().exists()
