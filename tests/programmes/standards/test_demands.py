"""A call asks for levels: before a bid can start, on its way in, and as a condition of grants."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from carefund.core import clock
from carefund.core.actors import SYSTEM
from carefund.core.errors import Refused
from grants.assessment.queries import automatic_checks
from grants.awards import actions as awards
from grants.bids import actions as bids
from programmes.calls import actions as calls
from programmes.standards import actions
from programmes.standards.models import CallDemand
from programmes.waivers import actions as waivers
from tests import make
from tests.pages import get, post, queries, redirected, text


@pytest.fixture
def standard(story):
    return make.standard()


@pytest.fixture
def draft_call(story):
    again = [make.budget(story.programme, year, "revenue", "50000.00") for year in (2026, 2027)]
    return make.call(story.programme, again)


def measure(standard, code="safe-practice"):
    return standard.measures.get(code=code)


def chosen(standard, one=None, level=3, when="bid", day=None):
    data = {"what": f"{standard.pk}:{one.pk if one else ''}", "level": level, "when": when}
    if day:
        data |= {"due_on_day": day.day, "due_on_month": day.month, "due_on_year": day.year}
    return data


def asks(story, standard, level=3, one=None):
    """The open call asks for a level, as it would if that had been set before it was announced."""
    return CallDemand.objects.create(call=story.call, standard=standard, measure=one, level=level)


def test_officer_asks_for_levels_while_the_call_is_prepared(story, standard, draft_call):
    officer, page = story.people.officer, reverse("standards:demands", args=[draft_call.code])
    assert "asks for no level yet" in text(get(officer, page))
    assert redirected(post(officer, page, chosen(standard, measure(standard))))
    by = chosen(standard, None, 2, "grant", date(2027, 6, 1))
    assert redirected(post(officer, page, by))
    shown = text(get(officer, page))
    assert "level 3 of “Safe practice” (What good looks like" in shown
    assert "By 1 June 2027, as a condition of the grant:" in shown
    case = text(get(officer, reverse("bids:manage_call", args=[draft_call.code])))
    assert "level 2 of every measure" in case
    assert "Level asked for" in case
    row = CallDemand.objects.get(due_on=None)
    assert redirected(post(officer, reverse("standards:drop", args=[draft_call.code, row.pk])))
    assert not CallDemand.objects.filter(due_on=None).exists()


def test_wrong_or_repeated_levels_and_days_are_refused(story, standard, draft_call):
    officer, page = story.people.officer, reverse("standards:demands", args=[draft_call.code])
    assert "Enter the day by which" in text(post(officer, page, chosen(standard, when="grant")))
    early = chosen(standard, when="grant", day=clock.today())
    assert "after the call closes" in text(post(officer, page, early))
    assert "one of the answers given" in text(post(officer, page, {**chosen(standard), "level": 9}))
    assert redirected(post(officer, page, chosen(standard)))
    assert "asks for a level of this already" in text(post(officer, page, chosen(standard)))
    with pytest.raises(IntegrityError), transaction.atomic():
        CallDemand.objects.create(call=draft_call, standard=standard, level=1)
    other = make.standard("minimum-technology").measures.first()
    with pytest.raises(Refused, match="measures of this standard"):
        actions.demand(call=draft_call, standard=standard, measure=other, level=1, by=officer)


def test_dates_moved_past_the_day_of_a_condition_are_told_before_the_announcement(
    story, standard, draft_call
):
    officer = story.people.officer
    day = draft_call.project_ends_on
    actions.demand(call=draft_call, standard=standard, level=2, due_on=day, by=officer)
    case = reverse("bids:manage_call", args=[draft_call.code])
    assert "take it back" not in text(get(officer, case))
    earlier = {"project_ends_on": day - timedelta(days=1)}
    moved = calls.update_call(call=draft_call, by=officer, **earlier)
    told = f"It asks for level 2 of every measure ({standard.name}, {standard.version}) by"
    assert told in text(get(officer, case))
    with pytest.raises(calls.NotReady, match="take it back, and ask for it by another day"):
        calls.announce(call=moved, by=officer)
    actions.drop(demand=moved.demands.get(), by=officer)
    assert calls.announce(call=moved, by=officer).state == "forecast"


def test_more_time_never_passes_the_day_of_a_condition(story, standard):
    call, officer = story.call, story.people.officer
    day = clock.today() + timedelta(days=25)
    CallDemand.objects.create(call=call, standard=standard, level=2, due_on=day)
    later = call.closes_at + timedelta(days=10)
    with pytest.raises(Refused, match="must reach level 2 of every measure"):
        calls.extend(call=call, closes_at=later, reason="Asked for.", by=officer)
    assert make.fresh(call).closes_at != later
    soon = call.closes_at + timedelta(days=2)
    assert calls.extend(call=call, closes_at=soon, reason="Asked for.", by=officer)


def test_announced_call_no_longer_changes_what_it_asks(story, standard):
    officer, page = story.people.officer, reverse("standards:demands", args=[story.call.code])
    assert "Its rules no longer change" in text(get(officer, page))
    assert "has been announced" in text(post(officer, page, chosen(standard)))
    row = asks(story, standard)
    drop = post(officer, reverse("standards:drop", args=[story.call.code, row.pk]))
    assert "has been announced" in text(drop)
    assert CallDemand.objects.filter(pk=row.pk).exists()


def test_copy_of_a_call_asks_for_the_same_levels_to_bid(story, standard):
    asks(story, standard, one=measure(standard))
    CallDemand.objects.create(call=story.call, standard=standard, level=4, due_on=date(2027, 1, 1))
    copy = calls.copy_call(
        call=story.call,
        code="again",
        title="Again",
        opens_at=clock.now() + timedelta(days=1),
        closes_at=clock.now() + timedelta(days=30),
        by=SYSTEM,
    )
    assert [(d.measure.code, d.level, d.due_on) for d in copy.demands.all()] == [
        ("safe-practice", 3, None)
    ]


def test_bid_cannot_start_without_the_level_and_the_reason_is_shown(story, standard):
    asks(story, standard, one=measure(standard))
    page = reverse("bids:start", args=[story.call.code])
    shown = text(get(story.people.author, page))
    assert "cannot start a bid here. This call asks for level 3 of “Safe practice”" in shown
    assert "has not submitted a self-assessment of this standard" in shown
    assert reverse("standards:own", args=[story.authority.pk]) in shown
    make.self_assessment(story.authority, {"safe-practice": 2})
    shown = text(get(story.people.author, page))
    assert "says: level 2 of “Safe practice”." in shown
    with pytest.raises(Refused, match="level 2 of “Safe practice”"):
        make.draft_bid(story)
    make.self_assessment(story.authority, {"safe-practice": 3, "well-led": 1})
    assert "cannot start a bid here" not in text(get(story.people.author, page))
    assert make.draft_bid(story).state == "draft"


def test_every_measure_means_every_one(story, standard):
    asks(story, standard, level=2)
    make.self_assessment(story.authority, {"well-led": 1})
    with pytest.raises(Refused, match="level 1 of “Well led”"):
        make.draft_bid(story)
    make.self_assessment(story.authority, 2)
    assert make.draft_bid(story).state == "draft"


def test_draft_or_discarded_self_assessment_counts_for_nothing(story, standard):
    asks(story, standard)
    row = make.self_assessment(make.authority(), 4)
    begun = actions.start(organisation=story.authority, standard=row.standard, by=SYSTEM)
    with pytest.raises(Refused, match="has not submitted"):
        make.draft_bid(story)
    actions.discard(assessment=begun, by=SYSTEM)
    with pytest.raises(Refused, match="has not submitted"):
        make.draft_bid(story)


def test_older_version_than_the_one_asked_for_does_not_count_but_a_newer_does(story, standard):
    make.self_assessment(story.authority, 4)
    new = make.next_version(standard)
    asked = asks(story, new)
    with pytest.raises(Refused, match="is of version 2023"):
        make.draft_bid(story)
    asked.delete()
    asks(story, standard)
    make.self_assessment(story.authority, 4, standard=new)
    assert make.draft_bid(story).state == "draft"


def test_level_is_checked_again_before_the_certificate_and_on_the_way_in(story, standard):
    asks(story, standard)
    make.self_assessment(story.authority, 3)
    bid = make.draft_bid(story)
    bids.ask_for_certificate(bid=bid, by=story.people.author)
    bids.certify(bid=bid, by=story.people.certifier)
    make.self_assessment(story.authority, 2)
    shown = text(post(story.people.author, reverse("bids:submit", args=[bid.reference])))
    assert "This call asks for level 3 of every measure" in shown
    assert make.fresh(bid).state == "certified"
    bids.reopen(bid=bid, by=story.people.author)
    with pytest.raises(Refused, match="asks for level 3"):
        bids.ask_for_certificate(bid=bid, by=story.people.author)
    make.self_assessment(story.authority, 4)
    bids.ask_for_certificate(bid=bid, by=story.people.author)
    bids.certify(bid=bid, by=story.people.certifier)
    bids.submit(bid=bid, by=story.people.author)
    found = {one["check"]: one["passed"] for one in automatic_checks(make.fresh(bid))}
    assert found[f"Reached {CallDemand.objects.get().words}"] is True


def test_waiver_lets_an_organisation_bid_without_the_level(story, standard):
    asks(story, standard)
    row = waivers.ask(
        rule="standards.level",
        programme=story.programme,
        organisation=story.authority,
        reason="New unitary council.",
        starts_on=clock.today(),
        ends_on=clock.today() + timedelta(days=30),
        by=story.people.officer,
    )
    with pytest.raises(Refused):
        make.draft_bid(story)
    waivers.agree(waiver=row, reason="", by=story.people.senior)
    assert make.draft_bid(story).state == "draft"


def test_condition_of_the_grant_does_not_keep_anybody_from_bidding_and_is_in_the_agreement(
    story, standard
):
    CallDemand.objects.create(call=story.call, standard=standard, level=3, due_on=date(2027, 6, 1))
    bid = make.offered_bid(story)
    words = "the recipient reaches level 3 of every measure"
    shown = text(get(story.people.chief, bid.offer.get_absolute_url()))
    assert words in shown
    assert "by 1 June 2027" in shown
    agreement = awards.accept(offer=bid.offer, by=story.people.chief)
    assert any(words in part["text"] for part in agreement.content["schedules"])


def test_start_page_takes_as_many_queries_for_three_levels_as_for_one(story, standard):
    page = reverse("bids:start", args=[story.call.code])
    asks(story, standard, one=measure(standard))
    before = queries(story.people.author, page)
    for code in ("well-led", "improve-care"):
        asks(story, standard, one=measure(standard, code))
    assert queries(story.people.author, page) == before
