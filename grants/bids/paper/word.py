from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from carefund.core import clock
from carefund.core.typeface import clean
from carefund.questions.types.base import Table

from .content import Item, Paper, Part

BOX = "☐"
# More columns than these need the long side of the page.
MOST_COLUMNS = 6
LONGEST_PROPERTY = 255
FONT, INK = "Arial", RGBColor(0x0B, 0x0C, 0x0C)
SIZES = {"Title": 20, "Heading 1": 16, "Heading 2": 12, "Heading 3": 11}
WIDTH, HEIGHT, MARGIN = Cm(21), Cm(29.7), Cm(2)
# On a blank form: as many rows of cards as most bids have; the rest are copied.
CARDS = 2


def word(paper: Paper) -> bytes:
    """The paper as a Word document. What people typed is only ever text: no field, no link."""
    document = Document()
    _describe(document, paper)
    _look(document)
    _page(document, paper)
    document.add_heading(clean(paper.title), 0)
    document.add_paragraph().add_run(clean(paper.mark)).bold = True
    for label, value in paper.facts:
        line = document.add_paragraph()
        line.add_run(f"{clean(label)}: ").bold = True
        line.add_run(clean(value))
    for part in paper.parts:
        _part(document, part)
    into = BytesIO()
    document.save(into)
    return into.getvalue()


def _describe(document: Any, paper: Paper) -> None:
    about = document.core_properties
    about.title, about.author = clean(paper.title)[:LONGEST_PROPERTY], "Digital Care Fund"
    about.language, about.comments = "en-GB", ""
    about.created = about.modified = clock.now().replace(tzinfo=None)


def _look(document: Any) -> None:
    """One typeface, in black, and British English for whoever has it read aloud."""
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
    document.styles["Normal"].font.name = FONT
    document.styles["Normal"].font.size = Pt(11)
    for name, size in SIZES.items():
        style = document.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size), INK
        fonts = style.element.rPr.rFonts
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)


def _page(document: Any, paper: Paper) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = WIDTH, HEIGHT
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
    if any(i.table and len(i.table.head) > MOST_COLUMNS for p in paper.parts for i in p.items):
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = HEIGHT, WIDTH
    foot = section.footer.paragraphs[0]
    foot.text = clean(paper.mark)
    number = section.footer.add_paragraph("Page ")
    number.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    number._p.append(field)  # noqa: SLF001 - the library has no page numbers
    for paragraph in (foot, number):
        for run in paragraph.runs:
            run.font.size = Pt(8)


def _part(document: Any, part: Part) -> None:
    document.add_heading(clean(part.title), 1)
    _text(document, part.introduction)
    for item in part.items:
        _item(document, item)


def _text(document: Any, text: str) -> None:
    """A paragraph for each, so that readers can go from one to the next."""
    for piece in clean(text).split("\n\n"):
        if piece.strip():
            document.add_paragraph(piece)


def _item(document: Any, item: Item) -> None:
    document.add_heading(clean(item.label), 2)
    if item.hint:
        document.add_paragraph().add_run(clean(item.hint)).italic = True
    if item.guidance:
        document.add_paragraph(f"How this is assessed: {clean(item.guidance)}")
    if item.example:
        document.add_paragraph(f"Example of a good answer: {clean(item.example)}")
    for choice in item.choices:
        document.add_paragraph(f"{BOX} {clean(choice)}")
    if item.table:
        _table(document, item.table, clean(item.label))
    _text(document, item.text)
    if item.asks:
        _cards(document, item)
    elif item.room and not item.table and not item.choices:
        box = document.add_table(rows=1, cols=1, style="Table Grid")
        box.cell(0, 0).text = "\n\n\n"
        _told(box, f"Room for the answer to: {clean(item.label)}")


def _cards(document: Any, item: Item) -> None:
    """Each row as a list of what it asks, with room beside each."""
    for number in range(1, CARDS + 1):
        title = f"{item.noun.capitalize()} {number}"
        document.add_heading(title, 3)
        made = document.add_table(rows=len(item.asks), cols=2, style="Table Grid")
        _told(made, f"{clean(item.label)}: {title}")
        for row, label in zip(made.rows, item.asks, strict=True):
            _whole(row)
            row.cells[0].text = clean(label)
            row.cells[0].paragraphs[0].runs[0].bold = True
    document.add_paragraph(f"Copy the last one for each further {clean(item.noun)}.")


def _table(document: Any, table: Table, name: str) -> None:
    rows = [table.head, *table.rows, *([table.total] if table.total else [])]
    made = document.add_table(rows=len(rows), cols=len(table.head), style="Table Grid")
    _told(made, name)
    for row, texts in zip(made.rows, rows, strict=True):
        _whole(row)
        for place, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            cell.text = clean(text)
            if place in table.numeric:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    # The head is said again on every page, and to who hears the table.
    made.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001
    for row in (made.rows[0], *([made.rows[-1]] if table.total else [])):
        for run in (run for cell in row.cells for run in cell.paragraphs[0].runs):
            run.bold = True


def _told(table: Any, name: str) -> None:
    """What the table is, for who does not see it."""
    properties = table._tbl.tblPr  # noqa: SLF001 - the library has no captions of tables
    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), name[:LONGEST_PROPERTY])
    properties.append(caption)


def _whole(row: Any) -> None:
    """A row stands on one page, unless it is longer than one."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001 - as above
