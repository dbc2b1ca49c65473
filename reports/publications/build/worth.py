"""Benefits promised, measured, verified."""

from typing import Any

from reports.charts.bars import BarChart
from reports.charts.base import Series
from reports.charts.columns import ColumnChart
from reports.charts.display import Unit, number, percent, short_pounds

from ..document.model import Block, Callout, ChartBlock, Column, Kind, Paragraph, Part, Row, Table
from .glance import BENEFITS, MEASURES
from .reading import Reading, amount, short_year, total

TITLE = "Benefits promised, measured, verified"
UNPRICED = "Unmonetisable"


def part(reading: Reading) -> Part:
    if not reading.data["benefits"]:
        text = "No benefit has been promised yet, so there is nothing to measure."
        return Part(TITLE, (Paragraph(text),))
    blocks: list[Block] = []
    if by_year := _by_year(reading):
        blocks.append(ChartBlock(by_year))
    blocks += [ChartBlock(_by_class(reading)), _classes(reading), _benefits(reading)]
    if unpriced := _without_price(reading):
        blocks.append(Callout(unpriced, "Benefits without a price"))
    return Part(TITLE, tuple(blocks), summary=_summary(reading))


def _summary(reading: Reading) -> str:
    marks = {code: reading.note_on(code) for code, _ in MEASURES}
    share, gain = reading.value("realised"), reading.value("return_verified")
    words = (
        f"{reading.words('promised')} promised in all,[^{marks['promised']}] "
        f"{reading.words('promised_by_now')} of it by now;[^{marks['promised_by_now']}] "
        f"{reading.words('measured')} measured,[^{marks['measured']}] "
        f"{reading.words('verified')} verified[^{marks['verified']}]"
    )
    if share is not None:
        words += f", {percent(share)} of what was promised by now"
    if gain:
        words += f". Each pound paid has brought £{number(gain)} of verified benefit so far"
    return f"{words}."


def _by_year(reading: Reading) -> ColumnChart | None:
    lines = reading.data["groups"]["year"]
    if not any(amount(line[code]) for line in lines for code in ("promised", "measured")):
        return None
    top = max(lines, key=lambda line: amount(line["promised"]))
    shown = (("promised", "Promised"), ("measured", "Measured"), ("verified", "Verified"))
    return ColumnChart(
        title=f"Most was promised for {top['name']}: {short_pounds(amount(top['promised']))}",
        source=BENEFITS,
        as_at=reading.as_at,
        unit=Unit.MONEY,
        sample=any(line["sample"] for line in lines),
        labels=tuple(short_year(line["name"]) for line in lines),
        series=tuple(Series(name, tuple(amount(x[key]) for x in lines)) for key, name in shown),
    )


def _by_class(reading: Reading) -> BarChart:
    lines = reading.data["groups"]["class"]
    shown = (("promised_by_now", "Promised by now"), ("verified", "Verified"))
    return BarChart(
        title="What was promised by now and what is verified, by class of benefit",
        source=BENEFITS,
        as_at=reading.as_at,
        unit=Unit.MONEY,
        sample=any(line["sample"] for line in lines),
        labels=tuple(line["name"] for line in lines),
        series=tuple(Series(name, tuple(amount(x[key]) for x in lines)) for key, name in shown),
        category="Class",
    )


def _classes(reading: Reading) -> Table:
    lines: list[dict[str, Any]] = reading.data["groups"]["class"]
    return Table(
        title="Benefits by class",
        columns=(Column(heading="Class", width=2), *_columns()),
        rows=tuple(Row((x["name"], *_amounts(x)), sample=x["sample"]) for x in lines),
        totals=("Total", *(total(lines, key) for key, _ in MEASURES)),
        source=BENEFITS,
        note="The classes are those of the NHS Comprehensive Investment Appraisal model.",
    )


def _benefits(reading: Reading) -> Table:
    lines: list[dict[str, Any]] = reading.data["benefits"]
    return Table(
        title="Benefits by project",
        columns=(
            Column(heading="Organisation", width=1.7),
            Column(heading="Benefit", width=2.2),
            *_columns(),
        ),
        rows=tuple(
            Row((x["organisation"], f"{x['title']} ({x['project']})", *_amounts(x)), x["sample"])
            for x in lines
        ),
        totals=("Total", "", *(total(lines, key) for key, _ in MEASURES)),
        source=BENEFITS,
    )


def _columns() -> tuple[Column, ...]:
    return tuple(Column(heading=name, kind=Kind.MONEY, width=1.2) for _, name in MEASURES)


def _amounts(line: dict[str, Any]):
    if line.get("class") == UNPRICED:
        return (None,) * len(MEASURES)  # nothing is not what it is worth
    return tuple(amount(line[key]) for key, _ in MEASURES)


def _without_price(reading: Reading) -> str:
    found = [x for x in reading.data["benefits"] if x["class"] == UNPRICED]
    if not found:
        return ""
    names = "; ".join(sorted({f"{x['title']} ({x['organisation']})" for x in found})[:12])
    return f"These are measured, but carry no price and enter no sum: {names}."
