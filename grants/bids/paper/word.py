from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Pt

from carefund.core import clock
from carefund.core.typeface import clean
from carefund.questions.types.base import Table

from .content import Item, Paper, Part

BOX = "☐"
# More columns than these need the long side of the page.
MOST_COLUMNS = 6
LONGEST_PROPERTY = 255


def word(paper: Paper) -> bytes:
    """The paper as a Word document. Text is only ever text: no field, link or formula is made."""
    document = Document()
    _describe(document, paper)
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
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(11)
    language = normal.element.get_or_add_rPr().makeelement(qn("w:lang"), {qn("w:val"): "en-GB"})
    normal.element.get_or_add_rPr().append(language)
    section = document.sections[0]
    if any(i.table and len(i.table.head) > MOST_COLUMNS for p in paper.parts for i in p.items):
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
    section.footer.paragraphs[0].text = clean(paper.mark)


def _part(document: Any, part: Part) -> None:
    document.add_heading(clean(part.title), 1)
    if part.introduction:
        document.add_paragraph(clean(part.introduction))
    for item in part.items:
        _item(document, item)


def _item(document: Any, item: Item) -> None:
    document.add_heading(clean(item.label), 2)
    if item.hint:
        document.add_paragraph().add_run(clean(item.hint)).italic = True
    if item.guidance:
        document.add_paragraph(f"How this is assessed: {clean(item.guidance)}")
    for choice in item.choices:
        document.add_paragraph(f"{BOX} {clean(choice)}")
    if item.table:
        _table(document, item.table)
    if item.text:
        document.add_paragraph(clean(item.text))
    if item.room and not item.table and not item.choices:
        document.add_table(rows=1, cols=1, style="Table Grid").cell(0, 0).text = "\n\n\n"


def _table(document: Any, table: Table) -> None:
    rows = [table.head, *table.rows, *([table.total] if table.total else [])]
    made = document.add_table(rows=len(rows), cols=len(table.head), style="Table Grid")
    for row, texts in zip(made.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = clean(text)
    for cell in made.rows[0].cells:
        for run in cell.paragraphs[0].runs:
            run.bold = True
