"""Projects with money, milestones and benefits, further than the bid's own story goes."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from carefund.core import clock
from carefund.core.actors import SYSTEM
from grants.assessment import actions as assessment
from grants.awards import actions as awards
from grants.benefits import actions as benefits
from grants.delivery import actions as delivery
from grants.delivery.models import Project
from grants.payments import actions as payments
from programmes.calls import actions as calls
from programmes.calls.models import Call
from programmes.targets.models import Target, TargetObservation
from tests import make


@dataclass
class Told:
    """A project whose story has been told, with the moments between its chapters."""

    project: Project
    after_award: datetime
    after_payment: datetime
    after_measure: datetime
    after_verification: datetime


def tell(s: make.Story, known_time: Any, project: Project | None = None) -> Told:
    """Award, then milestone and payment, then a measured benefit, then its verification."""
    people = s.people
    project = project or make.project(s)
    after_award = clock.now()
    known_time.shift(timedelta(days=120))
    milestone = project.milestones.first()
    delivery.report(
        milestone=milestone, achieved_on=date(2026, 9, 28), note="Signed.", by=people.lead
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
    delivery.tell_story(
        project=project, story="Sensors noticed falls.\n\nPeople stayed at home.", by=people.officer
    )
    after_payment = clock.now()
    known_time.shift(timedelta(days=365))
    seen = benefits.observe(
        benefit=project.benefits.get(),
        period_starts_on=date(2026, 10, 1),
        period_ends_on=date(2027, 9, 30),
        measured=Decimal(70),
        method="Falls register.",
        by=people.lead,
    )
    after_measure = clock.now()
    known_time.shift(timedelta(days=10))
    benefits.verify(observation=seen, accepted=True, note="", by=people.officer)
    after_verification = clock.now()
    known_time.shift(timedelta(days=1))
    return Told(project, after_award, after_payment, after_measure, after_verification)


def projects(s: make.Story, number: int, amount: str = "20000.00") -> list[Project]:
    """Several projects of one call, each of an authority of its own."""
    bids = []
    for _ in range(number):
        there = make.authority()
        s.authority = there
        for name, role in (("author", "bid_author"), ("certifier", "finance_certifier")):
            setattr(s.people, name, make.member(there, role))
        s.people.chief = make.member(there, "org_administrator")
        s.people.lead = make.member(there, "project_lead")
        bids.append((make.submitted_bid(s, amount), s.people.chief))
    Call.objects.filter(pk=s.call.pk).update(closes_at=clock.now())
    s.call.refresh_from_db()
    calls.start_assessment(call=s.call, by=SYSTEM)
    for bid, _ in bids:
        _assess(s, bid)
    allocation = awards.make_round(call=s.call, minimum_score=Decimal(50), by=s.people.officer)
    awards.recommend(allocation=allocation, rationale="Best.", by=s.people.officer)
    awards.approve(allocation=allocation, by=s.people.senior)
    for bid, chief in bids:
        awards.accept(offer=make.fresh(bid).offer, by=chief)
    return list(Project.objects.filter(programme=s.programme).order_by("pk"))


def _assess(s: make.Story, bid: Any) -> None:
    assessment.check_eligibility(bid=bid, passed=True, reason="", by=s.people.officer)
    for assessor in (s.people.assessor, s.people.second_assessor):
        given = assessment.assign(bid=bid, assessor=assessor, by=s.people.officer)
        assessment.declare(assignment=given, has_conflict=False, note="", by=assessor)
        for criterion in s.call.criteria.all():
            assessment.save_score(
                assignment=given,
                criterion=criterion,
                score=4,
                justification="Well argued.",
                by=assessor,
            )
        assessment.submit_scores(assignment=given, by=assessor)


def target(programme: Any, code: str = "records") -> Target:
    """The real goal: 40% to 80% by March 2024, with five statements on the way."""
    row = Target.objects.create(
        code=code,
        programme=programme,
        name="Care providers with a digital record",
        definition="Registered providers that use a digital social care record.",
        baseline=Decimal(40),
        baseline_on=date(2021, 12, 1),
        goal=Decimal(80),
        goal_on=date(2024, 3, 31),
        source="White paper, December 2021",
    )
    for day, value, kind in (
        (date(2021, 12, 1), 40, "actual"),
        (date(2022, 8, 1), 50, "actual"),
        (date(2023, 3, 31), 60, "interim_target"),
        (date(2023, 10, 1), 55, "lower_bound"),
        (date(2024, 3, 31), 70, "forecast"),
    ):
        TargetObservation.objects.create(
            target=row,
            on=day,
            value=Decimal(value),
            kind=kind,
            statement=f"{value}% of providers",
            source="Department of Health and Social Care",
            recorded_at=clock.now(),
        )
    return row
