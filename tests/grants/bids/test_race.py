"""At the closing instant: who was in time is in, nobody else is, and nothing is counted twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import OperationalError, connection

from carefund.accounts.models import User
from carefund.core import clock
from grants.bids import actions as bids
from grants.bids.actions import submitting
from grants.bids.models import Bid, Submission
from programmes.calls.models import Call
from tests import make

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
BIDS = 100
PATIENT = 10  # of them press three times


def people_at_once():
    """A hundred, if the database, which is not ours alone, takes as many connections."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('max_connections')::int - count(*) FROM pg_stat_activity"
        )
        return min(BIDS, cursor.fetchone()[0] - 10)


def certified(story, number_of=BIDS):
    """Bids that only have to be submitted."""
    Call.objects.filter(pk=story.call.pk).update(several_bids_allowed=True)
    story.call.refresh_from_db()
    found = []
    for number in range(number_of):
        bid = make.draft_bid(story, title=f"Bid {number}")
        bids.ask_for_certificate(bid=bid, by=story.people.author)
        bids.certify(bid=bid, by=story.people.certifier)
        found.append(bid.pk)
    return found


def pressing(author):
    def press(pk):
        try:
            by = User.objects.get(pk=author)
            return bids.submit(bid=Bid.objects.select_related("call").get(pk=pk), by=by)
        except bids.CallClosed as closed:
            return closed
        finally:
            connection.close()

    return press


def test_a_hundred_people_press_the_button_around_the_closing_instant():
    story = make.story()
    ready = certified(story)
    press = pressing(story.people.author.pk)
    first, rest = ready[0], ready[1:]
    assert isinstance(press(first), Submission)
    closes = clock.now() + timedelta(milliseconds=900)
    Call.objects.filter(pk=story.call.pk).update(closes_at=closes)
    # Some press again and again; the first, who has a receipt, among them.
    pressed = [*rest, first, *rest[:PATIENT], first, *rest[:PATIENT], first]
    with ThreadPoolExecutor(people_at_once()) as pool:
        results = list(zip(pressed, pool.map(press, pressed), strict=True))
    late = press(ready[-1])
    accepted = {pk for pk, found in results if isinstance(found, Submission)}
    assert all(isinstance(found, Submission | bids.CallClosed) for _, found in results)
    assert first in accepted  # who asks again after the close has the first receipt
    for pk in ready:
        made = list(Submission.objects.filter(bid=pk))
        bid = Bid.objects.get(pk=pk)
        assert len(made) == (pk in accepted)
        assert (bid.state == "submitted") == (pk in accepted)
        assert bid.answers.count() == len(make.answers())
        if made:
            assert made[0].submitted_at == bid.submitted_at < closes
            assert {f.pk for k, f in results if k == pk and isinstance(f, Submission)} == {
                made[0].pk
            }
    assert isinstance(late, Submission) == (ready[-1] in accepted)


def test_connection_killed_while_submitting_leaves_nothing_half_done(monkeypatch):
    story = make.story()
    (pk,) = certified(story, 1)
    author = story.people.author

    def killed(*args, **kwargs):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    with monkeypatch.context() as patch:
        patch.setattr(submitting, "send", killed)
        with pytest.raises(OperationalError):
            bids.submit(bid=Bid.objects.get(pk=pk), by=author)
    connection.close()
    assert Bid.objects.get(pk=pk).state == "certified"
    assert not Submission.objects.exists()
    done = bids.submit(bid=Bid.objects.get(pk=pk), by=author)
    assert bids.submit(bid=Bid.objects.get(pk=pk), by=author) == done
    assert Submission.objects.get() == done
