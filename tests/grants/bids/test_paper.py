"""A bid can be taken away on paper, and a form prepared without the service."""

from datetime import timedelta
from io import BytesIO
from itertools import pairwise
from zipfile import ZipFile

import pytest
from django.urls import reverse
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from pypdf import PdfReader

from grants.bids import actions as bids
from programmes.calls.models import Call, FormVersion
from tests import make
from tests.pages import get, queries
from tests.site.carefund.questions.every_type import ANSWERS, FORM

HOSTILE = '<b onclick="x">=1+1</b> & {{ 7*7 }} <script>alert(1)</script> ŵ 日 😀\x07'


def copy(user, bid, kind):
    response = get(user, reverse("bids:copy", args=[bid.reference, kind]))
    assert response.status_code == 200
    assert response["Content-Disposition"] == f'attachment; filename="{bid.reference}.{kind}"'
    if kind == "pdf":
        pages = PdfReader(BytesIO(response.content)).pages
        return " ".join(" ".join(page.extract_text() for page in pages).split())
    document = Document(BytesIO(response.content))
    cells = [c.text for t in document.tables for row in t.rows for c in row.cells]
    foot = document.sections[0].footer.paragraphs[0].text
    return "\n".join([*(p.text for p in document.paragraphs), *cells, foot])


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_copy_of_a_draft_says_so_and_keeps_what_was_typed_as_text(story, kind):
    bid = make.draft_bid(story)
    bids.save_answers(
        bid=bid, values={"summary": HOSTILE}, revisions={"summary": 1}, by=story.people.author
    )
    page = copy(story.people.viewer, bid, kind)
    assert f"Draft, not submitted. Reference {bid.reference}. Copy of 15 June 2026" in page
    assert '<b onclick="x">=1+1</b> & {{ 7*7 }} <script>alert(1)</script>' in page
    for words in ("What will you do?", "£40,000", "Sensors chosen", "30 September 2026"):
        assert words in page


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_copy_of_a_submitted_bid_has_moment_and_fingerprint(story, kind):
    bid = make.submitted_bid(story)
    submission = bid.submissions.get()
    page = copy(story.people.viewer, bid, kind)
    assert "Submitted on 15 June 2026 at 10:00:0" in page
    assert submission.fingerprint in page
    bids.withdraw(bid=bid, reason="", by=story.people.author)
    assert "Withdrawn since." in copy(story.people.viewer, bid, kind)


def test_very_long_and_half_answers_can_be_copied(story):
    bid = make.draft_bid(story)
    values = {"summary": "word " * 4000, "milestones": [{"title": "x" * 3000, "date": ""}]}
    revisions = {"summary": 1, "milestones": 1}
    bids.save_answers(bid=bid, values=values, revisions=revisions, by=story.people.author)
    assert copy(story.people.author, bid, "pdf").count("word") == 4000
    assert "x" * 3000 in copy(story.people.author, bid, "docx")


def test_copy_is_of_a_known_kind(story):
    bid = make.draft_bid(story)
    assert get(story.people.author, f"/bids/{bid.reference}/copy/exe/").status_code == 404


def test_blank_form_has_questions_and_room_and_is_for_anybody(story, client):
    response = client.get(reverse("bids:blank_form", args=[story.call.code]))
    document = Document(BytesIO(response.content))
    texts = [p.text for p in document.paragraphs]
    assert f"{story.call.title}: blank form" in texts
    for words in ("What will you do?", "☐ Yes", "☐ No", "Milestones"):
        assert words in texts
    assert [c.text for c in document.tables[2].columns[0].cells] == ["Cost", "Staff", "Equipment"]
    page = client.get(reverse("bids:blank_form", args=["none"]))
    assert page.status_code == 404


def every_type(story):
    """A call whose form has a question of every type."""
    FormVersion.objects.filter(call=story.call).update(definition=FORM)
    return bids.start_bid(
        call=story.call,
        organisation=story.authority,
        title="Warm homes",
        by=story.people.author,
        screening={"duties": True},
    )


