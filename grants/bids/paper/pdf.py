from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import KeepTogether, LongTable, Paragraph, SimpleDocTemplate, Spacer

from carefund.core.typeface import BOLD, REGULAR, clean, drawable, register_fonts, runs
from carefund.questions.types.base import Table

from .content import Item, Paper

INK, LINE, QUIET = HexColor("#0B0C0C"), HexColor("#B1B4B6"), HexColor("#505A5F")
MARGIN, FOOT = 54.0, 40.0
# What the frame of a page keeps free on each side of its text.
PADDING = 6.0
# More columns than these need the long side of the page.
MOST_COLUMNS = 6
# A paragraph longer than a page is drawn in pieces, so that every page can take the next.
MOST_LETTERS = 3000


def _style(name: str, size: float, **more: Any) -> ParagraphStyle:
    values = {"fontName": REGULAR, "textColor": INK, "splitLongWords": 1, **more}
    return ParagraphStyle(name, fontSize=size, leading=size * 1.4, **values)


TITLE = _style("title", 18, fontName=BOLD, spaceAfter=8)
MARK = _style("mark", 10, fontName=BOLD, spaceAfter=10)
PART = _style("part", 14, fontName=BOLD, spaceBefore=16, spaceAfter=6)
LABEL = _style("label", 10, fontName=BOLD, spaceBefore=8, spaceAfter=2, keepWithNext=1)
BODY = _style("body", 10, spaceAfter=4)
CELL = _style("cell", 8)
HEAD = _style("head", 8, fontName=BOLD)
CELL_SUM = _style("cell-sum", 8, alignment=TA_RIGHT)
HEAD_SUM = _style("head-sum", 8, fontName=BOLD, alignment=TA_RIGHT)


def pdf(paper: Paper) -> bytes:
    """The paper as a PDF: what people typed is text, whatever it looks like."""
    register_fonts()
    into = BytesIO()
    wide = any(i.table and len(i.table.head) > MOST_COLUMNS for p in paper.parts for i in p.items)
    size = landscape(A4) if wide else A4
    document = SimpleDocTemplate(
        into,
        pagesize=size,
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=MARGIN,
        bottomMargin=MARGIN + FOOT / 2,
        title=clean(paper.title),
        lang="en-GB",
        initialFontName=REGULAR,
    )
    foot = _Foot(drawable(paper.mark), size[0])
    document.build(
        list(_story(paper, size[0] - 2 * (MARGIN + PADDING))), onFirstPage=foot, onLaterPages=foot
    )
    return into.getvalue()


class _Foot:
    """What the paper is, and the page, at the foot of every page."""

    def __init__(self, mark: str, width: float) -> None:
        self.mark, self.width = mark, width

    def __call__(self, canvas: Any, document: Any) -> None:
        canvas.saveState()
        canvas.setFillColor(QUIET)
        canvas.setFont(REGULAR, 7)
        canvas.drawString(MARGIN + PADDING, FOOT, self.mark[:170])
        canvas.drawRightString(self.width - MARGIN - PADDING, FOOT - 10, f"Page {document.page}")
        canvas.restoreState()


def _story(paper: Paper, width: float) -> Iterator[Any]:
    yield Paragraph(_text(paper.title, BOLD), TITLE)
    yield Paragraph(_text(paper.mark, BOLD), MARK)
    for label, value in paper.facts:
        yield Paragraph(f"<b>{_text(label, BOLD)}:</b> {_text(value)}", BODY)
    for part in paper.parts:
        yield Paragraph(_text(part.title, BOLD), PART)
        for item in part.items:
            yield from _item(item, width)


def _item(item: Item, width: float) -> Iterator[Any]:
    label = Paragraph(_text(item.label, BOLD), LABEL)
    pieces = [Paragraph(_text(piece), BODY) for piece in _pieces(item.text)]
    if item.table:
        yield label
        yield _table(item.table, width)
        yield from pieces
    else:
        yield KeepTogether([label, *pieces[:1]])
        yield from pieces[1:]
    yield Spacer(1, 4)


def _pieces(text: str) -> Iterator[str]:
    for line in text.splitlines():
        for start in range(0, max(len(line), 1), MOST_LETTERS):
            yield line[start : start + MOST_LETTERS]


def _table(table: Table, width: float) -> LongTable:
    sums = {
        place
        for place in range(len(table.head))
        if table.rows and all(row[place].startswith(("£", "−£")) for row in table.rows)
    }
    rows = [_bold(table.head, sums)]
    rows += [
        [
            Paragraph(_text(text[:MOST_LETTERS]), CELL_SUM if place in sums else CELL)
            for place, text in enumerate(row)
        ]
        for row in table.rows
    ]
    if table.total:
        rows.append(_bold(table.total, sums))
    grid = [("GRID", (0, 0), (-1, -1), 0.5, LINE), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    columns = [width / len(table.head)] * len(table.head)
    return LongTable(rows, colWidths=columns, repeatRows=1, style=grid, splitInRow=1)


def _bold(cells: Sequence[str], sums: set[int]) -> list[Paragraph]:
    return [
        Paragraph(_text(text, BOLD), HEAD_SUM if place in sums else HEAD)
        for place, text in enumerate(cells)
    ]


def _text(text: str, font: str = REGULAR) -> str:
    """Escaped, with stretches in a second typeface where the first lacks the characters."""
    # Neither typeface has our own arrow between two values.
    return "".join(
        escape(piece) if name == font else f'<font name="{name}">{escape(piece)}</font>'
        for name, piece in runs(clean(text).replace("\n", " ").replace("→", "to"), font)
    )
