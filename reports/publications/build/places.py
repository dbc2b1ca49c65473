"""By theme, region and board."""

from typing import Any

from reports.charts.bars import BarChart
from reports.charts.base import Series
from reports.charts.display import Unit, short_pounds
from reports.charts.tiles import TILES, RegionValue, TileMap

from ..document.model import Block, ChartBlock, Column, Heading, Kind, Paragraph, Part, Row, Table
from .reading import BOARD_RULE, REGION_RULE, Reading, amount, total

TITLE = "By theme, region and board"
SOURCE = "Accepted offers, the ledger, benefit profiles and observations"
MEASURES = (
    ("awarded", "Awarded"),
    ("paid", "Paid"),
    ("promised", "Promised"),
    ("promised_by_now", "Promised by now"),
    ("verified", "Verified"),
)


def part(reading: Reading) -> Part:
    if not reading.data["projects"]:
        return Part(TITLE, (Paragraph("No grant has been awarded yet."),))
    groups = reading.data["groups"]
    region, board = reading.note(REGION_RULE), reading.note(BOARD_RULE)
    blocks: list[Block] = [Heading("By theme")]
    if len(groups["theme"]) > 1:
        blocks.append(ChartBlock(_themes(reading)))
    blocks += [_table("Theme", groups["theme"], ""), Heading("By region")]
    blocks += [ChartBlock(_map(reading)), _table("Region", groups["region"], f"[^{region}]")]
    blocks += [Heading("By integrated care board")]
    blocks += [_table("Integrated care board", groups["board"], f"[^{board}]")]
    return Part(TITLE, tuple(blocks))


def _themes(reading: Reading) -> BarChart:
    lines = sorted(reading.data["groups"]["theme"], key=lambda x: -amount(x["awarded"]))
    top = lines[0]
    return BarChart(
        title=f"“{top['name']}” has the most grant, {short_pounds(amount(top['awarded']))}",
        source=SOURCE,
        as_at=reading.as_at,
        unit=Unit.MONEY,
        sample=any(line["sample"] for line in lines),
        labels=tuple(line["name"] for line in lines),
        series=(Series("Awarded", tuple(amount(line["awarded"]) for line in lines)),),
        category="Theme",
    )


def _map(reading: Reading) -> TileMap:
    lines, codes = reading.data["groups"]["region"], reading.data["regions"]
    known = [line for line in lines if codes.get(line["name"]) in TILES]
    reached = sum(1 for line in known if amount(line["awarded"]))
    return TileMap(
        title=f"Grants reach {reached} of the nine regions of England",
        source=SOURCE,
        as_at=reading.as_at,
        unit=Unit.MONEY,
        sample=any(line["sample"] for line in lines),
        measure="Awarded",
        values=tuple(RegionValue(codes[x["name"]], amount(x["awarded"])) for x in known),
    )


def _table(heading: str, lines: list[dict[str, Any]], note: str) -> Table:
    return Table(
        title=f"Grants and benefits by {heading[0].lower()}{heading[1:]}",
        name=f"By {heading[0].lower()}{heading[1:]}",
        columns=(
            Column(heading=heading, width=2.2),
            Column(heading="Grants", kind=Kind.NUMBER, width=0.8),
            *(Column(heading=name, kind=Kind.MONEY, width=1.2) for _, name in MEASURES),
        ),
        rows=tuple(Row(_cells(line), sample=line["sample"]) for line in lines),
        totals=(
            "Total",
            int(total(lines, "awards")),
            *(total(lines, key) for key, _ in MEASURES),
        ),
        source=SOURCE,
        note=f"How places are counted{note}" if note else "",
    )


def _cells(line: dict[str, Any]):
    return (line["name"], line["awards"], *(amount(line[key]) for key, _ in MEASURES))
