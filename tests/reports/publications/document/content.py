"""A whole report of plausible content; everything in it is made up for the tests."""

from datetime import UTC, date, datetime
from decimal import Decimal

from reports.charts.bars import BarChart
from reports.charts.base import Series
from reports.charts.columns import ColumnChart
from reports.charts.display import Unit
from reports.charts.lines import LineChart, Point, TimeSeries
from reports.charts.progress import ProgressBar
from reports.charts.tiles import TILES, RegionValue, TileMap
from reports.publications.document.model import (
    Bullets,
    Callout,
    ChartBlock,
    Column,
    Document,
    Figure,
    Figures,
    Heading,
    Kind,
    Note,
    Notes,
    Paragraph,
    Part,
    Row,
    Story,
    Table,
)

D = Decimal

AS_AT = date(2026, 3, 31)
BEFORE = date(2025, 12, 31)
LEDGER = "Ledger of the fund"
BASE = {"as_at": AS_AT, "source": LEDGER}
YEARS = ("2022 to 2023", "2023 to 2024", "2024 to 2025", "2025 to 2026")


def report(**changes: object) -> Document:
    values = {
        "title": "Benefits of digital social care",
        "subtitle": "Money, milestones and benefits of the funded projects",
        "programme": "Digital Social Care Fund – wave 1",
        "as_at": AS_AT,
        "reference": "DCF-REP-2026-0007",
        "fingerprint": "3f9a1c20b6d14e5f8a7710c2d5e94b3368f0c7d2",
        "status": "Cleared for ministers",
        "produced_at": datetime(2026, 4, 2, 9, 30, tzinfo=UTC),
        "sample_notice": "Sample data: some figures are invented",
        "parts": (
            glance(),
            money(),
            milestones(),
            benefits(),
            target(),
            stories(),
            breakdown(),
            changes_(),
            method(),
        ),
    }
    return Document(**{**values, **changes})


def glance() -> Part:
    cards = (
        Figure(
            label="Awarded to councils",
            value=D(4512300),
            kind=Kind.MONEY,
            change=D(320000),
            since=BEFORE,
            note=1,
            code="awarded",
            definition="Accepted offers.",
        ),
        Figure(
            label="Paid so far",
            value=D(2918450),
            kind=Kind.MONEY,
            unit="65% of awards",
            change=D(410200),
            since=BEFORE,
            note=1,
        ),
        Figure(label="Projects on track", value=11, unit="of 16 projects", change=-1, since=BEFORE),
        Figure(
            label="Benefits verified",
            value=D(1191597),
            kind=Kind.MONEY,
            change=D(204000),
            since=BEFORE,
            note=2,
            sample=True,
        ),
        Figure(
            label="Return on each pound of grant",
            value=D("1.84"),
            unit="pounds of benefit",
            change=D(0),
            since=BEFORE,
            note=3,
        ),
        Figure(
            label="Care providers with a digital record",
            value=D(80),
            kind=Kind.PERCENT,
            change=D(2),
            since=BEFORE,
            note=4,
        ),
    )
    return Part(
        "At a glance",
        (
            Figures(cards),
            Paragraph(
                "**Benefits are 62% of what was promised by now.** Two projects account for most "
                "of the shortfall; both have agreed new dates with their partners.[^2]"
            ),
            Paragraph(
                "Spending is in line with the plan. £1.6 million is still to be claimed, most of "
                "it for installations that finish in the summer."
            ),
            Paragraph(
                "The national ambition that 80% of care providers use a digital record has been "
                "reached, 21 months after the date first set.[^4]"
            ),
            ChartBlock(
                ProgressBar(
                    title="80% of care providers now have a digital social care record",
                    value=D(80),
                    target=D(80),
                    target_on=date(2024, 3, 31),
                    baseline=D(40),
                    unit=Unit.PERCENT,
                    **BASE,
                )
            ),
        ),
    )


