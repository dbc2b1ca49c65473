"""One bid from its first answer to money paid and a benefit verified, through the actions."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from carefund.core.errors import NotAllowed, WrongState
from carefund.notify.models import OutboxMessage
from grants.awards import actions as awards
from grants.benefits import actions as benefits
from grants.bids import actions as bids
from grants.delivery import actions as delivery
from grants.payments import actions as payments
from programmes.funds import queries as funds
from tests import make


def test_story_from_bid_to_verified_benefit(story, known_time, run_jobs, mailoutbox):
    people = story.people
    project = make.project(story)
    assert project.milestones.count() == 2

    known_time.shift(timedelta(days=120))
    milestone = project.milestones.first()
    delivery.report(
        milestone=milestone, achieved_on=date(2026, 9, 28), note="Contract signed.", by=people.lead
    )
    delivery.confirm(milestone=milestone, note="", by=people.officer)
    claim = payments.make_claim(
        project=project,
        period_starts_on=date(2026, 9, 1),
        period_ends_on=date(2026, 9, 30),
        amounts={(2026, "revenue"): Decimal("12000.50")},
        narrative="Staff and sensors.",
        by=people.lead,
    )
    payments.certify(claim=claim, by=people.certifier)
    payments.submit(claim=claim, by=people.lead)
    payments.approve(claim=claim, reason="Evidence seen.", by=people.officer)
    payments.release(claim=claim, by=people.finance)

    line = story.programme.budget_lines.get(financial_year=2026, kind="revenue")
    assert (line.budget, line.committed, line.claimed, line.paid) == (
        Decimal("50000.00"),
        Decimal("20000.00"),
        Decimal("12000.50"),
        Decimal("12000.50"),
    )
    assert funds.unreconciled() == []

    known_time.shift(timedelta(days=365))
    benefit = project.benefits.get()
    seen = benefits.observe(
        benefit=benefit,
        period_starts_on=date(2026, 10, 1),
        period_ends_on=date(2027, 9, 30),
        measured=Decimal(70),
        method="Falls register.",
        by=people.lead,
    )
    # 30 falls fewer, 80 per cent of them due to the project, 500 pounds each, a full year.
    assert seen.amount == Decimal("12000.00")
    benefits.verify(observation=seen, accepted=True, note="", by=people.officer)
    run_jobs()
    assert OutboxMessage.objects.filter(sent_at__isnull=True).count() == 0
    assert {m.to[0] for m in mailoutbox} >= {people.author.email, people.certifier.email}


def test_certifier_who_prepared_the_bid_is_refused(story):
    bid = make.draft_bid(story)
    bids.ask_for_certificate(bid=bid, by=story.people.author)
    with pytest.raises(NotAllowed):
        bids.certify(bid=bid, by=story.people.author)


def test_round_approved_twice_commits_once(story):
    make.assessed_bid(story)
    people = story.people
    allocation = awards.make_round(call=story.call, minimum_score=Decimal(50), by=people.officer)
    awards.recommend(allocation=allocation, rationale="Best.", by=people.officer)
    awards.approve(allocation=allocation, by=people.senior)
    with pytest.raises(WrongState) as caught:
        awards.approve(allocation=allocation, by=people.senior)
    assert caught.value.source == "approved"
    line = story.programme.budget_lines.get(financial_year=2026, kind="revenue")
    assert line.committed == Decimal("20000.00")
