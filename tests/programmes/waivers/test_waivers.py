"""Every exception stands in a register, and opens exactly what it says."""

import json
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from carefund.core import clock
from carefund.core.actors import SYSTEM
from carefund.core.errors import NotAllowed, Refused
from grants.awards import actions as awards
from grants.bids import actions as bids
from grants.delivery import actions as delivery
from grants.payments import actions as payments
from programmes.calls.models import Call
from programmes.waivers import actions, registry
from programmes.waivers.models import Waiver
from reports.publications.build import Identity, document, snapshot
from tests import make

DAYS = 10


def agreed(s, rule, *, organisation=None, subject=None, days=DAYS):
    waiver = actions.ask(
        rule=rule,
        programme=s.programme,
        organisation=organisation or s.authority,
        subject=subject,
        reason="A flood.",
        starts_on=clock.today(),
        ends_on=clock.today() + timedelta(days=days),
        by=s.people.officer,
    )
    actions.agree(waiver=waiver, reason="Fair.", by=s.people.senior)
    return make.fresh(waiver)


def second_bid(s):
    return bids.start_bid(
        call=s.call, organisation=s.authority, title="Two", theme=s.theme, by=s.people.author
    )


def report(s, project):
    return delivery.report(
        milestone=project.milestones.first(), achieved_on=clock.today(), note="", by=s.people.lead
    )


def claim_ahead(s, project):
    return payments.make_claim(
        project=project,
        period_starts_on=clock.today(),
        period_ends_on=clock.today() + timedelta(days=20),
        amounts={(2026, "revenue"): Decimal("100.00")},
        narrative="Staff.",
        by=s.people.lead,
    )


def test_a_second_bid_needs_a_waiver_of_this_call_or_of_all(story):
    make.draft_bid(story)
    other = make.story_again(story).call
    agreed(story, "bids.one_bid", subject=other)
    agreed(story, "bids.one_bid", organisation=story.other)
    agreed(story, "calls.eligible_kind")
    with pytest.raises(Refused, match="already started"):
        second_bid(story)
    agreed(story, "bids.one_bid", subject=story.call)
    assert second_bid(story).pk


def test_a_waiver_holds_to_its_last_day_and_no_longer(story, known_time):
    make.draft_bid(story)
    agreed(story, "bids.one_bid")
    known_time.shift(timedelta(days=DAYS))
    assert second_bid(story).pk
    known_time.shift(timedelta(days=1))
    with pytest.raises(Refused, match="already started"):
        second_bid(story)


def test_what_is_only_asked_for_or_ended_opens_nothing(story):
    make.draft_bid(story)
    waiver = agreed(story, "bids.one_bid")
    actions.end(waiver=waiver, reason="Over.", by=story.people.officer)
    asked = {"rule": "bids.one_bid", "programme": story.programme, "reason": "x"}
    actions.ask(
        **asked,
        organisation=story.authority,
        starts_on=clock.today(),
        ends_on=clock.today(),
        by=story.people.officer,
    )
    with pytest.raises(Refused):
        second_bid(story)


def test_another_kind_of_organisation_bids_by_a_waiver(story):
    Call.objects.filter(pk=story.call.pk).update(eligible_kinds=["icb"])
    story.call.refresh_from_db()
    with pytest.raises(Refused, match="This call is for"):
        second_bid(story)
    agreed(story, "calls.eligible_kind", subject=story.call)
    assert second_bid(story).pk


def test_an_offer_is_answered_late_by_a_waiver_and_lapses_after_it(
    story, offered, known_time, run_jobs
):
    bid = offered
    agreed(story, "awards.answer_in_time", subject=bid, days=60)
    known_time.shift(timedelta(days=40))
    run_jobs()
    assert make.fresh(bid.offer).state == "offered"
    with transaction.atomic():
        awards.accept(offer=make.fresh(bid.offer), by=story.people.chief)
        transaction.set_rollback(True)
    known_time.shift(timedelta(days=30))
    with pytest.raises(awards.OfferExpired):
        awards.accept(offer=make.fresh(bid.offer), by=story.people.chief)
    run_jobs()
    assert make.fresh(bid.offer).state == "expired"


def test_a_milestone_is_reported_without_evidence_by_a_waiver(story, under_way):
    project = under_way
    with pytest.raises(Refused, match="evidence"):
        report(story, project)
    agreed(story, "delivery.evidence", subject=project)
    assert report(story, project).state == "reported"


def test_a_claim_is_made_ahead_by_a_waiver(story, under_way):
    project = under_way
    agreed(story, "delivery.evidence", subject=project)
    with pytest.raises(Refused, match="period that has ended"):
        claim_ahead(story, project)
    agreed(story, "payments.period_ended", subject=project.offer.bid)
    assert claim_ahead(story, project).pk


