"""Values of a document as the reader sees them, the same on the page and in the PDF."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from carefund.core.typeface import clean
from reports.charts import display
from reports.charts.base import Chart

from .model import Cell, Column, Document, Figure, Kind, Row, Table

NOON = 12


def places(table: Table) -> tuple[int, ...]:
    """Decimals of each column, so that digits stand below each other."""
    rows = [row.cells for row in table.rows] + ([table.totals] if table.totals else [])
    found = [0] * len(table.columns)
    for cells in rows:
        for at, value in enumerate(cells):
            if isinstance(value, Decimal) and table.columns[at].kind.numeric:
                found[at] = max(found[at], _decimals(value, table.columns[at].kind))
    return tuple(found)


def _decimals(value: Decimal, kind: Kind) -> int:
    if kind == Kind.MONEY:
        return 0 if round(value, 2) == value.to_integral() else 2
    most = round(value, 1 if kind == Kind.PERCENT else 2)
    return max(0, -int(most.normalize().as_tuple().exponent))


def cell(value: Cell, kind: Kind, decimals: int = 0) -> str:
    """In a table, where the unit stands in the heading."""
    if value is None:
        return display.NO_VALUE
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, date):
        return display.day(value)
    return display.digits(value, decimals) if kind.numeric else display.number(value)


def total(value: Cell, kind: Kind, decimals: int = 0) -> str:
    """In the last row, with the sign of the pound."""
    if isinstance(value, Decimal | int) and kind == Kind.MONEY:
        return display.digits(value, decimals, symbol="£")
    return "" if value is None else cell(value, kind, decimals)


def figure(card: Figure) -> str:
    if card.value is None:
        return "Not known"
    if card.kind == Kind.MONEY:
        words = display.pounds_in_words(card.value)
    elif card.kind == Kind.PERCENT:
        words = display.percent(card.value)
    else:
        words = display.number(card.value)
    return words


def change(card: Figure) -> str:
    """Compared with the last report: "Up £1.2 million since 1 March 2018"."""
    if card.change is None or card.since is None:
        return ""
    since = f"since {display.day(card.since)}"
    if not card.change:
        return f"No change {since}"
    size = card.change if card.change > 0 else -card.change
    if card.kind == Kind.MONEY:
        words = display.pounds_in_words(size)
    elif card.kind == Kind.PERCENT:
        words = f"{display.number(size)} percentage point{'' if size == 1 else 's'}"
    else:
        words = display.number(size)
    return f"{'Up' if card.change > 0 else 'Down'} {words} {since}"


def chart_table(chart: Chart, title: str = "") -> Table:
    """The data of a chart as a table of the document."""
    headings, rows = chart.table()
    kinds = [_kind(chart, [row[place] for row in rows]) for place in range(len(headings))]
    return Table(
        title=title or chart.title,
        columns=tuple(
            Column(heading=heading, kind=kind)
            for heading, kind in zip(headings, kinds, strict=True)
        ),
        rows=tuple(Row(cells=row) for row in rows),
        source=chart.source,
    )


def _kind(chart: Chart, values: Sequence[object]) -> Kind:
    if any(isinstance(value, Decimal | int) for value in values):
        return Kind(chart.unit.value)
    days = [value for value in values if value is not None]
    return Kind.DATE if days and all(isinstance(day, date) for day in days) else Kind.TEXT


def details(document: Document) -> list[tuple[str, str]]:
    """What identifies the report, for the cover, the page and the spreadsheet."""
    rows = [
        ("Programme", document.programme),
        ("As at", display.day(document.as_at)),
        ("Status", document.status),
        ("Reference", document.reference),
        ("Fingerprint", document.fingerprint),
    ]
    if document.produced_at:
        rows.append(("Produced", moment(document.produced_at)))
    return [(label, clean(value)) for label, value in rows if value]


def moment(value: datetime) -> str:
    local = value.astimezone(display.LONDON)
    hour = local.hour % NOON or NOON
    half = "am" if local.hour < NOON else "pm"
    return f"{display.day(value)} at {hour}:{local.minute:02d}{half}"


def slug(text: str, taken: set[str]) -> str:
    """An address inside the page, unique among those taken; adds itself to them."""
    base = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:60] or "section"
    name, number = base, 2
    while name in taken:
        name, number = f"{base}-{number}", number + 1
    taken.add(name)
    return name
