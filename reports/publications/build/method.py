"""What changed since last time; method, definitions, notes; the rows behind the figures."""

from collections.abc import Iterable
from typing import Any

from reports.charts.display import day as day_words

from ..document.model import (
    Block,
    Bullets,
    Column,
    Heading,
    Kind,
    Notes,
    Paragraph,
    Part,
    Row,
    Table,
)
from .reading import KINDS, Reading, amount, day, number

ROWS = {
    "budget": "Ledger: budget",
    "committed": "Ledger: committed",
    "claimed": "Ledger: claimed",
    "paid": "Ledger: paid",
    "awards": "Awards",
    "milestones": "Milestones",
    "promised": "Benefit forecasts",
    "measured": "Benefit observations",
}


def what_changed(reading: Reading) -> Part:
    title, since = "What changed since last time", day_words(reading.since)
    changes = reading.data["changes"]
    if not changes:
        return Part(title, (Paragraph(f"Nothing has changed since {since}."),))
    table = Table(
        title=f"New facts since {since}",
        name="Changes",
        columns=(
            Column(heading="What", width=1.5),
            Column(heading="Organisation", width=1.7),
            Column(heading="About", width=3.2),
            Column(heading="Date", kind=Kind.DATE, width=1.4),
            Column(heading="Amount", kind=Kind.MONEY, width=1.2),
        ),
        rows=tuple(_change(line) for line in changes),
        source="Facts recorded in the service between the two days",
    )
    return Part(title, (table,))


def _change(line: dict[str, Any]) -> Row:
    money = None if line["amount"] is None else amount(line["amount"])
    cells = (line["kind"], line["who"], line["what"], day(line["on"]), money)
    return Row(cells, sample=line["sample"])


def method(reading: Reading) -> Part:
    """Comes last: by now every part has made its notes."""
    as_at = day_words(reading.as_at)
    blocks: list[Block] = [
        Paragraph(
            f"Every figure is computed from facts recorded in the service up to the end of {as_at} "
            "in London. Facts are never overwritten: a correction is recorded beside what it "
            "corrects, so the same day always gives the same figures. Amounts are nominal pounds, "
            "exact to the penny and rounded only where they are written in words."
        ),
        Heading("Definitions"),
        _definitions(reading),
    ]
    if cited := _sources(reading):
        blocks += [Heading("Sources of published facts"), Bullets(cited)]
    blocks += [Heading("Notes"), Notes(reading.notes())]
    return Part("Method, definitions and notes", tuple(blocks))


def _definitions(reading: Reading) -> Table:
    figures = reading.data["figures"]
    return Table(
        title="Definitions of the figures",
        name="Definitions",
        columns=(
            Column(heading="Figure", width=1.5),
            Column(heading="What it means", width=3),
            Column(heading="How it is computed", width=2.5),
            Column(heading="From", width=2.5),
        ),
        rows=tuple(
            Row((each["title"], each["words"], each["formula"], each["source"]))
            for each in figures.values()
        ),
    )


def _sources(reading: Reading) -> tuple[str, ...]:
    data = reading.data
    found = [reading.programme["source"]]
    found += [line["source"] for line in (*data["projects"], *data["benefits"])]
    return tuple(dict.fromkeys(text for text in found if text))


def rows(reading: Reading) -> Part:
    """For the spreadsheet only: what the figures add up."""
    return Part("Rows behind the figures", (_values(reading), *_tables(reading)))


def _values(reading: Reading) -> Table:
    figures = reading.data["figures"]
    return Table(
        title="All figures",
        columns=(
            Column(heading="Code"),
            Column(heading="Figure"),
            Column(heading="Value", kind=Kind.NUMBER),
            Column(heading="Unit"),
            Column(heading="Rows", kind=Kind.NUMBER),
        ),
        rows=tuple(
            Row(
                (code, each["title"], number(each["value"]), each["unit"], _count(each)),
                sample=each["sample"],
            )
            for code, each in figures.items()
        ),
    )


def _count(figure: dict[str, Any]) -> int:
    """Reports frozen in earlier years hold every row and no number of them."""
    return int(figure.get("count", len(figure["rows"])))


def _tables(reading: Reading) -> Iterable[Table]:
    for code, name in ROWS.items():
        kind = KINDS["number" if code == "milestones" else "money"]
        yield Table(
            title=f"Rows of {name}",
            name=name,
            columns=(
                Column(heading="Record"),
                Column(heading="Number", kind=Kind.NUMBER),
                Column(heading="About"),
                Column(heading="Organisation"),
                Column(heading="Date", kind=Kind.DATE),
                Column(heading="Amount", kind=kind),
                *(Column(heading=tag.title()) for tag in TAGS),
                Column(heading="Source"),
            ),
            rows=tuple(_row(line) for line in reading.data["rows"][code]),
            empty=_empty(reading, code),
        )


def _empty(reading: Reading, code: str) -> str:
    count = _count(reading.data["figures"][code])
    if not count:
        return "There are none."
    return f"There are {count:,}, too many for this file: the page of the figure lists them all."


TAGS = ("project", "theme", "region", "board", "class", "year", "kind")


def _row(line: dict[str, Any]) -> Row:
    start = (line["record"], line["number"], line["what"], line["who"], day(line["on"]))
    tags = tuple(line.get(tag, "") for tag in TAGS)
    return Row((*start, amount(line["amount"]), *tags, line["source"]), sample=line["sample"])
