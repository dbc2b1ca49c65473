"""A round that waits for its approvals, and a section 31 grant: all of it marked as a sample."""

from datetime import date, timedelta
from decimal import Decimal

from carefund.accounts.models import User
from carefund.accounts.roles import StaffRole
from carefund.core import clock
from carefund.core.actors import SYSTEM
from carefund.core.money import share
from grants.assessment import actions as assessment
from grants.awards import actions as awards
from grants.bids.models import Bid
from programmes.calls import actions as calls
from programmes.calls.models import Call
from programmes.funds.models import Programme
from programmes.organisations.models import Organisation

from . import samples, scdip
from .calls import PastCall, run_call

BIDDERS, AUTHORITIES = 8, 10
YEARS = (2026, 2027)
WEEK = timedelta(days=7)


def load(programme: Programme, people: dict[str, User]) -> None:
    councils = list(
        Organisation.objects.filter(is_sample=True, authority_type__in=["UA", "CTY"], valid_to=None)
        .select_related("region")
        .order_by("org_id")
    )
    _chain(programme)
    call = _call(programme)
    _assessed(call, _bids(call, councils[:BIDDERS]), people)
    _round(call, people)
    _determination(programme, councils[:AUTHORITIES], people)


def _chain(programme: Programme) -> None:
    for title, role, amount in (
        ("Senior officer", StaffRole.SENIOR_OFFICER, 0),
        ("Minister (sample)", StaffRole.MINISTERS_TEAM, 1_000_000),
    ):
        awards.add_step(
            programme=programme, title=title, role=role, from_amount=Decimal(amount), by=SYSTEM
        )


def _call(programme: Programme) -> Call:
    closes = clock.now().replace(hour=12, minute=0, second=0, microsecond=0) - 6 * WEEK
    call = run_call(
        programme,
        PastCall(
            code="digital-care-first-round",
            title="Digital care at home: first round",
            summary="A sample call that has closed: its bids are assessed, and the round that "
            "chooses among them waits for approval.",
            opens=closes - 5 * WEEK,
            closes=closes,
            total="1200000.00",
            smallest="20000.00",
            largest="300000.00",
            project=(date(2026, 12, 1), date(2028, 3, 31)),
            themes=programme.themes.all(),
        ),
    )
    call.is_sample = True
    call.save(update_fields=["is_sample"])
    return call


def _bids(call: Call, councils: list[Organisation]) -> list[Bid]:
    themes, made = list(call.themes.order_by("code")), []
    for number, council in enumerate(councils):
        total = Decimal(samples.dice("asks", council.org_id).randrange(180, 300)) * 1000
        budget = dict(zip([(year, "revenue") for year in YEARS], share(total, [1, 1]), strict=True))
        title = samples.THINGS[number % len(samples.THINGS)]
        with clock.replaying(call.opens_at + timedelta(days=2 + number)):
            theme = themes[number % len(themes)]
            bid = scdip.submit_bid(call, council, title, theme, council.short_name, budget=budget)
            made.append(bid)
    return made


def _assessed(call: Call, found: list[Bid], people: dict[str, User]) -> None:
    with clock.replaying(call.closes_at):
        calls.close_call(call=call)
    with clock.replaying(call.closes_at + WEEK):
        calls.start_assessment(call=call, by=people["officer"])
        for bid in found:
            assessment.check_eligibility(bid=bid, passed=True, reason="", by=people["officer"])
            for name in ("assessor.one", "assessor.two"):
                scdip.score(call, bid, people[name], people["officer"])


def _round(call: Call, people: dict[str, User]) -> None:
    officer = people["officer"]
    with clock.replaying(clock.now() - timedelta(days=2)):
        made = awards.make_round(call=call, minimum_score=Decimal(30), by=officer)
        bid = made.choices.order_by("rank")[0].bid
        awards.add_constraint(
            allocation=made,
            kind="part",
            bid=bid,
            number=50,
            note="Sample: this project can begin smaller.",
            by=officer,
        )
        awards.add_constraint(
            allocation=made,
            kind="most_authority",
            number=1,
            note="Sample: one award for each council.",
            by=officer,
        )
        for name, objective in (("Within the constraints", "score"), ("Most benefit", "benefit")):
            aim = {"objective": objective, "weight": 100, "minimum_score": "30"}
            scenario = awards.make_scenario(allocation=made, name=name, aim=aim, by=officer)
            if objective == "score":
                awards.use_scenario(scenario=scenario, by=officer)
        made.refresh_from_db()
        awards.recommend(
            allocation=made,
            rationale="Sample: the highest total score that the money allows.",
            publish_on=clock.today() + 2 * WEEK,
            by=officer,
        )


def _determination(
    programme: Programme, councils: list[Organisation], people: dict[str, User]
) -> None:
    total = Decimal(1_000_000)
    with clock.replaying(clock.now() - WEEK):
        row = awards.make_determination(
            programme=programme,
            title="Digital care at home, by formula (sample)",
            purpose="Sample: equipment and training so that people can live at home for longer.",
            financial_year=YEARS[0],
            kind="revenue",
            total=total,
            ring_fenced=True,
            conditions="Sample: say by 31 May what the grant was spent on.",
            pay_on=clock.today() + WEEK,
            is_sample=True,
            by=people["officer"],
        )
        weights = [samples.dice("formula", one.org_id).randint(3, 9) for one in councils]
        for council, amount in zip(councils, share(total, weights), strict=True):
            awards.set_share(
                determination=row, organisation=council, amount=amount, by=people["officer"]
            )
        awards.issue_determination(determination=row, by=people["senior"])
