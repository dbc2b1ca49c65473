"""What a report says, before it is known how it is shown.

Amounts are Decimal pounds, percentages Decimal (62 is 62%), dates are dates or moments that
know their time zone. Text may carry the marks of `markup`; table cells are plain text.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from reports.charts.base import Chart
from reports.charts.display import local_day

Cell = Decimal | int | date | datetime | str | None
Text = str


class DocumentError(ValueError):
    """The content contradicts itself, such as a row with too few cells."""


class Kind(StrEnum):
    TEXT = "text"
    MONEY = "money"
    NUMBER = "number"
    PERCENT = "percent"
    DATE = "date"

    @property
    def numeric(self) -> bool:
        return self in {Kind.MONEY, Kind.NUMBER, Kind.PERCENT}


ACCEPTED: dict[Kind, tuple[type, ...]] = {
    Kind.TEXT: (str, int, Decimal, date),
    Kind.MONEY: (Decimal, int),
    Kind.NUMBER: (Decimal, int),
    Kind.PERCENT: (Decimal, int),
    Kind.DATE: (date,),
}


@dataclass(frozen=True)
class Heading:
    text: Text


@dataclass(frozen=True)
class Paragraph:
    text: Text
    lead: bool = False


@dataclass(frozen=True)
class Bullets:
    items: tuple[Text, ...]
    numbered: bool = False


@dataclass(frozen=True)
class Callout:
    text: Text
    title: str = ""


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A card. `change` is the difference to the value at `since`; None when there is none.

    `code` names the figure and `definition` explains it in the spreadsheet and the data file.
    """

    label: str
    value: Decimal | int | None
    kind: Kind = Kind.NUMBER
    unit: str = ""
    change: Decimal | int | None = None
    since: date | datetime | None = None
    note: int | None = None
    code: str = ""
    definition: str = ""
    sample: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "kind", Kind(self.kind))
        for value in (self.value, self.change):
            check_cell(value, self.kind, self.label)
        if (self.change is None) != (self.since is None):
            raise DocumentError(f"{self.label}: a change needs the date it is counted from")


@dataclass(frozen=True)
class Figures:
    cards: tuple[Figure, ...]
    title: str = "At a glance"


@dataclass(frozen=True)
class ChartBlock:
    """`with_data` is False where a table of the report already says the same."""

    chart: Chart
    with_data: bool = True


@dataclass(frozen=True, kw_only=True)
class Column:
    """`unit` is shown in the heading; money has £ there unless told otherwise."""

    heading: str
    kind: Kind = Kind.TEXT
    unit: str | None = None
    width: float | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "kind", Kind(self.kind))

    @property
    def full_heading(self) -> str:
        unit = {Kind.MONEY: "£", Kind.PERCENT: "%"}.get(self.kind, "")
        unit = unit if self.unit is None else self.unit
        return f"{self.heading} ({unit})" if unit else self.heading


@dataclass(frozen=True)
class Row:
    cells: tuple[Cell, ...]
    sample: bool = False


@dataclass(frozen=True, kw_only=True)
class Table:
    """`name` is the sheet's name in the spreadsheet, the title when it is not given."""

    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Row]
    totals: tuple[Cell, ...] | None = None
    source: str = ""
    note: str = ""
    name: str = ""
    empty: str = "There is nothing to show yet."

    def __post_init__(self) -> None:
        if not self.columns:
            raise DocumentError(f"{self.title}: a table needs a column")
        for row in self.rows:
            self._check(row.cells, totals=False)
        if self.totals is not None:
            self._check(self.totals, totals=True)

    def _check(self, cells: tuple[Cell, ...], *, totals: bool) -> None:
        if len(cells) != len(self.columns):
            raise DocumentError(f"{self.title}: {len(cells)} cells for {len(self.columns)}")
        for cell, column in zip(cells, self.columns, strict=True):
            if not (totals and isinstance(cell, str)):
                check_cell(cell, column.kind, f"{self.title}, {column.heading}")

    @property
    def has_samples(self) -> bool:
        return any(row.sample for row in self.rows)


@dataclass(frozen=True, kw_only=True)
class Story:
    """`facts` are (label, value) pairs shown beside the text; paragraphs part at empty lines."""

    title: str
    authority: str
    text: Text
    facts: tuple[tuple[str, str], ...] = ()
    sample: bool = False


@dataclass(frozen=True)
class Note:
    number: int
    text: Text


@dataclass(frozen=True)
class Notes:
    items: tuple[Note, ...]


Block = Heading | Paragraph | Bullets | Callout | Figures | ChartBlock | Table | Story | Notes


@dataclass(frozen=True)
class Part:
    title: str
    blocks: tuple[Block, ...] = ()
    summary: str = ""


@dataclass(frozen=True, kw_only=True)
class Document:
    """`produced_at` dates the files; the same document gives the same bytes at any time."""

    title: str
    programme: str
    as_at: date | datetime
    reference: str
    fingerprint: str
    status: str
    subtitle: str = ""
    author: str = "Digital Care Fund"
    produced_at: datetime | None = None
    sample_notice: str | None = None
    parts: tuple[Part, ...] = field(default=())

    def __post_init__(self) -> None:
        object.__setattr__(self, "parts", tuple(self.parts))
        for moment in filter(None, (self.as_at, self.produced_at)):
            local_day(moment)

    def blocks(self) -> list[tuple[Part, Block]]:
        return [(part, block) for part in self.parts for block in part.blocks]


def check_cell(cell: Cell, kind: Kind, where: str) -> None:
    if cell is None:
        return
    if isinstance(cell, bool) or not isinstance(cell, ACCEPTED[kind]):
        raise DocumentError(f"{where}: {type(cell).__name__} is not {kind.value}")
    if isinstance(cell, Decimal) and not cell.is_finite():
        raise DocumentError(f"{where}: a value must be finite")
