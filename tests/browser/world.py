"""A world in which every page of the service has something to show."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from carefund.audit.models import Entry
from carefund.core import clock
from carefund.core.actors import SYSTEM
from carefund.core.models import Job
from carefund.core.work.queue import run
from carefund.files.models import StoredFile
from carefund.importing.actions import upload
from carefund.notify.actions import note_bounce
from carefund.notify.models import OutboxMessage
from carefund.privacy import actions as privacy
from carefund.website.example import tree
from grants.assessment import actions as assessment
from grants.assessment.models import Likeness
from grants.awards import actions as awards
from grants.benefits import actions as benefits
from grants.bids import actions as bids
from grants.bids.models import BidGuest
from grants.delivery import actions as delivery
from grants.payments import actions as payments
from programmes.calls import actions as calls
from programmes.calls.models import Call, Follower, FollowRequest
from programmes.calls.queries import stop_path, token_fingerprint
from programmes.funds import actions as funds
from programmes.organisations import actions as organisations
from programmes.organisations.models import JoinRequest, OrganisationDomain
from programmes.organisations.queries import fingerprint
from programmes.standards import actions as standards
from programmes.waivers import actions as waivers
from reports.publications import actions as reports
from tests import make
from tests.reports.make import target

# A row that is refused, so that the page shows the reason beside it.
SHEET = b"target,on,value,kind\nno-such-target,2026-01-31,50,actual\n"


@dataclass
class World:
    story: make.Story
    things: SimpleNamespace

    def __getattr__(self, name: str) -> Any:
        return getattr(self.things, name)


def build(story: make.Story, known_time: Any) -> World:
    things = SimpleNamespace(project=make.project(story))
    known_time.shift(timedelta(days=120))
    _delivery(story, things)
    _claims(story, things)
    _benefit(story, things)
    _bids(story, things)
    _assessments(story, things)
    _rounds(story, things)
    things.target = target(story.programme)
    day = clock.today() - timedelta(days=1)
    things.run = reports.request_report(programme=story.programme, day=day, by=story.people.analyst)
    for job in Job.objects.due().order_by("due_at"):
        run(job.pk)
    things.entry = Entry.objects.latest("pk")
    things.person_request = privacy.ask(
        kind="export",
        person=story.people.author,
        reason="By letter.",
        by=story.people.administrator,
    )
    things.spreadsheet = upload(
        kind="target-statements", name="said.csv", content=SHEET, by=story.people.analyst
    )
    things.stopped = note_bounce(address="gone@example.org", reason="550 No such user")
    things.message = OutboxMessage.objects.filter(recipient=story.people.author).first()
    _people(story, things)
    _calls(story, things)
    _budgets(story, things)
    _standards(story, things)
    tree.load()
    return World(story, things)


def _calls(s, things):
    """A call in each state that has pages of its own."""
    now, people = clock.now(), s.people
    lines = [make.budget(s.programme, year, "revenue", "300000.00") for year in (2026, 2027)]
    ahead = {"opens_at": now + timedelta(days=5), "closes_at": now + timedelta(days=30)}
    things.draft_call = make.call(s.programme, lines, title="A draft call", **ahead)
    things.draft_call.criteria.all().delete()
    things.coming_call = make.call(s.programme, lines, follows=s.call, invited_only=True, **ahead)
    calls.announce(call=things.coming_call, by=people.officer)
    things.turns_call = make.call(s.programme, lines, always_open=True)
    things.cut_off = calls.add_cut_off(
        call=things.turns_call, at=now + timedelta(days=9), by=people.officer
    )
    calls.announce(call=things.turns_call, by=people.officer)
    things.question, things.answered = (
        calls.ask(call=things.open_call, text=words, by=people.author)
        for words in ("May we buy tablets?", "Is VAT paid?")
    )
    calls.publish_answer(
        clarification=things.answered, question="Is VAT paid?", answer="No.", by=people.officer
    )
    FollowRequest.objects.create(
        email="r@example.org",
        token_hash=token_fingerprint("follow"),
        expires_at=now + timedelta(days=2),
    )
    calls.follow(wishes={"everything": True}, by=people.author)
    things.stop_link = stop_path(Follower.objects.get()).split("/")[-2]


def _standards(s, things):
    """Five organisations, so that there is a spread; one of them twice, and once more begun."""
    things.standard, author = make.standard(), s.people.author
    for level in (1, 2, 4, 4):
        make.self_assessment(make.authority(), level)
    make.self_assessment(s.authority, {"well-led": 2, "safe-practice": 1}, by=author)
    things.assessed_itself = make.self_assessment(s.authority, {"well-led": 4}, by=author)
    things.half = standards.start(organisation=s.authority, standard=things.standard, by=author)
    measure = things.standard.measures.first()
    standards.save_answer(
        assessment=things.half,
        measure=measure,
        level=measure.levels.first(),
        evidence="",
        seen=0,
        by=author,
        file=SimpleUploadedFile("minutes.txt", b"Agreed."),
    )
    things.half_file = StoredFile.objects.get(name="minutes.txt", role="evidence")
    things.demand = standards.demand(
        call=things.draft_call, standard=things.standard, level=2, by=s.people.officer
    )
    things.condition = delivery.set_condition(
        project=things.project,
        standard=things.standard,
        level=3,
        due_on=clock.today() + timedelta(days=20),
        reason="By letter.",
        by=s.people.officer,
    )


def _budgets(s, things):
    people = s.people
    things.virement = funds.propose_virement(
        programme=s.programme,
        source=(2026, "capital"),
        target=(2026, "revenue"),
        amount=Decimal(500),
        reason="Less equipment than planned.",
        authority="Letter of 1 May",
        key="browser",
        by=people.officer,
    )
    things.source = funds.add_source(
        programme=s.programme, name="Levy", amount=Decimal(1), reference="", by=people.officer
    )
    funds.answer_requirement(
        programme=s.programme,
        number=1,
        stance="comply",
        evidence="Named in the business case.",
        by=people.officer,
    )
    funds.review_programme(
        programme=s.programme,
        reviewed_on=clock.today(),
        decision="continue",
        findings="On track.",
        by=people.senior,
    )


def _people(s, things):
    people, last = s.people, clock.today() + timedelta(days=30)
    things.invitation = organisations.invite(
        organisation=s.authority,
        email="new@here.example",
        name="New Author",
        roles=["bid_author"],
        by=people.chief,
    )
    things.joining = JoinRequest.objects.create(
        organisation=s.authority,
        user=people.nobody,
        email=people.nobody.email,
        name="Nobody",
        state="waiting",
    )
    JoinRequest.objects.create(
        email="jo@here.example",
        name="Jo",
        token_hash=fingerprint("confirm"),
        expires_at=clock.now() + timedelta(days=1),
    )
    things.domain = OrganisationDomain.objects.create(
        organisation=s.authority, domain="here.example", valid_from=date(2020, 1, 1)
    )
    asked = {"email": "p@partner.example", "name": "Partner", "role": "viewer", "ends_on": last}
    things.guest = bids.invite_guest(bid=things.draft, by=people.author, **asked)
    charity = bids.ask_partner(
        bid=things.draft,
        organisation="A charity",
        name="Partner There",
        email="partner@charity.example",
        part="Visits people at home.",
        contribution=Decimal(5000),
        by=people.author,
    )
    BidGuest.objects.filter(pk=charity.guest_id).update(user=make.user("Partner There"))
    things.partner_of_bid = make.fresh(charity)
    things.partner = delivery.invite_guest(project=things.project, by=people.lead, **asked)
    things.analysts_role = people.analyst.role_assignments.get()
    things.colleague = funds.invite_staff(
        email="new@department.example",
        name="New Colleague",
        role="analyst",
        programme=s.programme,
        by=people.administrator,
    )
    things.waiver = waivers.ask(
        rule="bids.one_bid",
        programme=s.programme,
        organisation=s.authority,
        reason="Two islands.",
        starts_on=clock.today(),
        ends_on=last,
        by=people.officer,
    )


def _delivery(s, things):
    project, lead = things.project, s.people.lead
    things.reported, things.planned = project.milestones.order_by("position")
    delivery.report(
        milestone=things.reported,
        achieved_on=date(2026, 9, 28),
        note="Signed.",
        by=lead,
        evidence=SimpleUploadedFile("contract.txt", b"Signed."),
    )
    things.file = StoredFile.objects.get()
    things.risk = delivery.raise_risk(
        project=project, title="Staff leave", mitigation="Hire.", likelihood=3, impact=4, by=lead
    )
    things.change = delivery.request_change(
        project=project, kind="dates", what="Later.", why="Supplier is late.", by=lead
    )
    things.due = _ask_return(project, date(2026, 7, 1), date(2026, 9, 30))
    things.submitted_return = _ask_return(project, date(2026, 6, 1), date(2026, 6, 30))
    delivery.submit_return(
        monitoring=things.submitted_return, progress="Begun.", confidence="on_track", by=lead
    )


def _ask_return(project, first, last):
    return delivery.open_return(
        project=project,
        starts_on=first,
        ends_on=last,
        due_on=last + timedelta(days=20),
        by=SYSTEM,
    )


STEPS = {
    "certified_claim": ["certify"],
    "submitted_claim": ["certify", "submit"],
    "approved_claim": ["certify", "submit", "approve"],
    "paid_claim": ["certify", "submit", "approve", "release"],
}


def _claims(s, things):
    by = {"certify": s.people.certifier, "submit": s.people.lead, "release": s.people.finance}
    for name, steps in {"draft_claim": [], **STEPS}.items():
        claim = payments.make_claim(
            project=things.project,
            period_starts_on=date(2026, 9, 1),
            period_ends_on=date(2026, 9, 30),
            amounts={(2026, "revenue"): Decimal("1000.50")},
            narrative="Staff and sensors.",
            by=s.people.lead,
        )
        for step in steps:
            if step == "approve":
                payments.approve(claim=claim, reason="Seen.", by=s.people.officer)
            else:
                getattr(payments, step)(claim=claim, by=by[step])
        setattr(things, name, claim)


def _benefit(s, things):
    things.benefit = things.project.benefits.get()
    for first, last, verified in (
        ((2026, 6, 1), (2026, 6, 30), True),
        ((2026, 7, 1), (2026, 9, 30), False),
    ):
        things.observation = benefits.observe(
            benefit=things.benefit,
            period_starts_on=date(*first),
            period_ends_on=date(*last),
            measured=Decimal(70),
            method="Falls register.",
            by=s.people.lead,
        )
        if verified:
            benefits.verify(
                observation=things.observation, accepted=True, note="", by=s.people.officer
            )


def _bids(s, things):
    """An open call with bids on every step of the way to being submitted."""
    again = make.story_again(s)
    Call.objects.filter(pk=again.call.pk).update(several_bids_allowed=True)
    again.call.refresh_from_db()
    things.open_call = again.call
    things.draft = make.draft_bid(again, title="A draft")
    things.asked = make.draft_bid(again, title="Waits for a certificate")
    bids.ask_for_certificate(bid=things.asked, by=s.people.author)
    things.certified = make.draft_bid(again, title="Certified")
    bids.ask_for_certificate(bid=things.certified, by=s.people.author)
    bids.certify(bid=things.certified, by=s.people.certifier)
    things.submitted = make.submitted_bid(again)
    asked = {"question": "Whose homes?", "reply_by": clock.today() + timedelta(days=7)}
    asked |= {"bid": things.submitted, "by": s.people.officer}
    things.request = bids.ask_to_clarify(section="money", **asked)
    things.replied = bids.ask_to_clarify(section="project", **asked)
    reply = {"reply": "Ours.", "values": {"summary": "New"}, "by": s.people.author}
    bids.reply_to_request(request=things.replied, **reply)


def _assessments(s, things):
    """A call under assessment whose bid one assessor opened, and the other did not."""
    again = make.story_again(s)
    bid = make.submitted_bid(again)
    make.close(again)
    assessment.check_eligibility(bid=bid, passed=True, reason="", by=s.people.officer)
    things.opened = assessment.assign(bid=bid, assessor=s.people.assessor, by=s.people.officer)
    assessment.declare(assignment=things.opened, has_conflict=False, note="", by=s.people.assessor)
    things.unopened = assessment.assign(
        bid=bid, assessor=s.people.second_assessor, by=s.people.officer
    )
    things.in_assessment = make.fresh(bid)
    conflicted = make.story_again(s)
    other = make.submitted_bid(conflicted)
    make.close(conflicted)
    assessment.check_eligibility(bid=other, passed=True, reason="", by=s.people.officer)
    things.conflicted = assessment.assign(
        bid=other, assessor=s.people.assessor, by=s.people.officer
    )
    assessment.declare(
        assignment=things.conflicted, has_conflict=True, note="A friend.", by=s.people.assessor
    )
    things.likeness = Likeness.objects.create(
        first=bid, second=other, similarity=64, same_authority=True, found_at=clock.now()
    )


def _rounds(s, things):
    again = make.story_again(s)
    things.assessed = make.assessed_bid(again)
    things.assessed_call = again.call
    things.handed_in = things.assessed.assignments.first()
    things.round = awards.make_round(
        call=again.call, minimum_score=Decimal(50), by=s.people.officer
    )
    things.constraint = awards.add_constraint(
        allocation=things.round, kind="must", bid=things.assessed, note="x", by=s.people.officer
    )
    awards.add_step(
        programme=s.programme,
        title="Senior responsible owner",
        role="senior_officer",
        from_amount=Decimal(10**9),
        by=s.people.administrator,
    )
    again = make.story_again(s)
    make.assessed_bid(again)
    things.recommended = awards.make_round(
        call=again.call, minimum_score=Decimal(50), by=s.people.officer
    )
    awards.recommend(allocation=things.recommended, rationale="Best.", by=s.people.officer)
    things.offer = make.offered_bid(make.story_again(s)).offer
    things.amendment = awards.amend(
        offer=things.offer,
        amounts={(2026, "revenue"): Decimal(21000), (2027, "revenue"): Decimal(20000)},
        reason="Two homes more.",
        by=s.people.officer,
    )
    things.letter = things.offer.bid.choices.get().letters.get()
    things.determination = make.determination(s)
    things.issued_determination = make.issued_determination(s)
