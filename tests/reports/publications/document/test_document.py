"""The same report in its four forms: complete, equal each time, unbroken by any text."""

import json
import time
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from html.parser import HTMLParser
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from reports.charts.bars import BarChart
from reports.charts.base import Series
from reports.publications.document.data import render_data
from reports.publications.document.html import render_html
from reports.publications.document.markup import Span, parse, plain
from reports.publications.document.model import (
    Bullets,
    Callout,
    ChartBlock,
    Column,
    Document,
    DocumentError,
    Figure,
    Figures,
    Heading,
    Kind,
    Note,
    Notes,
    Paragraph,
    Part,
    Row,
    Story,
    Table,
)
from reports.publications.document.pdf import render_pdf
from reports.publications.document.xlsx import render_xlsx

from .content import AS_AT, report

D = Decimal

FORMS = {"pdf": render_pdf, "html": render_html, "xlsx": render_xlsx, "data": render_data}
EVERY = pytest.mark.parametrize("render", FORMS.values(), ids=FORMS.keys())
HOSTILE = {
    "script": "<script>alert(1)</script>",
    "markup": "<b>&amp; </para> {{ x }} {% y %}",
    "formula": "=cmd|' /C calc'!A0",
    "long word": "x" * 3000,
    "emoji": "🚀👩‍⚕️ done",
    "right to left": "שלום \u202e مرحبا",
    "control": "a\x00b\x08c\x1b\ud800\uffff\x85",
    "lines": "one\n\ntwo\r\nthree\t",
    "marks": '**bold [^9] [x](javascript:alert(1)) [y](#nowhere) [z](http://a"b) ** [^',
    "empty": "",
}


def table(rows: int) -> Table:
    columns = (
        Column(heading="Authority"),
        Column(heading="Award", kind=Kind.MONEY),
        Column(heading="Date", kind=Kind.DATE),
        Column(heading="Share", kind=Kind.PERCENT),
    )
    made = tuple(
        Row((f"Authority {n}", D(n) * 1000, date(2018, 6, 1), D("12.5"))) for n in range(rows)
    )
    return Table(title="Awards", columns=columns, rows=made, totals=("All", D(7), None, None))


def one(*blocks: object, **changes: object) -> Document:
    return report(**{"parts": (Part("Part", blocks),), **changes})


def hostile(text: str) -> Document:
    name = text or "x"
    chart = BarChart(
        title=name,
        source=text,
        as_at=AS_AT,
        labels=(text,),
        note=text,
        series=(Series(text, (D(1),)),),
    )
    return Document(
        title=text,
        subtitle=text,
        programme=text,
        as_at=AS_AT,
        reference=text,
        fingerprint=text,
        status=text,
        sample_notice=text,
        author=text,
        parts=(
            Part(
                text,
                (
                    Heading(text),
                    Paragraph(text),
                    Bullets((text,)),
                    Callout(text, title=text),
                    Figures((Figure(label=text, value=1, unit=text, definition=text),), title=text),
                    ChartBlock(chart),
                    Story(title=text, authority=text, text=text, facts=((text, text),)),
                    Table(
                        title=text,
                        columns=(Column(heading=text, unit=text),),
                        rows=(Row((text,)),),
                        source=text,
                        note=text,
                        name=text,
                        totals=(text,),
                    ),
                    Notes((Note(9, text),)),
                ),
                summary=text,
            ),
        ),
    )


def pages(content: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(content)).pages]


@pytest.fixture(scope="module")
def made() -> bytes:
    return render_pdf(report())


@EVERY
def test_render_gives_the_same_bytes_twice(render, monkeypatch) -> None:
    first = render(report())
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    monkeypatch.setattr(time, "time", lambda: 4102444800.0)
    assert render(report()) == first


@EVERY
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_render_survives_hostile_text(render, text: str) -> None:
    assert len(render(hostile(text))) > 100


@EVERY
@pytest.mark.parametrize("rows", [0, 1, 2, 40, 41, 42, 43, 44, 45])
def test_render_takes_tables_of_any_length(render, rows: int) -> None:
    assert len(render(one(table(rows)))) > 100


@EVERY
def test_render_takes_ten_thousand_rows(render) -> None:
    assert len(render(one(table(10_000)))) > 10_000


@EVERY
def test_render_takes_a_document_without_parts(render) -> None:
    assert render(report(parts=()))