def money() -> Part:
    series = (
        Series("Budget", (D(1200000), D(1500000), D(1400000), D(900000))),
        Series("Committed", (D(1100000), D(1480000), D(1250000), D(682300))),
        Series("Claimed", (D(1050000), D(1210000), D(741450), D(120000))),
        Series("Paid", (D(1050000), D(1190000), D(618450), D(60000))),
    )
    rows = tuple(
        Row((year, *(each.values[place] for each in series))) for place, year in enumerate(YEARS)
    )
    columns = (
        Column(heading="Financial year"),
        *(Column(heading=each.name, kind=Kind.MONEY) for each in series),
    )
    totals = ("All years", *(sum(each.values) for each in series))
    return Part(
        "Money",
        (
            Paragraph(
                "The fund has committed £4.5 million of a budget of £5 million. No budget line "
                "is overspent.",
                lead=True,
            ),
            ChartBlock(
                ColumnChart(
                    title="Claims follow commitments by about a year",
                    labels=YEARS,
                    series=series,
                    unit=Unit.MONEY,
                    **BASE,
                ),
                with_data=False,
            ),
            Table(
                title="Budget, commitments, claims and payments by financial year",
                columns=columns,
                rows=rows,
                totals=totals,
                source=LEDGER,
                name="Money by year",
            ),
            Callout(
                "Capital that is not claimed by 30 June returns to the budget line it came from.",
                title="What happens next",
            ),
        ),
    )


def milestones() -> Part:
    names = (
        "Business case agreed",
        "Supplier under contract",
        "First homes connected",
        "Staff trained",
        "Evaluation published",
    )
    rows = tuple(
        Row(
            (
                f"{names[n % 5]}",
                f"Authority {n + 1}",
                date(2025, 6, 1),
                date(2025, 6 + n % 6, 15),
                ("On track", "At risk", "Late")[n % 3],
            ),
            sample=n % 4 == 0,
        )
        for n in range(24)
    )
    columns = (
        Column(heading="Milestone"),
        Column(heading="Authority"),
        Column(heading="Agreed date", kind=Kind.DATE),
        Column(heading="Expected or met", kind=Kind.DATE),
        Column(heading="State"),
    )
    done = Series("Met", (D(16), D(14), D(9), D(6), D(1)))
    due = Series("Due by now", (D(16), D(16), D(12), D(9), D(2)))
    return Part(
        "Milestones and exceptions",
        (
            Paragraph(
                "46 of the 55 milestones due by now are met. The nine exceptions are listed "
                "below with the dates that are now expected."
            ),
            ChartBlock(
                BarChart(
                    title="Connecting homes is where projects lose time",
                    labels=names,
                    series=(due, done),
                    category="Milestone",
                    **BASE,
                )
            ),
            Heading("Exceptions"),
            Table(
                title="Milestones that moved",
                columns=columns,
                rows=rows,
                source="Monitoring returns",
            ),
        ),
    )


def benefits() -> Part:
    themes = (
        "Falls prevented by acoustic monitoring",
        "Time saved in writing up care notes",
        "Hospital admissions avoided",
        "Medication errors avoided",
    )
    series = (
        Series("Promised", (D(820000), D(610000), D(390000), D(102000))),
        Series("Measured", (D(560000), D(498000), D(214000), D(81000))),
        Series("Verified", (D(472000), D(455597), D(190000), D(74000))),
    )
    columns = (
        Column(heading="Theme"),
        *(Column(heading=each.name, kind=Kind.MONEY) for each in series),
        Column(heading="Verified of promised", kind=Kind.PERCENT),
    )
    rows = tuple(
        Row(
            (theme, *(s.values[n] for s in series), 100 * series[2].values[n] / series[0].values[n])
        )
        for n, theme in enumerate(themes)
    )
    return Part(
        "Benefits promised, measured and verified",
        (
            Paragraph(
                "Benefits are counted only when the council has measured them and an officer has "
                "checked the evidence.[^2]",
                lead=True,
            ),
            ChartBlock(
                BarChart(
                    title="Verified benefits are 62% of what was promised by now",
                    labels=themes,
                    series=series,
                    unit=Unit.MONEY,
                    sample=True,
                    **BASE,
                )
            ),
            Table(
                title="Benefits by theme",
                columns=columns,
                rows=rows,
                source="Benefit observations",
                totals=("All themes", *(sum(s.values) for s in series), D("62.0")),
            ),
        ),
    )


