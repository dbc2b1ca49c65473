from copy import deepcopy
from datetime import timedelta
from decimal import Decimal

import pytest

from carefund.core import clock
from carefund.core.actors import SYSTEM
from carefund.core.errors import Refused
from carefund.core.models import Job
from carefund.questions.definition import BadDefinition
from grants.bids import actions as bids
from programmes.calls import actions as calls
from programmes.calls.models import Call
from tests import make


def test_call_opens_and_closes_by_itself(story, known_time, run_jobs):
    fund = story.programme
    call = make.call(
        fund,
        list(fund.budget_lines.all()),
        opens_at=clock.now() + timedelta(hours=1),
        closes_at=clock.now() + timedelta(hours=3),
        total=Decimal("10000.00"),
        largest_award=Decimal("10000.00"),
    )
    calls.announce(call=call, by=SYSTEM)
    run_jobs()
    assert (make.fresh(call).state, make.fresh(call).is_open) == ("forecast", False)
    known_time.shift(timedelta(hours=1))
    run_jobs()
    assert (make.fresh(call).state, make.fresh(call).is_open) == ("open", True)
    known_time.shift(timedelta(hours=2))
    run_jobs()
    assert (make.fresh(call).state, make.fresh(call).is_open) == ("closed", False)


def test_stopped_scheduler_never_keeps_a_closed_call_open(story, known_time):
    bid = make.draft_bid(story)
    bids.ask_for_certificate(bid=bid, by=story.people.author)
    bids.certify(bid=bid, by=story.people.certifier)
    known_time.move_to(story.call.closes_at)
    assert Job.objects.due().exists()  # nobody has done the closing
    assert make.fresh(story.call).phase.value == "closed"
    with pytest.raises(bids.CallClosed):
        bids.submit(bid=bid, by=story.people.author)
    assert make.fresh(bid).state == "certified"


def test_extension_moves_the_close_and_the_earlier_job_does_no_harm(story, known_time, run_jobs):
    before = story.call.closes_at
    calls.extend(
        call=story.call,
        closes_at=before + timedelta(days=2),
        reason="The service was down.",
        by=story.people.officer,
    )
    known_time.move_to(before)
    run_jobs()
    assert make.fresh(story.call).is_open
    known_time.move_to(before + timedelta(days=2))
    run_jobs()
    assert make.fresh(story.call).state == "closed"


def test_form_of_an_open_call_is_frozen_and_a_correction_is_a_new_version(story):
    make.draft_bid(story)
    first = story.call.forms.get()
    assert first.frozen_at is not None
    corrected = deepcopy(make.FORM)
    corrected["sections"][0]["questions"][0]["label"] = "What will you do, and for whom?"
    second = calls.save_form(call=story.call, definition=corrected, by=story.people.officer)
    assert (first.version, second.version) == (1, 2)
    assert second.frozen_at is not None
    assert make.fresh(first).definition == make.FORM


def test_announced_call_keeps_its_money_and_dates(story):
    with pytest.raises(Refused, match="has been announced"):
        calls.update_call(call=story.call, by=story.people.officer, total=Decimal(1))
    calls.update_call(call=story.call, by=story.people.officer, title="Better words")
    assert make.fresh(story.call).title == "Better words"
    assert story.call.updates.first().text == "Corrected: the title."


def test_call_that_is_not_ready_says_what_is_missing(story):
    bare = Call.objects.get(pk=story.call.pk)
    bare.pk, bare.code, bare._state.adding = None, "bare", True
    bare.state, bare.eligible_kinds = "draft", []
    bare._loaded_states = None
    bare.save()
    with pytest.raises(calls.NotReady) as caught:
        calls.announce(call=bare, by=story.people.officer)
    assert len(caught.value.problems) == 4


def test_charity_may_not_bid_to_a_call_for_authorities(story):
    charity = make.authority("A charity", kind="charity", authority_type="")
    assert calls.may_bid(story.call, charity) == "This call is for: local authority."


def test_saving_a_form_unchanged_makes_no_version(story):
    make.draft_bid(story)
    same = calls.save_form(call=story.call, definition=make.FORM, by=story.people.officer)
    assert same.version == 1


def test_form_of_a_closed_call_no_longer_changes(story):
    make.draft_bid(story)
    Call.objects.filter(pk=story.call.pk).update(closes_at=clock.now())
    corrected = deepcopy(make.FORM)
    corrected["sections"][0]["title"] = "Another title"
    with pytest.raises(Refused, match="has closed"):
        calls.save_form(call=story.call, definition=corrected, by=story.people.officer)


def test_question_that_feeds_a_criterion_is_not_taken_out(story):
    story.call.criteria.filter(code="need").update(questions=["partner_names"])
    without = deepcopy(make.FORM)
    del without["sections"][0]["questions"][2]
    with pytest.raises(BadDefinition) as refused:
        calls.save_form(call=story.call, definition=without, by=story.people.officer)
    (told,) = refused.value.problems
    assert told == ("“Who are they?” is taken out, and “Need” is scored by it. Change that first.")


def test_criteria_that_change_with_the_form_are_those_that_count(story):
    story.call.criteria.filter(code="need").update(questions=["partner_names"])
    without = deepcopy(make.FORM)
    del without["sections"][0]["questions"][2]
    later = [{**one, "questions": []} for one in make.CRITERIA]
    officer = story.people.officer
    form = calls.save_form(call=story.call, definition=without, by=officer, criteria=later)
    assert form.definition == without


def test_edit_that_breaks_a_condition_is_refused_with_its_name(story):
    without = deepcopy(make.FORM)
    del without["sections"][0]["questions"][1]
    with pytest.raises(BadDefinition) as refused:
        calls.save_form(call=story.call, definition=without, by=story.people.officer)
    assert refused.value.problems[0] == (
        "“Do you have partners?” is taken out, and “Who are they?” is shown by the answer to it. "
        "Change that first."
    )