def test_pdf_packed_page_by_page_shows_what_reportlab_packs_at_the_end(monkeypatch) -> None:
    def content(made: bytes) -> list[bytes]:
        return [page.get_contents().get_data() for page in PdfReader(BytesIO(made)).pages]

    packed = render_pdf(report())
    monkeypatch.setattr("reports.publications.document.pdf.render.pack", lambda _canvas: None)
    assert content(render_pdf(report())) == content(packed)


def test_pdf_shows_every_row_once_under_repeated_headings() -> None:
    texts = pages(render_pdf(one(table(150))))
    lines = [line for text in texts for line in text.splitlines()]
    assert [n for n in range(150) if lines.count(f"Authority {n}") != 1] == []
    tables = [text for text in texts if "Authority 1" in text]
    assert all("Award (£)" in text for text in tables)


def test_pdf_text_holds_all_figures_and_signs(made: bytes) -> None:
    text = "\n".join(pages(made))
    for words in (
        "£4.51 million",
        "£1,191,597",
        "Digital Social Care Fund – wave 1",
        "80%",
        "As at 31 March 2026 · DCF-REP-2026-0007 · page 2 of",
        "£298,000",
    ):
        assert words in text


def test_spreadsheet_shows_whole_numbers_whole_and_names_sheets_by_whole_words() -> None:
    table = Table(
        title="Grants of the programme by organisation",
        columns=(Column(heading="Grants", kind=Kind.NUMBER),),
        rows=(Row((16,)), Row((D("0.71"),))),
        totals=(D("16.71"),),
    )
    made = render_xlsx(replace(report(), parts=(Part("One", (table,)),)))
    sheet = load_workbook(BytesIO(made))["Grants of the programme by"]
    assert [row[0].number_format for row in sheet.iter_rows(min_row=2)] == [
        "#,##0",
        "#,##0.00",
        "#,##0.00",
    ]


def test_pdf_foot_counts_all_pages(made: bytes) -> None:
    texts = pages(made)
    assert f"page {len(texts)} of {len(texts)}" in texts[-1]


def test_pdf_shows_the_sample_notice_on_every_page(made: bytes) -> None:
    assert all("Sample data: some figures are invented" in text for text in pages(made))


def test_pdf_says_the_first_of_a_long_sample_notice_on_every_page() -> None:
    notice = "This report includes sample data, made up to show how the service works. " * 2
    texts = pages(render_pdf(replace(report(), sample_notice=notice)))
    assert all("This report includes sample data" in text for text in texts)
    assert not any("…" in text for text in texts[1:])


def test_pdf_keeps_a_table_of_few_rows_on_one_page() -> None:
    columns = (Column(heading="Year"), Column(heading="Paid", kind=Kind.MONEY))
    few = Table(title="Few", columns=columns, rows=tuple(Row((f"Row {n}", n)) for n in range(8)))
    parts = (Part("Many", (Paragraph("Words. " * 650), few)),)
    texts = pages(render_pdf(replace(report(), parts=parts)))
    assert sum("Row 0" in text and "Row 7" in text for text in texts) == 1
    assert not any("continued" in text for text in texts)


def test_pdf_has_language_title_dates_and_bookmarks(made: bytes) -> None:
    reader = PdfReader(BytesIO(made))
    assert reader.trailer["/Root"]["/Lang"] == "en-GB"
    assert reader.metadata.title == "Benefits of digital social care"
    assert reader.metadata.subject == "Digital Social Care Fund – wave 1, as at 31 March 2026"
    assert reader.metadata.creation_date.date() == date(2026, 4, 2)
    top = [entry.title for entry in reader.outline if not isinstance(entry, list)]
    assert top == [*(part.title for part in report().parts), "Data behind the charts"]


def test_pdf_embeds_every_font(made: bytes) -> None:
    fonts = [
        font.get_object()
        for page in PdfReader(BytesIO(made)).pages
        for font in page["/Resources"].get("/Font", {}).values()
    ]
    assert {str(font["/Subtype"]) for font in fonts} == {"/TrueType"}
    assert all("/FontFile2" in font["/FontDescriptor"] for font in fonts)


def test_pdf_contents_link_to_the_parts(made: bytes) -> None:
    links = PdfReader(BytesIO(made)).pages[1]["/Annots"]
    assert len(links) >= len(report().parts)


VOID = {"meta", "link", "br", "img"}


