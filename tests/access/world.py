"""One rich story: an object for every address, and hands that separated duties must stop."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from carefund.accounts.roles import AuthorityRole, StaffRole
from carefund.audit.models import Entry
from carefund.core import clock
from carefund.core.actors import SYSTEM
from carefund.core.models import Job
from carefund.files.actions import store
from carefund.files.models import StoredFile
from carefund.importing.actions import upload
from carefund.notify.actions import note_bounce
from carefund.notify.models import OutboxMessage
from carefund.privacy import actions as privacy
from grants.assessment.models import Assignment, Likeness
from grants.awards.models import (
    AllocationRound,
    ApprovalStep,
    Constraint,
    Letter,
    OfferAmendment,
)
from grants.benefits import actions as benefits
from grants.benefits.models import BenefitObservation
from grants.bids.models import Bid, BidGuest, BidPartner, ClarificationRequest
from grants.delivery import actions as delivery
from grants.delivery.models import ChangeRequest, Project, ProjectGuest
from grants.payments import actions as payments
from grants.payments.models import Claim
from programmes.calls.models import Clarification, CutOff, Follower, FollowRequest
from programmes.calls.queries import stop_path, token_fingerprint
from programmes.funds import actions as funds
from programmes.funds.models import FundingSource, Programme
from programmes.organisations import actions as organisations
from programmes.organisations.models import JoinRequest, Membership, OrganisationDomain
from programmes.organisations.queries import fingerprint
from programmes.standards import actions as standards
from programmes.standards.models import CallDemand
from programmes.waivers import actions as waivers
from reports.publications import actions as reports
from reports.publications.models import ReportRun
from tests import make
from tests.reports.make import target

SECRET = "Mirabelle"
SHEET = (
    "target,date,value,kind,statement,source\n"
    "records,2026-09-30,81.5,actual,Said by Mirabelle,A paper\n"
)


@dataclass
class World:
    """`addresses`: the arguments of a URL by the name that the matrix gives them."""

    story: make.Story
    addresses: dict[str, dict[str, Any]]
    moment: Any = None

    def person(self, role: str) -> Any:
        return getattr(self.story.people, role)


def proof(name: str = "evidence.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, f"{SECRET} signed the contract.".encode())


def build(known_time: Any) -> World:
    s = make.story()
    s.people.conflicted = make.staff(StaffRole.ASSESSOR, s.programme, "Assessor Conflicted")
    _people_from_elsewhere(s)
    project = make.project(s)
    known_time.shift(timedelta(days=120))
    own = {"project": {"reference": project.reference}}
    addresses = {
        "": {},
        "programme": {"code": s.programme.code},
        "export": {"kind": "csv"},
        "import kind": {"kind": "target-statements"},
        "giving": {"name": "json"},
        **own,
        **_of_calls(s, project),
        **_of_bids(s, project),
        **_of_project(s, project),
        **_of_claims(s, project),
        **_of_benefits(s, project),
        **_of_reports(s),
        **_of_record(s),
    }
    addresses |= _of_people(s) | _of_guests(s, project, addresses) | _of_waivers(s)
    addresses |= _of_standards(s, project)
    return World(s, addresses)


def _people_from_elsewhere(s: make.Story) -> None:
    """The same roles in another organisation and another programme, and who is not in yet."""
    people, elsewhere = s.people, Programme.objects.get(code="elsewhere")
    people.stranger_lead = make.member(s.other, AuthorityRole.PROJECT_LEAD, "Lead There")
    people.stranger_chief = make.member(s.other, AuthorityRole.ADMINISTRATOR, "Chief There")
    people.senior_elsewhere = make.staff(StaffRole.SENIOR_OFFICER, elsewhere, "Senior Elsewhere")
    people.finance_elsewhere = make.staff(StaffRole.FINANCE_OFFICER, elsewhere, "Finance Elsewhere")
    people.assessor_elsewhere = make.staff(StaffRole.ASSESSOR, elsewhere, "Assessor Elsewhere")
    people.administrator_elsewhere = make.staff(
        StaffRole.ADMINISTRATOR, elsewhere, "Administrator Elsewhere"
    )
    people.invited, people.leaver = make.user("Invited"), make.user("Leaver")
    people.bid_guest, people.project_guest = (
        make.user("Guest of Bid"),
        make.user("Guest of Project"),
    )
    for role in AuthorityRole:
        row = Membership.objects.create(organisation=s.authority, user=people.leaver, role=role)
        row.ended_at, row.ended_by = clock.now(), people.chief
        row.save()


def _of_record(s: make.Story) -> dict[str, Any]:
    people, here = s.people, {"pk": s.authority.pk}
    invitation = organisations.invite(
        organisation=s.authority,
        email=people.invited.email,
        name="Invited",
        roles=[AuthorityRole.BID_AUTHOR],
        by=people.chief,
    )
    asked = JoinRequest.objects.create(
        organisation=s.authority,
        user=people.nobody,
        email=people.nobody.email,
        name="Nobody",
        state="waiting",
    )
    JoinRequest.objects.create(
        email="new@here.example",
        name="New",
        token_hash=fingerprint("join"),
        expires_at=clock.now() + timedelta(days=1),
    )
    domain = OrganisationDomain.objects.create(
        organisation=s.authority, domain="here.example", valid_from=date(2020, 1, 1)
    )
    staff = funds.invite_staff(
        email="new@department.example",
        name="New",
        role=StaffRole.ANALYST,
        programme=s.programme,
        by=people.administrator,
    )
    analyst = people.analyst.role_assignments.get()
    return {
        "organisation": here,
        "member": {**here, "user": people.viewer.pk},
        "invitation": {**here, "number": invitation.pk},
        "joining request": {**here, "number": asked.pk},
        "link of an invitation": {"token": invitation.token},
        "link of a joining request": {"token": "join"},
        "domain": {**here, "number": domain.pk},
        "person of the department": {"pk": people.analyst.pk},
        "role of a person": {"pk": people.analyst.pk, "number": analyst.pk},
        "invitation to the department": {"number": staff.pk},
    }


def _of_guests(s: make.Story, project: Project, addresses: dict[str, Any]) -> dict[str, Any]:
    people, last = s.people, clock.today() + timedelta(days=60)
    draft = Bid.objects.get(**addresses["draft bid"])
    given = {"role": "contributor", "ends_on": last, "given_by": people.chief}
    of_bid = BidGuest.objects.create(bid=draft, user=people.bid_guest, **given)
    partner = BidPartner.objects.create(
        bid=draft,
        guest=of_bid,
        organisation="A charity",
        part="Visits",
        contribution=Decimal(100),
        asked_at=clock.now(),
        asked_by=people.author,
    )
    of_project = ProjectGuest.objects.create(project=project, user=people.project_guest, **given)
    return {
        "partner of the draft bid": {"reference": draft.reference, "number": partner.pk},
        "guest of the draft bid": {"reference": draft.reference, "number": of_bid.pk},
        "guest of the project": {"reference": project.reference, "number": of_project.pk},
        "guest of the organisation": {"pk": s.authority.pk, "kind": "bid", "number": of_bid.pk},
    }


def _of_waivers(s: make.Story) -> dict[str, Any]:
    asked, seniors = (
        waivers.ask(
            rule="bids.one_bid",
            programme=s.programme,
            organisation=s.authority,
            reason=f"{SECRET} needs two.",
            starts_on=clock.today(),
            ends_on=clock.today() + timedelta(days=30),
            by=by,
        )
        for by in (s.people.officer, s.people.senior)
    )
    return {"waiver": {"pk": asked.pk}, "waiver that the senior asked for": {"pk": seniors.pk}}


def _of_standards(s: make.Story, project: Project) -> dict[str, Any]:
    """A draft, a submitted self-assessment with a file, what a call asks and a grant carries."""
    standard, here = make.standard(), {"pk": s.authority.pk}
    done = make.self_assessment(s.authority, by=s.people.author)
    file = _file(done.answers.first())
    draft = standards.start(organisation=s.authority, standard=standard, by=s.people.author)
    first = standard.measures.first()
    answer = standards.save_answer(
        assessment=draft, measure=first, level=first.levels.first(), evidence="", seen=0,
        by=s.people.author,
    )  # fmt: skip
    of_draft = {"pk": draft.pk, "number": first.number, "file": _file(answer)["file_id"]}
    demand = CallDemand.objects.create(call=s.call, standard=standard, level=1)
    condition = delivery.set_condition(
        project=project,
        standard=standard,
        level=3,
        due_on=clock.today() + timedelta(days=30),
        reason="By letter.",
        by=s.people.officer,
    )
    return {
        "standard": {"code": standard.code, "version": standard.version},
        "standard of the organisation": {**here, "code": standard.code},
        "draft self-assessment": {"pk": draft.pk},
        "measure of the draft": {"pk": draft.pk, "number": 1},
        "file of the draft": of_draft,
        "submitted self-assessment": {"pk": done.pk},
        "file of the submitted self-assessment": file,
        "demand": {"code": s.call.code, "number": demand.pk},
        "condition": {"reference": project.reference, "pk": condition.pk},
    }


def _of_calls(s: make.Story, project: Project) -> dict[str, Any]:
    bid, code = project.offer.bid, s.call.code
    allocation = AllocationRound.objects.get(call=s.call)
    seniors = AllocationRound.objects.create(
        call=s.call,
        number=allocation.number + 1,
        state="recommended",
        made_by=s.people.officer,
        recommended_by=s.people.senior,
        recommended_at=clock.now(),
        rationale="My own.",
        method={"minimum_score": "50"},
    )
    return {
        **_of_questions(s),
        **_of_budgets(s),
        "call": {"code": code},
        "call export": {"code": code, "kind": "csv"},
        "round": {"pk": allocation.pk},
        "round and bid": {"pk": allocation.pk, "reference": bid.reference},
        "round of the senior": {"pk": seniors.pk},
        **_of_rounds(s, allocation, bid),
        "offer": {"reference": project.offer.reference},
        "amendment": {"reference": project.offer.reference, "version": _amendment(s, project)},
    }


def _amendment(s: make.Story, project: Project) -> int:
    """Other amounts that were proposed and wait for approval."""
    return OfferAmendment.objects.create(
        offer=project.offer,
        version=2,
        amount=Decimal(45000),
        from_amount=project.offer.amount,
        reason="Negotiated.",
        proposed_by=s.people.officer,
    ).version


def _of_rounds(s: make.Story, allocation: AllocationRound, bid: Bid) -> dict[str, Any]:
    """A constraint, a scenario, a letter, and an approval that is never asked for."""
    wish = Constraint.objects.create(round=allocation, kind="must", bid=bid, note="It must be.")
    step = ApprovalStep.objects.create(
        programme=s.programme,
        order=1,
        title="Senior responsible owner",
        role="senior_officer",
        from_amount=Decimal(10**9),
    )
    letter = Letter.objects.filter(choice__bid=bid).first()
    return {
        "kind of constraint": {"pk": allocation.pk, "kind": "must"},
        "constraint": {"pk": allocation.pk, "wish": wish.pk},
        "scenario": {"pk": allocation.pk, "number": allocation.scenario_id},
        "approval step": {"code": s.programme.code, "order": step.order},
        "letter": {"reference": bid.reference, "pk": letter.pk},
        "clause": {"code": s.programme.code, "key": "payment"},
        "determination": {"reference": make.determination(s).reference},
        "issued determination": {"reference": (issued := make.issued_determination(s).reference)},
        "issued determination and kind": {"reference": issued, "kind": "csv"},
    }


def _of_questions(s: make.Story) -> dict[str, Any]:
    """A cut-off, a question, and the links of somebody who follows calls."""
    code = s.call.code
    cut_off = CutOff.objects.create(call=s.call, at=s.call.closes_at)
    asked = Clarification.objects.create(call=s.call, asked=f"{SECRET}?", asked_by=s.people.author)
    FollowRequest.objects.create(
        email="follower@example.org",
        token_hash=token_fingerprint("follow"),
        expires_at=clock.now() + timedelta(days=2),
    )
    follower = Follower.objects.create(email="reader@example.org")
    return {
        "cut-off": {"code": code, "number": cut_off.pk},
        "question": {"code": code, "number": asked.pk},
        "link of a follower": {"token": "follow"},
        "link to stop": {"link": stop_path(follower).split("/")[-2]},
    }


def _of_budgets(s: make.Story) -> dict[str, Any]:
    code = s.programme.code
    source = FundingSource.objects.create(programme=s.programme, name="Levy")
    officers, seniors = (
        funds.propose_virement(
            programme=s.programme,
            source=None,
            target=(2028, "revenue"),
            amount=Decimal(1),
            reason="More.",
            key=f"world:{by.pk}",
            by=by,
        )
        for by in (s.people.officer, s.people.senior)
    )
    return {
        "funding source": {"code": code, "number": source.pk},
        "requirement": {"code": code, "number": 1},
        "virement": {"code": code, "number": officers.pk},
        "virement of the senior": {"code": code, "number": seniors.pk},
    }


def _likeness(s: make.Story, bid: Bid) -> Likeness:
    """A pair of the bid and another that the department has."""
    other = make.submitted_bid(make.story_again(s))
    return Likeness.objects.create(
        first=bid, second=other, same_authority=True, found_at=clock.now()
    )


def _of_bids(s: make.Story, project: Project) -> dict[str, Any]:
    bid = project.offer.bid
    draft = make.draft_bid(make.story_again(s), title=f"{SECRET} draft")
    certifiers = make.draft_bid(make.story_again(s), title=f"{SECRET} of the certifier")
    Bid.objects.filter(pk=certifiers.pk).update(prepared_by=s.people.certifier)
    conflict = Assignment.objects.create(
        bid=bid, assessor=s.people.conflicted, state="conflicted", conflict_note="My sister."
    )
    assigned = Assignment.objects.get(bid=bid, assessor=s.people.assessor)
    part = {"key": "project"}
    asked = ClarificationRequest.objects.create(
        bid=bid, section="project", question=f"{SECRET}: whose?", reply_by=clock.today()
    )
    failed = Job.objects.filter(kind="notify.deliver").latest("pk")
    failed.state = "failed"
    failed.save()
    return {
        "bid": {"reference": bid.reference},
        "bid section": {"reference": bid.reference, **part},
        "request of the bid": {"reference": bid.reference, "number": asked.pk},
        "draft bid": {"reference": draft.reference},
        "draft bid section": {"reference": draft.reference, **part},
        "bid copy": {"reference": bid.reference, "kind": "docx"},
        "draft bid copy": {"reference": draft.reference, "kind": "docx"},
        "bid question": {"reference": bid.reference, "key": "summary"},
        "draft bid question": {"reference": draft.reference, "key": "summary"},
        "bid of the certifier": {"reference": certifiers.reference},
        "assignment": {"number": assigned.pk},
        "assessor of the call": {"code": bid.call.code, "number": s.people.assessor.pk},
        "assessment export": {"code": bid.call.code, "what": "scores", "kind": "csv"},
        "check of the bid": {"reference": bid.reference, "key": "limits"},
        "likeness": {"reference": bid.reference, "number": _likeness(s, bid).pk},
        "assignment of the conflicted": {"number": conflict.pk},
        "file of the bid": _file(bid),
        "file of the draft bid": _file(draft),
        "message": {"number": OutboxMessage.objects.filter(recipient=s.people.author)[0].pk},
        "mail": {"name": "a-mail"},
        "stopped address": {"number": note_bounce(address="gone@x.example", reason="550").pk},
        "failed delivery": {"number": failed.pk},
    }


def _file(subject: Any) -> dict[str, Any]:
    return {"file_id": store(upload=proof(), subject=subject, role="evidence", by=SYSTEM).pk}


def _of_project(s: make.Story, project: Project) -> dict[str, Any]:
    people, here = s.people, {"reference": project.reference}
    milestone = project.milestones.first()
    delivery.report(
        milestone=milestone, achieved_on=date(2026, 9, 28), note=f"{SECRET} met.", by=people.lead
    )
    monitoring = delivery.open_return(
        project=project,
        starts_on=date(2026, 7, 1),
        ends_on=date(2026, 9, 30),
        due_on=date(2026, 10, 31),
        by=SYSTEM,
    )
    risk = delivery.raise_risk(
        project=project,
        title=f"{SECRET} risk",
        mitigation="A second supplier.",
        likelihood=2,
        impact=3,
        by=people.lead,
    )
    asked = {"project": project, "kind": "dates", "what": f"{SECRET} later", "why": "Late start."}
    change = delivery.request_change(**asked, by=people.lead)
    officers = delivery.request_change(**asked, by=people.lead)
    ChangeRequest.objects.filter(pk=officers.pk).update(requested_by=people.officer)
    return {
        "milestone": {**here, "position": milestone.position},
        "file of the milestone": _file(milestone),
        "return": {**here, "pk": monitoring.pk},
        "risk": {**here, "pk": risk.pk},
        "change": {**here, "pk": change.pk},
        "change of money": {**here, "kind": "money"},
        "change of the officer": {**here, "pk": officers.pk},
    }


def _claim(s: make.Story, project: Project, day: date, steps: str) -> Claim:
    claim = payments.make_claim(
        project=project,
        period_starts_on=day,
        period_ends_on=day + timedelta(days=5),
        amounts={(2026, "revenue"): Decimal("1000.00")},
        narrative=f"{SECRET} was paid.",
        by=s.people.lead,
    )
    if "submitted" in steps or "approved" in steps:
        payments.certify(claim=claim, by=s.people.certifier)
        payments.submit(claim=claim, by=s.people.lead)
    if "approved" in steps:
        payments.approve(claim=claim, reason="Evidence seen.", by=s.people.officer)
    return claim


def _of_claims(s: make.Story, project: Project) -> dict[str, Any]:
    draft, submitted, approved, certifiers, finances = (
        _claim(s, project, date(2026, 9, 1 + 6 * place), steps)
        for place, steps in enumerate(("draft", "submitted", "approved", "draft", "approved"))
    )
    Claim.objects.filter(pk=certifiers.pk).update(prepared_by=s.people.certifier)
    Claim.objects.filter(pk=finances.pk).update(approved_by=s.people.finance)
    return {
        "claim": {"reference": submitted.reference},
        "draft claim": {"reference": draft.reference},
        "approved claim": {"reference": approved.reference},
        "claim of the certifier": {"reference": certifiers.reference},
        "claim approved by finance": {"reference": finances.reference},
        "file of the claim": _file(submitted),
        "file of the draft claim": _file(draft),
    }


def _of_benefits(s: make.Story, project: Project) -> dict[str, Any]:
    benefit = project.benefits.get()
    seen = benefits.observe(
        benefit=benefit,
        period_starts_on=date(2026, 7, 1),
        period_ends_on=date(2026, 9, 30),
        measured=Decimal(70),
        method=f"{SECRET} counted.",
        by=s.people.lead,
        evidence=proof(),
    )
    officers = BenefitObservation.objects.get(pk=seen.pk)
    officers.pk, officers.recorded_by = None, s.people.officer
    officers.period_starts_on, officers.period_ends_on = date(2026, 4, 1), date(2026, 6, 30)
    officers._state.adding = True
    officers.save()
    return {
        "benefit": {"pk": benefit.pk},
        "observation": {"pk": seen.pk},
        "observation of the officer": {"pk": officers.pk},
        "file of the observation": {"file_id": StoredFile.objects.latest("uploaded_at").pk},
    }


def _of_people(s: make.Story) -> dict[str, Any]:
    asked = privacy.ask(
        kind="export", person=s.people.author, reason="By letter.", by=s.people.administrator
    )
    privacy.fulfil(request=asked)
    return {
        "entry": {"pk": Entry.objects.latest("pk").pk},
        "person": {"number": s.people.author.pk},
        "person request": {"number": asked.pk},
    }


def _of_reports(s: make.Story) -> dict[str, Any]:
    people, code = s.people, s.programme.code
    target(s.programme)
    run, seniors = (
        reports.request_report(programme=s.programme, day=clock.today(), by=people.analyst)
        for _ in range(2)
    )
    for made in (run, seniors):
        reports.finish(run=made)
    ReportRun.objects.filter(pk=seniors.pk).update(requested_by=people.senior)
    loaded = upload(
        kind="target-statements", name="said.csv", content=SHEET.encode(), by=people.analyst
    )
    return {
        "target": {"code": "records"},
        "download": {"code": code, "name": "json"},
        "figure": {"code": code, "name": "awarded"},
        "report": {"reference": run.reference},
        "report of the senior": {"reference": seniors.reference},
        "report download": {"reference": run.reference, "name": "json"},
        "import run": {"run_id": loaded.pk},
    }
