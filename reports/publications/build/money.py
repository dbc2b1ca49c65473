"""Money by financial year, capital and revenue apart."""

from typing import Any

from reports.charts.base import Series
from reports.charts.columns import ColumnChart
from reports.charts.display import Unit, percent, pounds_in_words

from ..document.model import Block, ChartBlock, Column, Kind, Part, Row, Table
from .reading import Reading, amount, any_sample, day, short_year, total

COLUMNS = (
    ("budget", "Budget"),
    ("committed", "Committed"),
    ("claimed", "Claimed"),
    ("paid", "Paid"),
)
SOURCE = "The programme’s ledger"


def part(reading: Reading) -> Part:
    blocks: list[Block] = []
    if found := chart(reading):
        blocks.append(ChartBlock(found))
    blocks += [_table(reading), _awards(reading)]
    return Part("Money", tuple(blocks), summary=_summary(reading))


def _summary(reading: Reading) -> str:
    if not reading.amount("budget"):
        announced = reading.programme["announced"]
        words = f" Announced: {pounds_in_words(amount(announced))}." if announced else ""
        return f"The ledger holds no budget yet.{words}"
    note = reading.note_on("committed")
    paid = reading.value("share_paid")
    end = "" if paid is None else f" {percent(paid)} of what is committed has been paid."
    if reading.amount("committed") == reading.amount("budget"):
        return f"All of a budget of {reading.words('budget')} is committed[^{note}].{end}"
    return (
        f"Of a budget of {reading.words('budget')}, {reading.words('committed')} is "
        f"committed[^{note}] and {reading.words('free')} is not.{end}"
    )


def chart(reading: Reading) -> ColumnChart | None:
    lines = reading.data["money"]
    if not lines:
        return None
    by_year: dict[str, list[dict[str, Any]]] = {line["year"]: [] for line in lines}
    for line in lines:
        by_year[line["year"]].append(line)
    shown = (("budget", "Budget"), ("committed", "Committed"), ("paid", "Paid"))
    return ColumnChart(
        title=_title(reading),
        source=SOURCE,
        as_at=reading.as_at,
        unit=Unit.MONEY,
        sample=any_sample(lines),
        labels=tuple(map(short_year, by_year)),
        series=tuple(
            Series(name, tuple(total(rows, key) for rows in by_year.values()))
            for key, name in shown
        ),
    )


def _title(reading: Reading) -> str:
    if not reading.amount("committed"):
        return "Nothing has been committed yet"
    return (
        f"{reading.words('committed')} of {reading.words('budget')} is committed, "
        f"{reading.words('paid')} is paid"
    )


def _table(reading: Reading) -> Table:
    lines: list[dict[str, Any]] = reading.data["money"]
    return Table(
        title="Money by financial year",
        columns=(
            Column(heading="Financial year"),
            Column(heading="Kind"),
            *(Column(heading=name, kind=Kind.MONEY) for _, name in COLUMNS),
            Column(heading="Not committed", kind=Kind.MONEY),
        ),
        rows=tuple(Row(_cells(line), sample=line["sample"]) for line in lines),
        totals=(
            "Total",
            "",
            *(total(lines, key) for key, _ in COLUMNS),
            total(lines, "budget") - total(lines, "committed"),
        ),
        source=SOURCE,
        empty="No budget has been set yet.",
    )


def _cells(line: dict[str, Any]):
    amounts = [amount(line[key]) for key, _ in COLUMNS]
    return (line["year"], line["kind"].title(), *amounts, amounts[0] - amounts[1])


def _awards(reading: Reading) -> Table:
    lines: list[dict[str, Any]] = reading.data["projects"]
    return Table(
        title="Grants awarded",
        columns=(
            Column(heading="Organisation", width=2),
            Column(heading="Project", width=3),
            Column(heading="Awarded on", kind=Kind.DATE, width=1.5),
            Column(heading="Awarded", kind=Kind.MONEY, width=1.4),
            Column(heading="Paid", kind=Kind.MONEY, width=1.4),
        ),
        rows=tuple(
            Row(
                (
                    line["organisation"],
                    _named(line),
                    day(line["awarded_on"]),
                    amount(line["awarded"]),
                    amount(line["paid"]),
                ),
                sample=line["sample"],
            )
            for line in lines
        ),
        totals=("Total", "", "", total(lines, "awarded"), total(lines, "paid")),
        source="Accepted offers; the ledger",
        empty="No grant has been awarded yet.",
    )


def _named(line: dict[str, Any]) -> str:
    name, precision = f"{line['title']} ({line['reference']})", line["precision"]
    if precision == "exact" or line["sample"]:
        return name
    return f"{name}, amount {precision}"