class _Balance(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.names: list[str] = []
        self.styled: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.names += [values["id"]] if "id" in values else []
        if tag in {"script", "style"} or any(k == "style" or k.startswith("on") for k in values):
            self.styled.append(tag)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("document", [report(), *map(hostile, HOSTILE.values())])
def test_html_is_balanced_has_unique_names_and_nothing_inline(document: Document) -> None:
    parser = _Balance()
    parser.feed(render_html(document))
    assert (parser.open, parser.styled) == ([], [])
    assert len(set(parser.names)) == len(parser.names)


def test_html_escapes_text_and_refuses_other_addresses() -> None:
    page = render_html(one(Paragraph(HOSTILE["script"]), Paragraph(HOSTILE["marks"])))
    assert "<script" not in page
    assert 'href="javascript' not in page


def test_html_shows_money_with_unit_in_heading_and_totals_with_sign() -> None:
    page = render_html(report())
    assert "Awarded (£)" in page
    assert "£4,512,300.00" in page or "£4,512,300" in page
    assert page.count("<svg") == 2 * 6


def test_rows_of_a_wide_table_are_cards_on_a_phone_and_many_can_be_folded_away() -> None:
    few, many = render_html(one(table(8))), render_html(one(table(9)))
    assert "govuk-table cf-cards" in few
    assert 'data-label="Award (£)"' in few
    assert "report__fold" not in few
    assert "Awards: 9 rows</span></summary>" in many
    narrow = Table(title="Two", columns=table(1).columns[:2], rows=(Row(("A", Decimal(1))),) * 9)
    assert "cf-cards" not in render_html(one(narrow))


def test_xlsx_explains_its_sheets_and_keeps_real_values() -> None:
    book = load_workbook(BytesIO(render_xlsx(one(table(2)))))
    assert book.sheetnames == ["Read me", "Awards"]
    rows = list(book["Awards"].values)
    assert rows[0] == ("Authority", "Award (£)", "Date", "Share (%)")
    assert rows[2] == ("Authority 1", 1000, datetime(2018, 6, 1), 12.5)  # noqa: DTZ001 - as sheets hold days
    about = dict(row for row in book["Read me"].values if row[0])
    assert about["Reference"] == "DCF-REP-2026-0007"
    assert about["Awards"] == "Part: Awards"
    assert book["Awards"].freeze_panes == "A2"
    assert list(book["Awards"].merged_cells) == []


def test_xlsx_writes_formulas_as_text() -> None:
    book = load_workbook(BytesIO(render_xlsx(hostile(HOSTILE["formula"]))))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    assert {cell.data_type for cell in cells} <= {"s", "n"}


def test_xlsx_names_sheets_within_the_limits() -> None:
    long = replace(table(1), title="A/B: [" + "long " * 20)
    book = load_workbook(BytesIO(render_xlsx(one(long, long, replace(table(1), name="read me")))))
    assert len({name.lower() for name in book.sheetnames}) == 4
    assert max(map(len, book.sheetnames)) <= 31


def test_xlsx_carries_no_wall_clock() -> None:
    archive = ZipFile(BytesIO(render_xlsx(report())))
    assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
    assert b"2026-04-02T09:30:00Z" in archive.read("docProps/core.xml")


def test_xlsx_marks_sample_rows() -> None:
    marked = replace(table(0), rows=(Row(("A", D(1), None, None), sample=True),), totals=None)
    sheet = load_workbook(BytesIO(render_xlsx(one(marked))))["Awards"]
    assert [row[-1] for row in sheet.values] == ["Sample data", "Yes"]


def test_data_keeps_amounts_exact() -> None:
    content = json.loads(render_data(one(table(2))))
    block = content["parts"][0]["blocks"][0]
    assert block["rows"][1]["cells"] == ["Authority 1", "1000.00", "2018-06-01", 12.5]
    assert (content["as_at"], content["format"]) == ("2026-03-31", "carefund-report/1")


def test_markup_knows_bold_links_and_notes() -> None:
    spans = parse("a **b** [c](https://d.uk/e)[^3]")
    assert spans == [
        Span("a "),
        Span("b", bold=True),
        Span(" "),
        Span("c", address="https://d.uk/e"),
        Span("3", note=3),
    ]
    assert plain("a **b** [c](https://d.uk/e)[^3]") == "a b c (https://d.uk/e) (note 3)"


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: replace(table(1), rows=(Row(("A",)),)),
        lambda: replace(table(0), columns=()),
        lambda: replace(table(1), rows=(Row(("A", "much", None, None)),)),
        lambda: Figure(label="x", value=1, change=1),
        lambda: Figure(label="x", value=1.5),
        lambda: Figure(label="x", value=D("Infinity")),
    ],
    ids=range(6),
)
def test_model_refuses_contradictions(wrong) -> None:
    with pytest.raises(DocumentError):
        wrong()