def test_who_asks_does_not_agree(story):
    values = {
        "rule": "bids.one_bid",
        "programme": story.programme,
        "organisation": story.authority,
        "reason": "x",
        "starts_on": clock.today(),
        "ends_on": clock.today(),
    }
    waiver = actions.ask(**values, by=story.people.senior)
    for person in (story.people.senior, story.people.officer, story.people.chief):
        with pytest.raises(NotAllowed):
            actions.agree(waiver=waiver, reason="", by=person)
    with pytest.raises(NotAllowed):
        actions.ask(**values, by=story.people.elsewhere)
    with pytest.raises(IntegrityError), transaction.atomic():
        Waiver.objects.filter(pk=waiver.pk).update(agreed_by=story.people.senior)


def test_the_pages_it_touches_say_so(client, story, under_way):
    project = under_way
    bid = project.offer.bid
    agreed(story, "delivery.evidence", subject=project)
    agreed(story, "bids.one_bid", subject=bid)
    client.force_login(story.people.lead)
    pages = (project.get_absolute_url(), reverse("bids:task_list", args=[bid.reference]))
    assert "Evidence for milestones" in client.get(pages[0]).content.decode()
    assert "One bid per organisation" in client.get(pages[1]).content.decode()
    client.force_login(story.people.officer)
    page = client.get(reverse("bids:case", args=[bid.reference])).content.decode()
    assert "One bid per organisation" in page
    assert "/manage/waivers/" in page


def test_a_report_lists_what_was_in_force_at_its_moment(story, known_time):
    before = clock.now()
    known_time.shift(timedelta(days=1))
    waiver = agreed(story, "bids.one_bid")
    during = clock.now()
    known_time.shift(timedelta(days=1))
    actions.end(waiver=waiver, reason="Over.", by=story.people.officer)
    taken = {m: snapshot.take(story.programme, m, date(2026, 6, 1)) for m in (before, during)}
    assert taken[before]["waivers"] == []
    assert [line["reason"] for line in taken[during]["waivers"]] == ["A flood."]
    assert snapshot.take(story.programme, clock.now(), date(2026, 6, 1))["waivers"] == []
    text = repr(document(taken[during], Identity("R", "Draft", "f")))
    assert "Waivers in force" in text
    old = json.loads(json.dumps(taken[during]))
    del old["waivers"]
    assert "Waivers" not in repr(document(old, Identity("R", "Draft", "f")))


def test_a_waiver_is_asked_for_and_agreed_on_its_pages(client, story):
    client.force_login(story.people.officer)
    today = clock.today()
    sent = {
        "rule": "bids.one_bid",
        "programme": story.programme.code,
        "organisation": story.authority.org_id,
        "subject": story.call.code,
        "reason": "Two islands.",
        **{
            f"{n}_{p}": getattr(today, p)
            for n in ("starts_on", "ends_on")
            for p in ("day", "month", "year")
        },
    }
    wrong = client.post(reverse("waivers:ask"), {**sent, "subject": "nothing"}).content.decode()
    assert "There is no call, bid or project" in wrong
    assert client.post(reverse("waivers:ask"), sent).status_code == 302
    waiver = Waiver.objects.get()
    assert waiver.subject == story.call
    client.force_login(story.people.senior)
    agree = reverse("waivers:agree", args=[waiver.pk])
    assert client.post(agree, {"reason": "Fair."}).status_code == 302
    assert "Nothing changed" in client.post(agree, {"reason": "Twice."}).content.decode()
    assert make.fresh(waiver).state == "agreed"


def test_the_register_takes_the_same_queries_however_many(client, story):
    client.force_login(story.people.auditor)

    def count():
        with CaptureQueriesContext(connection) as found:
            assert client.get(reverse("waivers:register")).status_code == 200
        return len(found)

    agreed(story, "bids.one_bid")
    count()
    first = count()
    for rule in ("calls.eligible_kind", "delivery.evidence", "payments.period_ended"):
        agreed(story, rule)
    assert count() == first


def test_each_rule_that_can_be_waived_has_words():
    keys = {rule.key for rule in registry.rules()}
    assert len(keys) >= 5
    assert all(rule.title and rule.sentence.endswith(".") for rule in registry.rules())
    assert registry.rule_of("gone").title == "gone"


def test_the_system_asks_and_agrees_alone(story):
    """What a loader writes carries no person, so that nobody is named who did nothing."""
    waiver = actions.ask(
        rule="bids.one_bid",
        programme=story.programme,
        organisation=story.authority,
        reason="History.",
        starts_on=clock.today(),
        ends_on=clock.today(),
        by=SYSTEM,
    )
    assert actions.agree(waiver=waiver, reason="", by=SYSTEM).agreed_by is None
