"""Milestones and the exceptions among them; project stories."""

from reports.charts.bars import BarChart
from reports.charts.base import Series
from reports.charts.display import Unit, percent, pounds

from ..document.model import Block, ChartBlock, Column, Kind, Paragraph, Part, Row, Story, Table
from .reading import Reading, amount, day, plural

FACTS = "Milestones of the grant agreements and their forecasts and confirmations"


def milestones(reading: Reading) -> Part:
    planned = reading.count("milestones")
    if not planned:
        text = "No milestone has been agreed yet."
        return Part("Milestones and exceptions", (Paragraph(text),))
    return Part(
        "Milestones and exceptions",
        (ChartBlock(_chart(reading)), _exceptions(reading)),
        summary=_summary(reading),
    )


def _summary(reading: Reading) -> str:
    share = reading.value("milestones_on_time")
    if share is None:
        return f"None of the {plural(reading.count('milestones'), 'milestone')} falls due yet."
    note = reading.note_on("milestones_on_time")
    return f"{percent(share)} of the milestones whose agreed date has passed are achieved.[^{note}]"


def _chart(reading: Reading) -> BarChart:
    planned = reading.count("milestones")
    counts = {
        "Achieved": reading.count("milestones_achieved"),
        "Overdue": reading.count("milestones_overdue"),
        "Forecast late": reading.count("milestones_late"),
    }
    counts["On track"] = planned - sum(counts.values())
    return BarChart(
        title=f"{counts['Achieved']:,} of {plural(planned, 'milestone')} are achieved, "
        f"{counts['Overdue']:,} overdue",
        source=FACTS,
        as_at=reading.as_at,
        unit=Unit.NUMBER,
        sample=reading.sample("milestones"),
        labels=tuple(counts),
        series=(Series("Milestones", tuple(counts.values())),),
        category="Condition",
    )


def _exceptions(reading: Reading) -> Table:
    return Table(
        title="Milestones overdue or forecast late",
        columns=(
            Column(heading="Organisation", width=2),
            Column(heading="Milestone", width=3),
            Column(heading="Agreed", kind=Kind.DATE, width=1.5),
            Column(heading="Expected", kind=Kind.DATE, width=1.5),
            Column(heading="Days behind", kind=Kind.NUMBER, width=1),
            Column(heading="Status", width=1.3),
        ),
        rows=tuple(
            Row(
                (
                    line["organisation"],
                    f"{line['title']} ({line['project']})",
                    day(line["agreed"]),
                    day(line["expected"]),
                    line["days"],
                    line["status"],
                ),
                sample=line["sample"],
            )
            for line in reading.data["milestones"]
        ),
        source=FACTS,
        empty="No milestone is overdue or forecast late.",
    )


def stories(reading: Reading) -> Part:
    told = reading.data["stories"]
    if not told:
        text = "There is no project to tell of yet."
        return Part("Project stories", (Paragraph(text),))
    blocks: list[Block] = [
        Story(
            title=one["title"],
            authority=f"{one['organisation']}, {one['reference']}",
            text=one["text"] or one["title"],
            facts=(
                ("Awarded", pounds(amount(one["awarded"]))),
                ("Paid", pounds(amount(one["paid"]))),
                ("Verified benefits", pounds(amount(one["verified"]))),
            ),
            sample=one["sample"],
        )
        for one in told
    ]
    return Part("Project stories", tuple(blocks))
