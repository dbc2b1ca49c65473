"""The life of a call: what is set aside, extended, taken back, copied, and who may do it."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from carefund.core import clock
from carefund.core.actors import SYSTEM
from carefund.core.errors import NotAllowed, Refused, WrongState
from carefund.notify.models import OutboxMessage
from programmes.calls import actions as calls
from programmes.calls.models import Call
from programmes.calls.queries import problems_with, reserved_for
from programmes.funds.queries import unreconciled
from tests import make
from tests.pages import get, post, queries, redirected, text


@pytest.fixture
def draft(story):
    """A second call of the programme, with money of its own, not announced."""
    lines = [make.budget(story.programme, year, "revenue", "30000.00") for year in (2028, 2029)]
    return make.call(story.programme, lines, opens_at=clock.now() + timedelta(days=3),
                     total=Decimal(50000), largest_award=Decimal(50000))  # fmt: skip


def page(call, name="manage_call", space="bids"):
    return reverse(f"{space}:{name}", args=[call.code])


def test_announced_call_sets_its_money_aside_and_the_decision_frees_it(story, draft):
    calls.announce(call=draft, by=story.people.officer)
    assert reserved_for(draft) == Decimal(50000)
    lines = list(draft.budget_lines.all())
    assert [line.free for line in lines] == [Decimal(5000), Decimal(5000)]
    Call.objects.filter(pk=draft.pk).update(closes_at=clock.now() + timedelta(days=4))
    draft.refresh_from_db()
    assert unreconciled() == []
    calls.return_to_draft(call=draft, reason="Not agreed.", by=story.people.officer)
    assert reserved_for(draft) == 0
    calls.announce(call=draft, by=story.people.officer)
    assert reserved_for(draft) == Decimal(50000)
    assert unreconciled() == []


def test_no_call_offers_what_another_has_set_aside(story, draft):
    calls.announce(call=draft, by=story.people.officer)
    lines = list(draft.budget_lines.all())
    other = make.call(
        story.programme, lines, total=Decimal("10000.01"), largest_award=Decimal(10000)
    )
    assert "£10,000 is free" in problems_with(other)[0]
    with pytest.raises(calls.NotReady, match="is free"):
        calls.announce(call=other, by=SYSTEM)
    Call.objects.filter(pk=other.pk).update(total=Decimal(10000))
    calls.announce(call=make.fresh(other), by=SYSTEM)
    assert {line.free for line in draft.budget_lines.all()} == {Decimal(0)}


def test_award_draws_on_what_is_set_aside(story):
    before = reserved_for(story.call)
    make.offered_bid(story, "40000.00")
    # The call was decided with it: what it did not need is free.
    assert before == Decimal(100000)
    assert reserved_for(story.call) == 0
    line = story.programme.budget_lines.get(financial_year=2026, kind="revenue")
    assert (line.committed, line.reserved) == (Decimal(20000), Decimal(0))
    assert unreconciled() == []


def test_whole_life_through_the_pages(story, draft, known_time, run_jobs):
    officer = story.people.officer
    assert redirected(post(officer, page(draft, "send_for_review", "calls")), page(draft))
    assert make.fresh(draft).state == "in_review"
    back = page(draft, "return_to_draft", "calls")
    assert "Enter the reason" in text(post(officer, back, {"reason": ""}))
    assert redirected(post(officer, back, {"reason": "Weights."}))
    assert redirected(post(officer, page(draft, "announce", "calls")))
    assert make.fresh(draft).state == "forecast"
    known_time.move_to(draft.opens_at)
    run_jobs()
    assert make.fresh(draft).state == "open"
    assert "Extend the call" in text(get(officer, page(draft)))
    known_time.move_to(draft.closes_at)
    assert "Start assessment" in text(get(officer, page(draft)))
    assert redirected(post(officer, page(draft, "start_assessment")))
    calls.decide(call=draft, by=SYSTEM)
    assert redirected(post(officer, page(draft, "archive", "calls")))
    assert make.fresh(draft).state == "archived"
    assert reserved_for(draft) == 0


def test_what_is_missing_stands_on_the_page_and_stops_the_announcement(story, draft):
    draft.criteria.all().delete()
    officer = story.people.officer
    for address in (page(draft), page(draft, "announce", "calls")):
        assert "do not add up to 100 per cent" in text(get(officer, address))
    refused = post(officer, page(draft, "announce", "calls"))
    assert "The call is not ready" in text(refused)
    assert make.fresh(draft).state == "draft"


def test_open_call_is_not_taken_back(story):
    with pytest.raises((Refused, WrongState)):
        calls.return_to_draft(call=story.call, reason="Oh.", by=story.people.officer)


def test_extension_through_its_page_tells_everybody_who_began_a_bid(story, run_jobs):
    bid = make.draft_bid(story)
    later = story.call.closes_at + timedelta(days=2)
    form = {
        "day_day": later.day, "day_month": later.month, "day_year": later.year,
        "time": "16:00", "reason": "The service was down for a day.",
    }  # fmt: skip
    address = page(story.call, "extend", "calls")
    earlier = {**form, "day_month": 6, "day_day": 16}
    assert "only to a later time" in text(post(story.people.officer, address, earlier))
    assert redirected(post(story.people.officer, address, form), page(story.call))
    told = OutboxMessage.objects.filter(kind="bids.call_extended")
    people = {row.recipient for row in told}
    assert people == {story.people.author, story.people.certifier}
    assert "The service was down for a day." in told[0].text
    assert bid.reference in told[0].subject_line
    public = [row.text for row in story.call.updates.all()]
    assert any("The service was down" in line for line in public)
    assert post(story.people.senior, address, form).status_code == 403
    assert post(story.people.author, address, form).status_code == 404


def test_update_stands_in_the_log_for_good(story):
    address = page(story.call, "update", "calls")
    assert "There is a problem" in text(post(story.people.officer, address))
    assert redirected(post(story.people.officer, address, {"text": "Guidance is corrected."}))
    assert story.call.updates.first().text == "Guidance is corrected."
    with pytest.raises(NotAllowed):
        calls.add_update(call=story.call, text="x", by=story.people.auditor)


def test_copy_has_the_form_the_criteria_and_the_rules(story):
    story.call.eligible_regions.add(make.region())
    form = {
        "title": "Next year", "code": "next-year",
        "opens_on_day": 1, "opens_on_month": 9, "opens_on_year": 2026,
        "closes_on_day": 30, "closes_on_month": 9, "closes_on_year": 2026,
    }  # fmt: skip
    address = page(story.call, "copy", "calls")
    new = Call.objects.filter(code="next-year")
    assert "must close after" in text(
        post(story.people.officer, address, {**form, "closes_on_month": 8})
    )
    assert redirected(post(story.people.officer, address, form), "/manage/calls/next-year/")
    copied = new.get()
    assert (copied.state, copied.copied_from) == ("draft", story.call)
    assert copied.forms.get().definition == make.FORM
    assert copied.forms.get().frozen_at is None
    assert [c.weight for c in copied.criteria.all()] == [40, 60]
    assert list(copied.eligible_regions.all()) == list(story.call.eligible_regions.all())
    assert list(copied.themes.all()) == [story.theme]
    assert "code already" in text(post(story.people.officer, address, form))
    assert post(story.people.finance, address, form).status_code == 403


def test_calls_are_listed_by_the_state_that_the_clock_gives_them(story, draft, known_time):
    address = reverse("bids:manage_calls")
    officer = story.people.officer
    assert story.call.title in text(get(officer, f"{address}?state=open"))
    assert draft.title not in text(get(officer, f"{address}?state=open"))
    assert draft.title in text(get(officer, f"{address}?state=draft"))
    known_time.move_to(story.call.closes_at)
    assert story.call.title not in text(get(officer, f"{address}?state=open"))
    assert story.call.title in text(get(officer, f"{address}?state=closed"))
    assert get(officer, f"{address}?state=nonsense").status_code == 200


def test_list_takes_as_many_queries_for_three_calls_as_for_one(story):
    address = reverse("bids:manage_calls")
    before = queries(story.people.officer, address)
    for _ in range(2):
        make.story_again(story)
    assert queries(story.people.officer, address) == before
