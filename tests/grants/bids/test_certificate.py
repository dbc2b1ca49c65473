"""Certified by another, returned with reasons, withdrawn and taken up again, let in late."""

from datetime import timedelta

import pytest
from django.urls import reverse

from carefund.audit.models import Entry
from carefund.core import clock
from carefund.core.errors import NotAllowed, Refused
from carefund.notify.models import OutboxMessage
from grants.bids import actions as bids
from grants.bids.models import SectionReturn
from programmes.calls.models import Call
from programmes.waivers import actions as waivers
from tests import make
from tests.pages import get, text


def url(name, bid, *args):
    return reverse(f"bids:{name}", args=[bid.reference, *args])


@pytest.fixture
def asked(story):
    bid = make.draft_bid(story)
    bids.ask_for_certificate(bid=bid, by=story.people.author)
    return bid


def certified(story, bid):
    bids.ask_for_certificate(bid=bid, by=story.people.author)
    bids.certify(bid=bid, by=story.people.certifier)


def test_reasons_by_section_stand_where_they_are_needed(story, asked, client):
    p = story.people
    client.force_login(p.certifier)
    typed = {"return": "1", "reason": "", "section-money": "Staff <costs> are too high"}
    assert client.post(url("certify", asked), typed).status_code == 302
    page = text(get(p.author, url("section", asked, "money")))
    assert "Returned by Certifier Here" in page
    assert "Staff &lt;costs&gt; are too high" in page
    assert "Returned by" not in text(get(p.author, url("section", asked, "plan")))
    assert "Returned by the certifier: see why" in text(get(p.author, url("task_list", asked)))
    mail = OutboxMessage.objects.get(kind="bids.certificate_refused")
    assert "Budget: Staff" in mail.text
    entry = Entry.objects.about(asked).get(verb="bid.return_to_author")
    assert entry.reason == "Budget: Staff <costs> are too high"
    bids.ask_for_certificate(bid=asked, by=p.author)
    assert SectionReturn.objects.get().settled_at is not None
    assert "see why" not in text(get(p.author, url("task_list", asked)))


def test_return_without_any_reason_is_refused(story, asked, client):
    client.force_login(story.people.certifier)
    page = client.post(url("certify", asked), {"return": "1", "section-money": " "})
    assert "Say what has to change before you can certify the bid" in text(page)
    with pytest.raises(Refused):
        bids.return_to_author(bid=asked, reason=" ", by=story.people.certifier)
    assert make.fresh(asked).state == "awaiting_certificate"


def test_no_answer_changes_under_a_certificate(story, asked):
    """A change needs the bid reopened, and with that the certificate is gone."""
    p = story.people
    bids.certify(bid=asked, by=p.certifier)
    with pytest.raises(bids.NotEditable):
        bids.save_answers(
            bid=asked, values={"summary": "New"}, revisions={"summary": 1}, by=p.chief
        )
    bids.reopen(bid=asked, by=p.author)
    found = make.fresh(asked)
    assert (found.state, found.certified_by, found.certified_at) == ("draft", None, None)


def test_withdrawn_bid_is_taken_up_changed_and_submitted_again(story, client):
    p, bid = story.people, make.submitted_bid(story)
    first = bid.submissions.get()
    bids.withdraw(bid=bid, reason="A slip", by=p.author)
    client.force_login(p.author)
    assert "Take this bid up again" in text(client.get(url("task_list", bid)))
    assert client.post(url("resume", bid)).url == url("task_list", bid)
    bid = make.fresh(bid)
    assert (bid.state, bid.submitted_at, bid.certified_by) == ("draft", None, None)
    bids.save_answers(bid=bid, values={"summary": "New"}, revisions={"summary": 1}, by=p.author)
    certified(story, bid)
    second = bids.submit(bid=bid, by=p.author)
    assert (second.number, second.content["answers"]["summary"]) == (2, "New")
    assert make.fresh(first).content["answers"]["summary"] != "New"
    assert OutboxMessage.objects.filter(kind="bids.submitted", recipient=p.author).count() == 2


def test_bid_is_not_taken_up_after_the_close_or_beside_another(story, known_time):
    p, bid = story.people, make.draft_bid(story)
    bids.withdraw(bid=bid, reason="", by=p.author)
    with pytest.raises(NotAllowed):
        bids.resume(bid=bid, by=p.viewer)
    other = make.draft_bid(story, title="Another")
    with pytest.raises(Refused, match="already started"):
        bids.resume(bid=bid, by=p.author)
    bids.withdraw(bid=other, reason="", by=p.author)
    known_time.move_to(story.call.closes_at)
    with pytest.raises(bids.CallClosed, match="stays withdrawn"):
        bids.resume(bid=bid, by=p.author)


def grace(story, bid, **changes):
    asked = waivers.ask(
        rule="bids.in_time",
        programme=story.programme,
        organisation=story.authority,
        subject=bid,
        reason="The service was down in the last hour.",
        starts_on=clock.today(),
        ends_on=clock.today() + timedelta(days=1),
        by=story.people.officer,
    )
    return waivers.agree(waiver=asked, reason="", by=story.people.senior)


def test_late_bid_is_let_in_by_a_senior_officer_alone_and_for_a_time(story, known_time, client):
    p, bid = story.people, make.draft_bid(story)
    certified(story, bid)
    known_time.move_to(story.call.closes_at)
    with pytest.raises(bids.CallClosed):
        bids.submit(bid=bid, by=p.author)
    grace(story, bid)
    client.force_login(p.author)
    assert "Your bid is let in late. Submit it now." in text(client.get(url("task_list", bid)))
    known_time.shift(timedelta(days=3))
    with pytest.raises(bids.CallClosed):
        bids.submit(bid=bid, by=p.author)
    grace(story, bid)
    client.force_login(p.author)
    assert client.post(url("submit", bid)).url == url("receipt", bid)
    assert make.fresh(bid).submitted_at > story.call.closes_at
    case = text(get(p.officer, reverse("bids:case", args=[bid.reference])))
    assert "Bids are submitted before the call closes" in case


def test_no_grace_once_assessment_has_started(story, known_time):
    bid = make.draft_bid(story)
    certified(story, bid)
    known_time.move_to(story.call.closes_at)
    grace(story, bid)
    Call.objects.filter(pk=story.call.pk).update(state="in_assessment")
    with pytest.raises(bids.CallClosed):
        bids.submit(bid=make.fresh(bid), by=story.people.author)


def test_call_that_takes_no_late_bid_says_so_and_no_waiver_changes_it(story, known_time):
    p, bid = story.people, make.draft_bid(story)
    certified(story, bid)
    start = reverse("bids:start", args=[story.call.code])
    assert "Only if a senior officer agrees" in text(get(p.author, start))
    grace(story, bid)
    story.call.late_by_grace = False
    story.call.save()
    assert "Not taken" in text(get(p.author, start))
    with pytest.raises(Refused, match="late bids are not taken"):
        grace(story, make.fresh(bid))
    known_time.move_to(story.call.closes_at)
    with pytest.raises(bids.CallClosed):
        bids.submit(bid=make.fresh(bid), by=p.author)
