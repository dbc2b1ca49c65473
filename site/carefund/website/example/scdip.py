"""Social Care Digital Innovation Programme 2018: 80 bids, 12 discovery awards, 9 of them go on."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from carefund.accounts.models import User
from carefund.core import clock
from carefund.core.actors import SYSTEM
from carefund.core.clock import LONDON
from carefund.core.money import share
from carefund.core.tables import rows
from grants.assessment import actions as assessment
from grants.awards import actions as awards
from grants.bids import actions as bids
from grants.bids.models import Bid
from programmes.calls import actions as calls
from programmes.calls.models import Call
from programmes.funds.models import Programme, Theme
from programmes.organisations.models import Organisation, Region

from . import samples
from .awards import award
from .calls import PastCall, at, give_budget, make_programme, run_call
from .people import fictional_authority

DATA = Path(__file__).parent / "data" / "scdip_2018.csv"
ELIGIBLE, BIDS = 133, 80
UNPUBLISHED = "The project’s title was not published."
REVENUE = (2018, "revenue")
PHASE_2_SHARED = Decimal(700000)


def load(people: dict[str, User]) -> Programme:
    programme = make()
    discovery = _discovery(programme, people)
    _implementation(programme, discovery)
    return programme


def make() -> Programme:
    """The programme with its budget, and no call yet."""
    programme = make_programme(
        code="scdip-2018",
        name="Social Care Digital Innovation Programme 2018",
        prefix="SCD",
        summary="Digital innovation in adult social care, discovered first and implemented next: "
        "12 councils explored a problem for three months, nine went on to build.",
        funder="GB-GOR-PB1202",
        senior_responsible_owner="Senior responsible owner, NHS Digital",
        starts_on=date(2018, 4, 1),
        ends_on=date(2020, 3, 31),
        announced_total=Decimal(1000000),
        source="https://www.itpro.com/technology/31365/"
        "nhs-digital-to-fund-digital-social-care-pilots-across-uk",
        themes=(
            ("efficiency", "Efficiency and strengths-based approaches"),
            ("marketing", "Managing marketing and commissioning"),
            ("integration", "Sustainable and integrated social care and health systems"),
        ),
    )
    with clock.replaying(at(date(2018, 4, 3))):
        give_budget(programme, {REVENUE: "1000000.00"}, "The programme as announced: £1 million")
    return programme


def discovery_call(programme: Programme) -> Call:
    """The call of May 2018, open."""
    return run_call(
        programme,
        PastCall(
            code="scdip-2018-discovery",
            title="Social Care Digital Innovation: discovery 2018",
            summary="Twelve awards of £20,000 for councils to explore one problem for three "
            "months and come back with a proposal to build.",
            opens=at(date(2018, 5, 11)),
            closes=datetime(2018, 6, 1, 16, tzinfo=LONDON),
            total="240000.00",
            smallest="20000.00",
            largest="20000.00",
            project=(date(2018, 7, 1), date(2018, 10, 31)),
            counts={"eligible": ELIGIBLE, "bids": BIDS, "awards": 12},
            source="https://www.thehtn.co.uk; https://www.itpro.com/technology/31365/",
            themes=programme.themes.all(),
        ),
    )


def _discovery(programme: Programme, people: dict[str, User]) -> Call:
    call = discovery_call(programme)
    known = list(rows(DATA))
    fictional = fictional_bids(call, BIDS - len(known))
    decided = datetime(2018, 6, 20, 10, tzinfo=LONDON)
    for row in known:
        award(
            call=call,
            organisation=Organisation.objects.get(org_id=row["org_id"]),
            title=row["project"] or f"Discovery project of {row['name']}",
            summary=row["project"] or UNPUBLISHED,
            amount=Decimal(20000),
            pots=[(REVENUE, 1)],
            decided=decided,
            source=row["source_1"],
        )
    with clock.replaying(call.closes_at):
        calls.close_call(call=call)
    _assess(call, fictional, people)
    return call


def fictional_bids(call: Call, count: int) -> list[Bid]:
    """Submitted bids of made-up councils, spread over the weeks that the call was open."""
    regions = list(Region.objects.order_by("code"))
    themes = list(call.themes.order_by("code"))
    made = []
    for number in range(count):
        place = samples.PLACES[number % len(samples.PLACES)]
        form = samples.FORMS[number // len(samples.PLACES)]
        authority = fictional_authority(
            f"XX-SAMPLE-{number + 1:03d}",
            f"{place} {form} (fictional)",
            "CTY" if form.startswith("County") else "UA",
            regions[number % len(regions)].name,
        )
        with clock.replaying(call.opens_at + timedelta(days=1 + number % 18, hours=number % 7)):
            title = samples.THINGS[number % len(samples.THINGS)]
            made.append(submit_bid(call, authority, title, themes[number % len(themes)], place))
    return made


def submit_bid(
    call: Call,
    authority: Organisation,
    title: str,
    theme: Theme | None,
    place: str,
    *,
    budget: dict[tuple[int, str], Decimal] | None = None,
) -> Bid:
    """A bid with sample answers, through every step that a council takes."""
    asked = budget or {REVENUE: Decimal(20000)}
    bid = bids.start_bid(call=call, organisation=authority, title=title, theme=theme, by=SYSTEM)
    values = {
        **samples.answers(
            summary="",
            budget=asked,
            milestones=samples.milestone_rows(call.project_starts_on, call.project_ends_on),
            benefits=samples.benefit_rows(
                authority.org_id, sum(asked.values(), Decimal(0)), call.project_ends_on
            ),
        ),
        **samples.fictional_answers(authority.org_id, title, place),
    }
    bids.save_answers(bid=bid, values=values, revisions={}, by=SYSTEM)
    bids.ask_for_certificate(bid=bid, by=SYSTEM)
    bids.certify(bid=bid, by=SYSTEM)
    bids.submit(bid=bid, by=SYSTEM)
    return bid


def _assess(call: Call, fictional: list[Bid], people: dict[str, User]) -> None:
    """Fictional bids are sifted, scored by the sample assessors and not funded."""
    with clock.replaying(datetime(2018, 6, 4, 9, tzinfo=LONDON)):
        calls.start_assessment(call=call, by=people["officer"])
        for number, bid in enumerate(fictional):
            eligible = bool((number + 1) % 17)
            assessment.check_eligibility(
                bid=bid,
                passed=eligible,
                reason="" if eligible else "Sample: the plan ends after the discovery phase.",
                by=people["officer"],
            )
            if eligible:
                for name in ("assessor.one", "assessor.two"):
                    score(call, bid, people[name], people["officer"])
    with clock.replaying(datetime(2018, 6, 19, 15, tzinfo=LONDON)):
        allocation = awards.make_round(call=call, minimum_score=Decimal(80), by=people["officer"])
        awards.recommend(
            allocation=allocation,
            rationale="Sample: the budget of the call is taken up by the twelve published awards.",
            by=people["officer"],
        )
    with clock.replaying(datetime(2018, 6, 20, 11, tzinfo=LONDON)):
        awards.approve(allocation=allocation, by=people["senior"])


def score(call: Call, bid: Bid, assessor: User, officer: User) -> None:
    chance = samples.dice("score", bid.organisation.org_id, assessor.email)
    given = assessment.assign(bid=bid, assessor=assessor, by=officer)
    assessment.declare(assignment=given, has_conflict=False, note="", by=assessor)
    for criterion in call.criteria.all():
        assessment.save_score(
            assignment=given,
            criterion=criterion,
            score=chance.choice([1, 2, 2, 3, 3, 4]),
            justification="Sample: some evidence, with gaps.",
            by=assessor,
        )
    assessment.submit_scores(assignment=given, by=assessor)


def _implementation(programme: Programme, discovery: Call) -> None:
    call = run_call(
        programme,
        PastCall(
            code="scdip-2018-implementation",
            title="Social Care Digital Innovation: implementation 2018",
            summary="Awards of up to £80,000 for councils that finished the discovery phase. Six "
            "were planned; nine were made, sharing up to £700,000.",
            opens=at(date(2018, 9, 3)),
            closes=datetime(2018, 9, 28, 23, 59, tzinfo=LONDON),
            total="720000.00",
            largest="80000.00",
            project=(date(2018, 11, 1), date(2019, 10, 31)),
            counts={"invited": 12, "awards": 9},
            source="https://queenanfamilymedicine.com/health-news/"
            "councils-awarded-funding-to-develop-digital-innovations-for-social-care-in-england/",
        ),
    )
    call.follows = discovery
    call.save(update_fields=["follows"])
    winners = [row for row in rows(DATA) if row["phase_2"] == "yes"]
    amounts = share(PHASE_2_SHARED, [1] * len(winners))
    for row, amount in zip(winners, amounts, strict=True):
        award(
            call=call,
            organisation=Organisation.objects.get(org_id=row["org_id"]),
            title=row["project"] or f"Implementation project of {row['name']}",
            summary=row["project"] or UNPUBLISHED,
            amount=amount,
            pots=[(REVENUE, 1)],
            decided=at(date(2018, 11, 1), 10),
            source=row["source_2"],
            precision="sample: an equal share of up to £700,000; no single amount was published",
        )
    with clock.replaying(at(date(2018, 11, 2))):
        calls.close_call(call=call)
        calls.start_assessment(call=call, by=SYSTEM)
        calls.decide(call=call, by=SYSTEM)
