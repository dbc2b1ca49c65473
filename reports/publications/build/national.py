"""The national target and its trajectory."""

from datetime import date
from decimal import Decimal
from typing import Any

from reports.charts.display import Unit, percent
from reports.charts.display import day as day_words
from reports.charts.lines import LineChart, Point, TimeSeries

from ..document.model import Block, ChartBlock, Column, Document, Kind, Paragraph, Part, Row, Table
from .reading import Reading, amount, day

SAMPLE = "Some of these statements are sample data. They are marked."
TITLE = "The national target"
MEASURED = ("actual", "lower_bound", "derived")
SERIES = (
    ("Measured", ("actual", "derived")),
    ("Measured, at least", ("lower_bound",)),
    ("Forecast", ("forecast",)),
    ("Planned", ("planned",)),
)


def part(reading: Reading) -> Part:
    goal = reading.data["target"]
    if goal is None:
        return Part(TITLE, (Paragraph("No national target has been recorded."),))
    note = "" if goal["own"] else "This target belongs to another programme of the department."
    return Part(TITLE, _blocks(goal, reading.as_at, note), summary=headline(goal))


def page(goal: dict[str, Any], programme: str, as_at: date) -> Document:
    """The target by itself, for the public."""
    part = Part("Where it stands", _blocks(goal, as_at, ""), summary=headline(goal))
    return Document(
        title=goal["name"],
        programme=programme,
        as_at=as_at,
        reference="",
        fingerprint="",
        status="",
        sample_notice=SAMPLE if any(s["sample"] for s in goal["statements"]) else None,
        parts=(part,),
    )


def _blocks(goal: dict[str, Any], as_at: date, note: str) -> tuple[Block, ...]:
    drawn = (ChartBlock(drawing(goal, as_at)),) if goal["statements"] else ()
    return (Paragraph(goal["definition"]), *drawn, _statements(goal, note))


def headline(goal: dict[str, Any]) -> str:
    """Where it stands, and how far from the goal."""
    aim = f"{percent(amount(goal['goal']))} by {day_words(date.fromisoformat(goal['goal_on']))}"
    said = latest(goal)
    if said is None:
        return f"{goal['name']}: nothing had been measured. The target is {aim}."
    value, on = amount(said["value"]), date.fromisoformat(said["on"])
    least = "at least " if said["kind"] == "lower_bound" else ""
    gap = amount(goal["goal"]) - value
    if gap <= 0:
        when = "in time" if on <= date.fromisoformat(goal["goal_on"]) else "after its date"
        end = f"The target of {aim} was reached {when}."
    else:
        end = f"That is {gap.normalize():f} percentage points short of the target of {aim}."
    return f"{goal['name']}: {least}{percent(value)} on {day_words(on)}. {end}"


def latest(goal: dict[str, Any]) -> dict[str, Any] | None:
    return next((s for s in reversed(goal["statements"]) if s["kind"] in MEASURED), None)


def chart(reading: Reading) -> LineChart | None:
    goal = reading.data["target"]
    return drawing(goal, reading.as_at) if goal and goal["statements"] else None


def drawing(goal: dict[str, Any], as_at: date) -> LineChart:
    said = latest(goal)
    now = f": {percent(amount(said['value']))} so far" if said else ""
    return LineChart(
        title=f"{goal['name']}{now}, against a target of {percent(amount(goal['goal']))}",
        source="Published statements, listed with their sources below",
        as_at=as_at,
        unit=Unit.PERCENT,
        sample=any(s["sample"] for s in goal["statements"]),
        series=tuple(
            TimeSeries(name, tuple(_point(s) for s in goal["statements"] if s["kind"] in kinds))
            for name, kinds in SERIES
            if any(s["kind"] in kinds for s in goal["statements"])
        ),
        interim=tuple(_point(s) for s in goal["statements"] if s["kind"] == "interim_target"),
        target=Point(date.fromisoformat(goal["goal_on"]), amount(goal["goal"]), "Target"),
    )


def _point(said: dict[str, Any]) -> Point:
    return Point(date.fromisoformat(said["on"]), Decimal(said["value"]), said["statement"])


def _statements(goal: dict[str, Any], note: str) -> Table:
    return Table(
        title="Statements about the target",
        columns=(
            Column(heading="Date", kind=Kind.DATE, width=1.3),
            Column(heading="Value", kind=Kind.PERCENT, width=0.8),
            Column(heading="Kind", width=1.2),
            Column(heading="Statement", width=3),
            Column(heading="Source", width=3),
        ),
        rows=tuple(
            Row(
                (
                    day(said["on"]),
                    amount(said["value"]),
                    said["label"],
                    said["statement"],
                    said["source"],
                ),
                sample=said["sample"],
            )
            for said in goal["statements"]
        ),
        source=goal["source"],
        note=note,
        empty="Nothing had been said about the target.",
    )
