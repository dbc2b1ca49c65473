"""Colleagues share the work on a bid; what they say among themselves stays among them."""

import pytest
from django.test import Client
from django.urls import reverse

from carefund.audit.models import Entry
from carefund.core.errors import NotAllowed, Refused
from carefund.notify.models import OutboxMessage
from grants.bids import actions as bids
from tests import make
from tests.pages import get, queries, text


def url(name, bid, *args):
    return reverse(f"bids:{name}", args=[bid.reference, *args])


@pytest.fixture
def bid(story):
    return make.draft_bid(story)


def told(person, kind):
    return OutboxMessage.objects.filter(recipient=person, kind=kind)


def test_section_is_given_to_a_colleague_who_is_told(story, bid, client):
    p = story.people
    client.force_login(p.author)
    here = url("give_section", bid, "money")
    assert client.post(here, {"person": p.chief.pk}).url == url("task_list", bid)
    assert told(p.chief, "bids.section_given").count() == 1
    assert "Chief Here sees to it" in text(get(p.viewer, url("task_list", bid)))
    assert "You see to this section" in text(get(p.chief, url("section", bid, "money")))
    client.post(here, {"person": p.chief.pk})
    assert told(p.chief, "bids.section_given").count() == 1
    client.post(here, {"person": "nobody"})
    assert "sees to it" not in text(get(p.viewer, url("task_list", bid)))
    assert Entry.objects.about(bid).filter(verb="bid.give_section").count() == 2


def test_section_is_given_only_to_who_can_write(story, bid, client):
    client.force_login(story.people.author)
    response = client.post(url("give_section", bid, "money"), {"person": story.people.viewer.pk})
    assert response.status_code == 200
    with pytest.raises(Refused):
        bids.give_section(
            bid=bid, section="money", to=story.people.stranger, by=story.people.author
        )
    assert client.get(url("give_section", bid, "nothing")).status_code == 404


def test_comment_calls_colleagues_by_box_and_by_name(story, bid, client):
    p = story.people
    client.force_login(p.author)
    typed = {"text": "@lead here <script>please</script> check", "to": [p.certifier.pk]}
    assert client.post(url("question", bid, "summary"), typed).status_code == 302
    assert told(p.certifier, "bids.mentioned").count() == 1
    message = told(p.lead, "bids.mentioned").get()
    assert "Author Here" in message.text
    assert not told(p.chief, "bids.mentioned").exists()
    page = text(get(p.viewer, url("question", bid, "summary")))
    assert "&lt;script&gt;please" in page
    assert "Asked to look: Certifier Here, Lead Here" in page
    assert "Comments (1) and earlier versions" in text(
        get(p.author, url("section", bid, "project"))
    )


def test_comment_without_words_or_to_a_stranger_is_refused(story, bid, client):
    client.force_login(story.people.author)
    page = client.post(url("question", bid, "summary"), {"text": " "})
    assert "Write your comment" in text(page)
    with pytest.raises(Refused):
        bids.comment(
            bid=bid,
            question="summary",
            text="Look",
            to=[story.people.stranger],
            by=story.people.author,
        )
    with pytest.raises(NotAllowed):
        bids.comment(bid=bid, question="summary", text="Look", by=story.people.viewer)
    assert client.get(url("question", bid, "nothing")).status_code == 404


SECRET = "Aubergine"


def test_the_department_never_reads_comments_and_notes(story, client):
    """Not on any page of the case, not in its record, not in an export, not as an auditor."""
    p, bid = story.people, make.assessed_bid(story)
    bids.comment(bid=bid, question="summary", text=SECRET, by=p.author)
    bids.write_note(bid=bid, text=SECRET, by=p.author)
    pages = [
        reverse(f"bids:{name}", args=[bid.reference])
        for name in ("case", "case_answers", "case_money", "case_documents", "case_timeline")
    ]
    pages += [reverse("bids:manage_list"), reverse("bids:manage_export", args=["csv"])]
    pages += [reverse("audit:list")]
    for person in (p.officer, p.senior, p.auditor):
        for page in pages:
            assert SECRET not in text(get(person, page)), page
        for name, *more in (("question", "summary"), ("notes",)):
            assert get(person, url(name, bid, *more)).status_code in {403, 404}
    for entry in Entry.objects.filter(verb__in=["comment.write", "note.write"]):
        assert SECRET not in f"{entry.changes} {entry.reason} {entry.particulars.personal_changes}"


def test_notes_are_read_by_the_organisation_and_written_by_who_works(story, bid, client):
    p = story.people
    client.force_login(p.lead)
    assert client.post(url("notes", bid), {"text": SECRET}).status_code == 302
    assert SECRET in text(get(p.viewer, url("notes", bid)))
    assert SECRET not in text(get(p.viewer, url("check", bid)))
    viewer = Client()
    viewer.force_login(p.viewer)
    assert viewer.post(url("notes", bid), {"text": "No"}).status_code == 403
    assert get(p.stranger, url("notes", bid)).status_code == 404


def test_pages_take_as_many_queries_for_three_as_for_one(story, bid):
    p = story.people
    pages = [url("question", bid, "summary"), url("notes", bid), url("task_list", bid)]

    def once(number):
        text = f"Number {number}"
        bids.comment(bid=bid, question="summary", text=text, to=[p.chief, p.lead], by=p.author)
        bids.write_note(bid=bid, text=text, by=p.author)
        section = ["project", "money", "plan"][number]
        bids.give_section(bid=bid, section=section, to=p.chief, by=p.author)
        bids.be_in_section(bid=bid, section=section, by=p.chief)

    once(0)
    few = [queries(p.author, page) for page in pages]
    once(1)
    once(2)
    assert [queries(p.author, page) for page in pages] == few
