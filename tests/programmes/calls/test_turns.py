"""Always-open calls: each cut-off has its own bids."""

from datetime import timedelta

import pytest
from django.urls import reverse

from carefund.core import clock
from carefund.core.actors import SYSTEM
from carefund.core.errors import Refused
from grants.assessment import actions as assessment
from programmes.calls import actions as calls
from programmes.calls.models import Call
from programmes.calls.queries import cut_off_of, problems_with
from tests import make
from tests.pages import get, post, redirected, text


@pytest.fixture
def turns(story):
    """The story's call is always open, with two cut-offs ahead."""
    Call.objects.filter(pk=story.call.pk).update(always_open=True)
    story.call.refresh_from_db()
    start = clock.now()
    return [
        calls.add_cut_off(call=story.call, at=start + timedelta(days=days), by=SYSTEM)
        for days in (5, 10)
    ]


def test_bid_belongs_to_the_cut_off_it_was_submitted_before(story, turns, known_time):
    bid = make.submitted_bid(story)
    assert cut_off_of(story.call, bid.submitted_at) == turns[0]
    # At the instant itself the turn is over.
    assert cut_off_of(story.call, turns[0].at) == turns[1]
    assert cut_off_of(story.call, turns[1].at) is None


def test_bids_wait_for_the_assessment_of_their_cut_off(story, turns, known_time):
    first = make.submitted_bid(story)
    check = {"passed": True, "reason": "", "by": story.people.officer}
    with pytest.raises(Refused, match="has not started"):
        assessment.check_eligibility(bid=first, **check)
    with pytest.raises(Refused, match="until the cut-off"):
        calls.assess_cut_off(cut_off=turns[0], by=story.people.officer)
    known_time.move_to(turns[0].at)
    address = reverse("calls:assess_cut_off", args=[story.call.code, turns[0].pk])
    assert post(story.people.senior, address).status_code == 403
    assert redirected(post(story.people.officer, address))
    assert make.fresh(story.call).is_open
    assessment.check_eligibility(bid=first, **check)
    later = make.authority("Later Council")
    bid = make.bids.start_bid(call=story.call, organisation=later, title="Later", by=SYSTEM)
    make.bids.save_answers(bid=bid, values=make.answers(), revisions={}, by=SYSTEM)
    make.bids.ask_for_certificate(bid=bid, by=SYSTEM)
    make.bids.certify(bid=bid, by=SYSTEM)
    make.bids.submit(bid=bid, by=SYSTEM)
    with pytest.raises(Refused, match="has not started"):
        assessment.check_eligibility(bid=make.fresh(bid), **check)


def test_award_decides_the_cut_off_and_leaves_the_call_open(story, turns, known_time):
    bid = make.submitted_bid(story)
    known_time.move_to(turns[0].at)
    calls.assess_cut_off(cut_off=turns[0], by=story.people.officer)
    people = story.people
    assessment.check_eligibility(bid=bid, passed=True, reason="", by=people.officer)
    for assessor in (people.assessor, people.second_assessor):
        given = assessment.assign(bid=bid, assessor=assessor, by=people.officer)
        assessment.declare(assignment=given, has_conflict=False, note="", by=assessor)
        for criterion in story.call.criteria.all():
            assessment.save_score(assignment=given, criterion=criterion, score=4,
                                  justification="Well argued.", by=assessor)  # fmt: skip
        assessment.submit_scores(assignment=given, by=assessor)
    allocation = make.awards.make_round(call=story.call, minimum_score=0, by=people.officer)
    make.awards.recommend(allocation=allocation, rationale="Best.", by=people.officer)
    make.awards.approve(allocation=allocation, by=people.senior)
    assert [make.fresh(row).state for row in turns] == ["decided", "ahead"]
    assert make.fresh(story.call).is_open


def test_cut_offs_are_added_and_taken_back_while_they_lie_ahead(story, turns, known_time):
    address = reverse("calls:cut_offs", args=[story.call.code])
    day = turns[1].at + timedelta(days=2)
    form = {"day_day": day.day, "day_month": day.month, "day_year": day.year, "time": "12:00"}
    assert redirected(post(story.people.officer, address, form), address)
    assert "at this moment already" in text(post(story.people.officer, address, form))
    assert "lies ahead" in text(post(story.people.officer, address, {**form, "day_year": 2020}))
    known_time.move_to(turns[0].at)
    gone = reverse("calls:remove_cut_off", args=[story.call.code, turns[0].pk])
    assert "has passed" in text(post(story.people.officer, gone))
    ahead = reverse("calls:remove_cut_off", args=[story.call.code, turns[1].pk])
    assert redirected(post(story.people.officer, ahead), address)
    assert get(story.people.elsewhere, address).status_code == 404
    assert get(story.people.auditor, address).status_code == 403


def test_always_open_call_needs_a_cut_off(story):
    Call.objects.filter(pk=story.call.pk).update(always_open=True)
    assert any("no cut-off" in line for line in problems_with(make.fresh(story.call)))
    Call.objects.filter(pk=story.call.pk).update(always_open=False)
    with pytest.raises(Refused, match="always open"):
        calls.add_cut_off(call=story.call, at=clock.now() + timedelta(days=1), by=SYSTEM)
