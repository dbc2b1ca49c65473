"""Objects for tests, made through the same actions that people use."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from types import SimpleNamespace
from typing import Any

from carefund.accounts.actions import add_person
from carefund.accounts.models import User
from carefund.accounts.roles import AuthorityRole, StaffRole
from carefund.core import clock
from carefund.core.actors import SYSTEM
from grants.assessment import actions as assessment
from grants.awards import actions as awards
from grants.awards.models import Determination
from grants.bids import actions as bids
from grants.bids.models import Bid
from grants.delivery.models import Project
from programmes.calls import actions as calls
from programmes.calls.models import Call
from programmes.funds.actions import Movement, change_budget
from programmes.funds.models import BudgetLine, Programme, RoleAssignment, Theme
from programmes.organisations.models import Membership, Organisation, Region
from programmes.standards import actions as standards
from programmes.standards.models import Level, Measure, SelfAssessment, Standard
from programmes.standards.reference import load as load_standards

_numbers = count(1)
FORM: dict[str, Any] = {
    "sections": [
        {
            "key": "project",
            "title": "Your project",
            "group": "About the project",
            "questions": [
                {"key": "summary", "kind": "long_text", "label": "What will you do?"},
                {"key": "partners", "kind": "yes_no", "label": "Do you have partners?"},
                {
                    "key": "partner_names",
                    "kind": "short_text",
                    "label": "Who are they?",
                    "show_if": {"question": "partners", "test": "is", "value": True},
                },
            ],
        },
        {
            "key": "money",
            "title": "Budget",
            "group": "Money",
            "questions": [
                {
                    "key": "budget",
                    "kind": "budget",
                    "label": "What will it cost?",
                    "options": {
                        "categories": [
                            {"value": "staff", "label": "Staff"},
                            {"value": "equipment", "label": "Equipment"},
                        ],
                        "years": [2026, 2027],
                        "largest": "100000.00",
                    },
                }
            ],
        },
        {
            "key": "plan",
            "title": "Plan",
            "group": "Plan",
            "questions": [
                {"key": "milestones", "kind": "milestones", "label": "Milestones"},
                {"key": "benefits", "kind": "benefits", "label": "Benefits"},
            ],
        },
    ]
}


def answers(amount: str = "40000.00") -> dict[str, Any]:
    """A complete set of answers to `FORM`; half of `amount` in each of two years, revenue."""
    half = str((Decimal(amount) / 2).quantize(Decimal("0.01")))
    return {
        "summary": "Sensors that learn a person’s normal day.",
        "partners": False,
        "budget": {
            "lines": [
                {"category": "staff", "year": 2026, "kind": "revenue", "amount": half},
                {"category": "equipment", "year": 2027, "kind": "revenue", "amount": half},
            ],
            "match_funding": "0.00",
        },
        "milestones": [
            {"title": "Sensors chosen", "date": "2026-09-30", "evidence": "Contract"},
            {"title": "First homes live", "date": "2027-03-31", "evidence": "Report"},
        ],
        "benefits": [
            {
                "title": "Fewer falls",
                "class": "crb",
                "measure": "Falls with injury a year",
                "unit": "falls",
                "baseline": "100",
                "baseline_on": "2026-03-31",
                "target": "60",
                "owner": "Head of service",
                "unit_value": "500.00",
                "unit_value_source": "Local costing",
                "attribution": "80",
                "forecast": {"2027": "16000.00"},
            }
        ],
    }


def user(name: str = "", **fields: Any) -> User:
    name = name or f"Person {next(_numbers)}"
    email = f"{name.lower().replace(' ', '.')}@example.org"
    return add_person(email=email, name=name, password="a long password", by=SYSTEM, **fields)


def region(name: str = "North East") -> Region:
    row, _ = Region.objects.get_or_create(name=name, defaults={"code": f"E{next(_numbers):08d}"})
    return row


def authority(name: str = "", **fields: Any) -> Organisation:
    number = next(_numbers)
    name = name or f"Authority {number}"
    values = {
        "kind": Organisation.Kind.LOCAL_AUTHORITY,
        "name": name,
        "short_name": name,
        "org_id": f"XX-TEST-{number}",
        "authority_type": "UA",
        "region": region(),
        "valid_from": date(2000, 4, 1),
    }
    return Organisation.objects.create(**{**values, **fields})


def department() -> Organisation:
    row, _ = Organisation.objects.get_or_create(
        org_id="GB-GOR-D12",
        defaults={
            "kind": Organisation.Kind.DEPARTMENT,
            "name": "Department of Health and Social Care",
            "short_name": "DHSC",
            "valid_from": date(2018, 1, 8),
        },
    )
    return row


def member(organisation: Organisation, role: AuthorityRole, name: str = "") -> User:
    person = user(name)
    Membership.objects.create(organisation=organisation, user=person, role=role)
    return person


def staff(role: StaffRole, programme: Programme | None = None, name: str = "") -> User:
    person = user(name)
    RoleAssignment.objects.create(user=person, role=role, programme=programme)
    return person


def programme(code: str = "", **fields: Any) -> Programme:
    number = next(_numbers)
    values = {
        "code": code or f"programme-{number}",
        "name": f"Programme {number}",
        "prefix": "TST",
        "summary": "A programme.",
        "funder": department(),
        "senior_responsible_owner": "Director of Digital",
        "starts_on": date(2026, 4, 1),
        "ends_on": date(2029, 3, 31),
    }
    return Programme.objects.create(**{**values, **fields})


def budget(programme: Programme, year: int, kind: str, amount: str) -> BudgetLine:
    change_budget(
        programme=programme,
        movement=Movement(year, kind, Decimal(amount)),
        key=f"test:{programme.pk}:{year}:{kind}:{next(_numbers)}",
        reason="Business case",
        by=SYSTEM,
    )
    return BudgetLine.objects.get(programme=programme, financial_year=year, kind=kind)


def call(programme: Programme, lines: list[BudgetLine], **fields: Any) -> Call:
    number, now = next(_numbers), clock.now()
    values = {
        "programme": programme,
        "code": f"call-{number}",
        "title": f"Call {number}",
        "summary": "Digital care at home.",
        "opens_at": now - timedelta(days=1),
        "closes_at": now + timedelta(days=20),
        "total": Decimal("100000.00"),
        "smallest_award": Decimal("1000.00"),
        "largest_award": Decimal("100000.00"),
        "eligibility": "Local authorities with adult social care duties.",
        "eligible_kinds": [Organisation.Kind.LOCAL_AUTHORITY.value],
        "project_starts_on": date(2026, 9, 1),
        "project_ends_on": date(2028, 3, 31),
    }
    row = Call.objects.create(**{**values, **fields})
    row.budget_lines.set(lines)
    calls.save_form(call=row, definition=FORM, by=SYSTEM)
    calls.save_criteria(call=row, criteria=CRITERIA, by=SYSTEM)
    return row


CRITERIA = [
    {"code": "need", "title": "Need", "guidance": "Who gains?", "weight": 40},
    {"code": "delivery", "title": "Delivery", "guidance": "Can it be done?", "weight": 60},
]


@dataclass
class Story:
    """Everybody and everything a bid needs; `people` by role."""

    programme: Programme
    theme: Theme
    call: Call
    authority: Organisation
    other: Organisation
    people: SimpleNamespace
    bids: list[Bid] = field(default_factory=list)


def story() -> Story:
    fund = programme("fund")
    theme = Theme.objects.create(programme=fund, code="home", name="Living at home")
    lines = [
        budget(fund, 2026, "revenue", "50000.00"),
        budget(fund, 2027, "revenue", "50000.00"),
        budget(fund, 2026, "capital", "10000.00"),
    ]
    row = call(fund, lines)
    row.themes.add(theme)
    calls.announce(call=row, by=SYSTEM)
    here, there = authority("Here Council"), authority("There Council")
    people = SimpleNamespace(
        author=member(here, AuthorityRole.BID_AUTHOR, "Author Here"),
        certifier=member(here, AuthorityRole.FINANCE_CERTIFIER, "Certifier Here"),
        lead=member(here, AuthorityRole.PROJECT_LEAD, "Lead Here"),
        chief=member(here, AuthorityRole.ADMINISTRATOR, "Chief Here"),
        viewer=member(here, AuthorityRole.VIEWER, "Viewer Here"),
        stranger=member(there, AuthorityRole.BID_AUTHOR, "Author There"),
        stranger_certifier=member(there, AuthorityRole.FINANCE_CERTIFIER, "Certifier There"),
        officer=staff(StaffRole.PROGRAMME_OFFICER, fund, "Officer"),
        senior=staff(StaffRole.SENIOR_OFFICER, fund, "Senior"),
        finance=staff(StaffRole.FINANCE_OFFICER, fund, "Finance"),
        assessor=staff(StaffRole.ASSESSOR, fund, "Assessor One"),
        second_assessor=staff(StaffRole.ASSESSOR, fund, "Assessor Two"),
        editor=staff(StaffRole.EDITOR, None, "Editor"),
        analyst=staff(StaffRole.ANALYST, None, "Analyst"),
        adviser=staff(StaffRole.MINISTERS_TEAM, None, "Adviser"),
        auditor=staff(StaffRole.AUDITOR, None, "Auditor"),
        administrator=staff(StaffRole.ADMINISTRATOR, None, "Administrator"),
        elsewhere=staff(StaffRole.PROGRAMME_OFFICER, programme("elsewhere"), "Officer Elsewhere"),
        nobody=user("Nobody"),
    )
    return Story(fund, theme, row, here, there, people)


def fresh(obj: Any) -> Any:
    return type(obj)._base_manager.get(pk=obj.pk)


def draft_bid(s: Story, amount: str = "40000.00", title: str = "Sensors at home") -> Bid:
    bid = bids.start_bid(
        call=s.call, organisation=s.authority, title=title, theme=s.theme, by=s.people.author
    )
    bids.save_answers(bid=bid, values=answers(amount), revisions={}, by=s.people.author)
    return fresh(bid)


def submitted_bid(s: Story, amount: str = "40000.00") -> Bid:
    bid = draft_bid(s, amount)
    bids.ask_for_certificate(bid=bid, by=s.people.author)
    bids.certify(bid=bid, by=s.people.certifier)
    bids.submit(bid=bid, by=s.people.author)
    return fresh(bid)


def close(s: Story) -> None:
    """Bring the closing instant into the past."""
    Call.objects.filter(pk=s.call.pk).update(closes_at=clock.now())
    s.call.refresh_from_db()
    calls.start_assessment(call=s.call, by=s.people.officer)


def assessed_bid(s: Story, amount: str = "40000.00", score: int = 4) -> Bid:
    return assess(s, submitted_bid(s, amount), score)


def assess(s: Story, bid: Bid, score: int = 4) -> Bid:
    """Close the call and let both assessors score a bid to it."""
    close(s)
    assessment.check_eligibility(bid=bid, passed=True, reason="", by=s.people.officer)
    for assessor in (s.people.assessor, s.people.second_assessor):
        given = assessment.assign(bid=bid, assessor=assessor, by=s.people.officer)
        assessment.declare(assignment=given, has_conflict=False, note="", by=assessor)
        for criterion in s.call.criteria.all():
            assessment.save_score(
                assignment=given,
                criterion=criterion,
                score=score,
                justification="Well argued.",
                by=assessor,
            )
        assessment.submit_scores(assignment=given, by=assessor)
    return fresh(bid)


def offered_bid(s: Story, amount: str = "40000.00") -> Bid:
    return offer(s, assessed_bid(s, amount))


def offer(s: Story, bid: Bid) -> Bid:
    """Fund the assessed bids of the call."""
    allocation = awards.make_round(call=s.call, minimum_score=Decimal(50), by=s.people.officer)
    awards.recommend(allocation=allocation, rationale="Best value.", by=s.people.officer)
    awards.approve(allocation=allocation, by=s.people.senior)
    return fresh(bid)


def project(s: Story, amount: str = "40000.00") -> Project:
    bid = offered_bid(s, amount)
    awards.accept(offer=bid.offer, by=s.people.chief)
    return Project.objects.get(offer=bid.offer)


def several_offers(s: Story, count: int, amount: str = "2000.00") -> list[Bid]:
    """`count` more bids of new authorities, all offered a grant in one more round."""
    Call.objects.filter(pk=s.call.pk).update(closes_at=clock.now() + timedelta(days=1))
    made = [_ready_bid(s, amount) for _ in range(count)]
    Call.objects.filter(pk=s.call.pk).update(closes_at=clock.now())
    s.call.refresh_from_db()
    allocation = awards.make_round(call=s.call, minimum_score=Decimal(0), by=s.people.officer)
    awards.recommend(allocation=allocation, rationale="Best value.", by=s.people.officer)
    awards.approve(allocation=allocation, by=s.people.senior)
    return [fresh(bid) for bid in made]


def _ready_bid(s: Story, amount: str) -> Bid:
    bid = _submitted_of(s, authority(), amount)
    assessment.check_eligibility(bid=bid, passed=True, reason="", by=s.people.officer)
    for number, assessor in enumerate((s.people.assessor, s.people.second_assessor), 3):
        given = assessment.assign(bid=bid, assessor=assessor, by=s.people.officer)
        assessment.declare(assignment=given, has_conflict=False, note="", by=assessor)
        for criterion in s.call.criteria.all():
            assessment.save_score(
                assignment=given,
                criterion=criterion,
                score=number,
                justification="Well argued.",
                by=assessor,
            )
        assessment.submit_scores(assignment=given, by=assessor)
    return fresh(bid)


def several_submitted(s: Story, count: int, amount: str = "2000.00") -> list[Bid]:
    """`count` more bids of new authorities to the open call."""
    return [_submitted_of(s, authority(), amount) for _ in range(count)]


def _submitted_of(s: Story, place: Organisation, amount: str) -> Bid:
    bid = bids.start_bid(
        call=s.call, organisation=place, title=f"Idea of {place}", theme=s.theme, by=SYSTEM
    )
    bids.save_answers(bid=bid, values=answers(amount), revisions={}, by=SYSTEM)
    bids.ask_for_certificate(bid=bid, by=SYSTEM)
    bids.certify(bid=bid, by=SYSTEM)
    bids.submit(bid=bid, by=SYSTEM)
    return bid


def several_projects(s: Story, count: int, amount: str = "2000.00") -> list[Project]:
    found = []
    for bid in several_offers(s, count, amount):
        awards.accept(offer=bid.offer, by=SYSTEM)
        found.append(Project.objects.get(offer=bid.offer))
    return found


def story_again(s: Story) -> Story:
    """A second call of the same programme, with the same people and money of its own."""
    lines = [budget(s.programme, year, "revenue", "50000.00") for year in (2026, 2027)]
    row = call(s.programme, lines)
    row.themes.add(s.theme)
    calls.announce(call=row, by=SYSTEM)
    return Story(s.programme, s.theme, row, s.authority, s.other, SimpleNamespace(**vars(s.people)))


def standard(code: str = "what-good-looks-like") -> Standard:
    """The version in force of a catalogue that the product ships."""
    load_standards()
    return Standard.objects.newest().get(code=code)


def self_assessment(
    organisation: Organisation, level: int | dict[str, int] = 3, *, by: Any = SYSTEM, **about: Any
) -> SelfAssessment:
    """A submitted self-assessment: one level throughout, or by the code of the measure (else 3)."""
    row = standards.start(
        organisation=organisation, standard=about.get("standard") or standard(), by=by
    )
    for measure in row.standard.measures.all():
        wanted = level.get(measure.code, 3) if isinstance(level, dict) else level
        standards.save_answer(
            assessment=row,
            measure=measure,
            level=measure.levels.get(level=wanted),
            evidence="Minutes of the board.",
            seen=0,
            by=by,
        )
    return standards.submit(assessment=row, by=by)


def next_version(of: Standard) -> Standard:
    """A newer version of a catalogue, in force from today, with the same measures."""
    measures = list(of.measures.prefetch_related("levels"))
    new = Standard.objects.create(
        code=of.code, version="next", name=of.name, summary=of.summary, published_on=clock.today()
    )
    for measure in measures:
        row = Measure.objects.create(
            standard=new, number=measure.number, code=measure.code, title=measure.title
        )
        for one in measure.levels.all():
            Level.objects.create(measure=row, level=one.level, descriptor=f"New: {one.descriptor}")
    return new


def determination(s: Story, amount: str = "10.01") -> Determination:
    """A draft of which every amount is set."""
    row = awards.make_determination(
        programme=s.programme,
        title="Care technology grant",
        purpose="Sensors at home.",
        financial_year=2026,
        kind="capital",
        total=Decimal(amount),
        ring_fenced=True,
        by=s.people.officer,
    )
    awards.set_share(
        determination=row, organisation=s.authority, amount=Decimal(amount), by=s.people.officer
    )
    return row


def issued_determination(s: Story) -> Determination:
    """One that everybody can read; its money comes on top of the budget there was."""
    budget(s.programme, 2027, "capital", "10.01")
    row = determination(s)
    Determination.objects.filter(pk=row.pk).update(financial_year=2027)
    return awards.issue_determination(determination=fresh(row), by=s.people.senior)