def target() -> Part:
    points = (
        (date(2021, 12, 1), 40),
        (date(2022, 3, 1), 45),
        (date(2022, 8, 1), 50),
        (date(2023, 6, 1), 50),
        (date(2023, 10, 1), 57),
        (date(2025, 12, 1), 80),
    )
    seen = TimeSeries("Observed", tuple(Point(on, D(value)) for on, value in points))
    expected = TimeSeries(
        "Expected in 2023", (Point(date(2023, 10, 1), D(57)), Point(date(2024, 3, 31), D(70)))
    )
    return Part(
        "The national target",
        (
            Paragraph(
                "The share of care providers with a digital social care record has doubled from "
                "40% to 80% in four years. See [the method](#method-and-notes) and "
                "[the guidance](https://www.gov.uk/)."
            ),
            ChartBlock(
                LineChart(
                    title="Digital records reached 80% of care providers in December 2025",
                    series=(seen, expected),
                    target=Point(date(2024, 3, 31), D(80)),
                    interim=(Point(date(2023, 3, 31), D(60)),),
                    unit=Unit.PERCENT,
                    as_at=AS_AT,
                    source="Published statements of the department and the National Audit Office",
                )
            ),
        ),
    )


def stories() -> Part:
    text = (
        "Before the project, night staff checked every resident every hour. Sensors now tell "
        "them who needs help, and residents sleep through.\n\nThe council measured falls for "
        "twelve months in 14 homes. Falls at night went down by a third, and the time freed is "
        "spent on breakfast and on walks. The homes have asked to keep the sensors after the "
        "grant ends, and two neighbouring councils have joined the contract."
    )
    facts = (
        ("Grant", "£298,000"),
        ("Homes", "14"),
        ("Falls at night", "34% fewer"),
        ("Verified", "£142,500"),
    )
    names = (
        "Quiet nights in care homes",
        "One record from hospital to home",
        "Medicines on time, every time",
    )
    return Part(
        "Three stories",
        tuple(
            Story(title=name, authority=f"{place} Council", text=text, facts=facts, sample=n > 0)
            for n, (name, place) in enumerate(
                zip(names, ("Northmoor", "Eastwell", "Ashby Vale"), strict=True)
            )
        ),
    )


def breakdown() -> Part:
    awards = [
        D(612000),
        D(480500),
        D(702300),
        None,
        D(350000),
        D(911000),
        D(286500),
        D(760000),
        D(410000),
    ]
    regions = list(TILES)
    rows = tuple(
        Row((TILES[code][0], n + 1, awards[n], awards[n] and awards[n] / 3))
        for n, code in enumerate(regions)
    )
    columns = (
        Column(heading="Region"),
        Column(heading="Projects", kind=Kind.NUMBER),
        Column(heading="Awarded", kind=Kind.MONEY),
        Column(heading="Benefits verified", kind=Kind.MONEY),
    )
    return Part(
        "By region and board",
        (
            ChartBlock(
                TileMap(
                    title="The East of England has received most",
                    measure="Awarded",
                    values=tuple(map(RegionValue, regions, awards)),
                    unit=Unit.MONEY,
                    **BASE,
                )
            ),
            Table(
                title="Awards and benefits by region",
                columns=columns,
                rows=rows,
                source=LEDGER,
                totals=("England", 45, D(4512300), D(1191597)),
            ),
            Heading("Integrated care boards"),
            Table(
                title="Awards by integrated care board",
                columns=(
                    Column(heading="Board"),
                    Column(heading="Authorities", kind=Kind.NUMBER),
                    Column(heading="Awarded", kind=Kind.MONEY),
                ),
                rows=tuple(
                    Row((f"NHS Board {n} Integrated Care Board", n % 7 + 1, D(41000) * n))
                    for n in range(1, 43)
                ),
            ),
        ),
    )


def changes_() -> Part:
    return Part(
        "What changed since the last report",
        (
            Bullets(
                (
                    "Two awards were accepted: **£320,000** in all.",
                    "One project moved from on track to at risk.",
                    "Benefits of £204,000 were verified.[^2]",
                )
            ),
        ),
    )


def method() -> Part:
    return Part(
        "Method and notes",
        (
            Paragraph(
                "Every figure is computed from records as they were known on the as-at day. "
                "Later corrections do not change this report."
            ),
            Notes(
                (
                    Note(1, "Awards are offers that were accepted; payments are those released."),
                    Note(2, "A benefit is verified when an officer has checked the evidence."),
                    Note(3, "Present value of benefits over that of grant, at 3.5% a year."),
                    Note(
                        4,
                        "Dates are those of the announcement; the month is inferred for the last.",
                    ),
                )
            ),
        ),
    )
