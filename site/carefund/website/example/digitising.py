"""Digitising social care: ten years, 42 boards, the 80% target, and a call that is open now."""

import calendar
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from carefund.core import clock, years
from carefund.core.actors import SYSTEM
from carefund.core.clock import LONDON
from carefund.core.money import share
from carefund.core.tables import rows
from programmes.calls import actions as calls
from programmes.funds.models import Programme
from programmes.organisations.models import BoardShare, Organisation
from programmes.targets.models import Target, TargetObservation

from .awards import award
from .calls import BOARD, PastCall, at, give_budget, make_programme, run_call
from .fund_form import technology_fund

DATA = Path(__file__).parent / "data"
WHITE_PAPER = "People at the Heart of Care (white paper, December 2021)"
SUPPORT = Decimal(25_000_000)
# £150 million over ten years is published, and £25 million for 2022 to 2023; the rest is a sample.
BUDGET = {
    (2022, "revenue"): "25000000.00",
    (2023, "revenue"): "40000000.00",
    (2024, "revenue"): "35000000.00",
    (2025, "revenue"): "12000000.00",
    (2026, "revenue"): "8000000.00",
    (2026, "capital"): "4000000.00",
    (2027, "revenue"): "8000000.00",
    (2027, "capital"): "4000000.00",
    (2028, "revenue"): "6000000.00",
    (2029, "revenue"): "4000000.00",
    (2030, "revenue"): "2000000.00",
    (2031, "revenue"): "2000000.00",
}


def load() -> Programme:
    programme = make_programme(
        code="digitising-social-care",
        name="Digitising social care 2022 to 2032",
        prefix="DSC",
        summary="At least £150 million over ten years for technology and digitisation in adult "
        "social care: digital records, sensors and AI that help people live at home, "
        "infrastructure and skills, with support in each integrated care system.",
        funder="GB-GOR-D12",
        senior_responsible_owner="Senior responsible owner, DHSC",
        starts_on=date(2022, 4, 1),
        ends_on=date(2032, 3, 31),
        announced_total=Decimal(150_000_000),
        source=WHITE_PAPER,
        themes=[
            ("records", "Digital social care records"),
            ("sensors", "Sensors, AI and living at home"),
            ("hospital", "Care-home data that reaches the hospital"),
            ("night", "Night monitoring"),
        ],
    )
    with clock.replaying(at(date(2022, 4, 1))):
        reason = "£150 million over ten years as announced; the yearly split is a sample"
        give_budget(programme, BUDGET, reason)
    _support(programme)
    _target(programme)
    return programme


def load_predecessor() -> Programme:
    """The programme whose reported benefits of £127 million have no published basis."""
    return make_programme(
        code="social-care-programme",
        name="NHS Digital Social Care Programme",
        prefix="SCP",
        summary="More than 100 projects: apps, robotic technology that helps carers, tools that "
        "lower the risk of falls. The list of projects was not published.",
        funder="GB-GOR-PB1202",
        senior_responsible_owner="Senior responsible owner, NHS Digital",
        starts_on=date(2016, 4, 1),
        ends_on=date(2021, 3, 31),
        reported_benefits=Decimal(127_000_000),
        source=WHITE_PAPER,
    )


def _support(programme: Programme) -> None:
    """£25 million through 42 integrated care systems; each system's part is a sample."""
    call = run_call(
        programme,
        PastCall(
            code="dsc-support-2022",
            title="Support within each integrated care system 2022 to 2023",
            summary="Money through 42 integrated care systems for care providers to take up a "
            "digital social care record. Each system’s part was not published and is a sample.",
            opens=at(date(2022, 5, 3)),
            closes=at(date(2022, 5, 31), 17),
            total="25000000.00",
            largest="2500000.00",
            project=(date(2022, 6, 1), date(2023, 3, 31)),
            kinds=[BOARD],
            counts={"awards": 42},
            source="https://www.publictechnology.net/2022/11/03/health-and-social-care/"
            "half-social-care-providers-yet-adopt-digital-records/",
        ),
    )
    theme = programme.themes.get(code="records")
    boards = list(Organisation.objects.boards().order_by("org_id"))
    weights = [
        max(sum(s.share for s in BoardShare.objects.filter(board=board)), Decimal("0.5"))
        for board in boards
    ]
    for board, amount in zip(boards, share(SUPPORT, weights), strict=True):
        award(
            call=call,
            organisation=board,
            title=f"Digital social care records in {board.short_name}",
            summary="Support for care providers to take up a digital social care record.",
            amount=amount,
            pots=[((2022, "revenue"), 1)],
            decided=at(date(2022, 6, 6), 10),
            source=call.source,
            precision="sample: a share of £25 million by small areas of the authorities covered",
            theme=theme,
        )
    with clock.replaying(at(date(2022, 6, 6), 11)):
        calls.close_call(call=call)
        calls.start_assessment(call=call, by=SYSTEM)
        calls.decide(call=call, by=SYSTEM)


def _target(programme: Programme) -> None:
    target = Target.objects.create(
        code="dscr",
        programme=programme,
        name="Care providers with a digital social care record",
        definition="Active, non-dormant locations registered with the Care Quality Commission "
        "whose latest provider information return says that they use a digital social care "
        "record, in per cent of all such locations inspected as adult social care.",
        baseline=Decimal(40),
        baseline_on=date(2021, 12, 31),
        goal=Decimal(80),
        goal_on=date(2024, 3, 31),
        source=WHITE_PAPER,
    )
    for row in rows(DATA / "dscr_timeline.csv"):
        if row["kind"] == "target":
            continue
        year, month = map(int, row["month"].split("-"))
        on = date(year, month, calendar.monthrange(year, month)[1])
        # A forecast or interim target is known before its day; these two since the autumn before.
        ahead = row["kind"] in {"forecast", "interim_target"}
        known = datetime(year - 1, 11, 10, 12, tzinfo=LONDON) if ahead else at(on, 18)
        TargetObservation.objects.create(
            target=target,
            on=on,
            value=Decimal(row["percent"]),
            kind=row["kind"],
            statement=row["statement"],
            source=row["source"],
            recorded_at=known,
        )


def project_after(closes: date) -> tuple[date, date]:
    """From five months after the call closes to the end of the financial year after that one."""
    starts = date(closes.year + (closes.month + 4) // 12, (closes.month + 4) % 12 + 1, 1)
    return starts, date(years.financial_year(starts) + 2, 3, 31)


def open_a_call(programme: Programme) -> None:
    """A sample call that is open today, so that a newcomer can bid at once."""
    today = clock.today()
    number = programme.calls.filter(code__startswith="digital-care-at-home").count() + 1
    opened = datetime(today.year, today.month, today.day, 9, tzinfo=LONDON) - timedelta(days=7)
    closes = datetime(today.year, today.month, today.day, 12, tzinfo=LONDON) + timedelta(days=30)
    call = run_call(
        programme,
        PastCall(
            code="digital-care-at-home" + (f"-{number}" if number > 1 else ""),
            title="Digital care at home" + (f" {number}" if number > 1 else ""),
            summary="For local authorities that want to use sensors, shared records and night "
            "monitoring so that people can live at home for longer. This is a sample call: bid to "
            "it to see how the service works.",
            opens=opened,
            closes=closes,
            total="2000000.00",
            smallest="20000.00",
            largest="300000.00",
            project=project_after(closes.date()),
            themes=programme.themes.all(),
            form=technology_fund,
        ),
    )
    call.is_sample = True
    call.eligibility = "Local authorities in England with adult social care duties."
    call.save(update_fields=["is_sample", "eligibility"])
