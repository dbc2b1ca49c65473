"""A bid can be taken away on paper, and a form prepared without the service."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document
from pypdf import PdfReader

from grants.bids import actions as bids
from programmes.calls.models import Call
from tests import make
from tests.pages import get, queries

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


def test_blank_form_comes_with_the_opening(story, client):
    Call.objects.filter(pk=story.call.pk).update(opens_at=story.call.closes_at - timedelta(days=1))
    assert client.get(reverse("bids:blank_form", args=[story.call.code])).status_code == 404


def test_copy_takes_as_many_queries_whatever_was_saved(story):
    bid, author = make.draft_bid(story), story.people.author
    address = reverse("bids:copy", args=[bid.reference, "docx"])
    few = queries(author, address)
    bids.save_answers(bid=bid, values={"partner_names": "A, B, C"}, revisions={}, by=author)
    assert queries(author, address) == few