def opened(response):
    document = Document(BytesIO(response.content))
    for part in ZipFile(BytesIO(response.content)).namelist():
        if part.endswith((".xml", ".rels")):
            parse_xml(ZipFile(BytesIO(response.content)).read(part))
    return document


def is_open_to_everybody(document):
    """Headings that step down one by one, tables with names and heads, a language, A4."""
    levels = [
        int(p.style.name[-1]) for p in document.paragraphs if p.style.name.startswith("Heading")
    ]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert all(p.text.strip() for p in document.paragraphs if p.style.name.startswith("Heading"))
    names = [t._tbl.tblPr.find(qn("w:tblCaption")) for t in document.tables]
    assert all(name is not None and name.get(qn("w:val")) for name in names)
    assert {x.get(qn("w:val")) for x in document.styles.element.iter(qn("w:lang"))} == {"en-GB"}
    section = document.sections[0]
    assert {round(section.page_width.cm, 1), round(section.page_height.cm, 1)} == {21.0, 29.7}
    assert section.footer._element.findall(f".//{qn('w:fldSimple')}")


def with_head(document):
    """The tables whose first row is said again on every page, each by its name."""
    return {
        t._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")): t
        for t in document.tables
        if t.rows[0]._tr.findall(f".//{qn('w:tblHeader')}")
    }


def test_word_copy_of_a_long_bid_is_whole_and_open_to_everybody(story):
    bid, author = every_type(story), story.people.author
    long = "\n\n".join(f"Paragraph {n}. " + "We will fit sensors. " * 40 for n in range(30))
    values = {**ANSWERS, "long": long}
    bids.save_answers(bid=bid, values=values, revisions={}, by=author)
    document = opened(get(author, reverse("bids:copy", args=[bid.reference, "docx"])))
    is_open_to_everybody(document)
    texts = [p.text for p in document.paragraphs]
    assert sum(text.startswith("Paragraph ") for text in texts) == 30
    assert texts.index("Simple answers") < texts.index("Plans and tables")
    tables = with_head(document)
    cells = [c.text for c in tables["Benefits"].rows[1].cells]
    given = ANSWERS["benefits"][0]
    for name in ("title", "measure", "unit", "owner", "unit_value_source", "attribution"):
        assert any(str(given[name]) in text for text in cells), name
    money = tables["What will it cost?"]
    assert money.rows[1].cells[-1].paragraphs[0].alignment == WD_ALIGN_PARAGRAPH.RIGHT
    assert all(run.bold for run in money.rows[-1].cells[0].paragraphs[0].runs)


def test_blank_form_asks_everything_that_the_service_asks(story, client):
    every_type(story)
    document = opened(client.get(reverse("bids:blank_form", args=[story.call.code])))
    is_open_to_everybody(document)
    texts = [p.text for p in document.paragraphs]
    for words in (
        "Answer this only if you answered “Yes” to “Do you have partners?”.",
        "Match funding from elsewhere: £",
        "Benefit 1",
        "Copy the last one for each further benefit.",
    ):
        assert words in texts, words
    cells = [c.text for t in document.tables for row in t.rows for c in row.cells]
    for words in ("Who owns it", "Where that value comes from", "Unit", "Name of the site"):
        assert words in cells, words
    given = next(q for q in questions(FORM) if q.get("options", {}).get("lines"))
    assert set(given["options"]["lines"]) <= set(cells)
    agree = next(q for q in questions(FORM) if q["kind"] == "declaration")
    assert f"☐ {agree['options']['text']}" in texts


def questions(form):
    return [q for section in form["sections"] for q in section["questions"]]


def test_blank_form_comes_with_the_opening(story, client):
    Call.objects.filter(pk=story.call.pk).update(opens_at=story.call.closes_at - timedelta(days=1))
    assert client.get(reverse("bids:blank_form", args=[story.call.code])).status_code == 404


def test_copy_takes_as_many_queries_whatever_was_saved(story):
    bid, author = make.draft_bid(story), story.people.author
    address = reverse("bids:copy", args=[bid.reference, "docx"])
    few = queries(author, address)
    bids.save_answers(bid=bid, values={"partner_names": "A, B, C"}, revisions={}, by=author)
    assert queries(author, address) == few
