"""Who reads what of the record, in which words, and how it leaves the service."""

import csv
from io import BytesIO, StringIO

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from carefund.audit import pages
from carefund.audit.models import Entry
from carefund.audit.queries import timeline
from carefund.core.actors import SYSTEM
from carefund.core.record import Origin, origin, record
from tests import make

LIST = reverse("audit:list")


def read(client, address=LIST):
    return client.get(address).content.decode()


def whats(entries):
    return {entry["what"] for entry in entries}


def test_authority_reads_no_scores_conflicts_names_or_rounds(story):
    bid = make.assessed_bid(story)
    record("bid.think_aloud", bid, by=story.people.officer, reason="Between us")
    about = [bid, *bid.assignments.all()]
    outside = timeline(*about, to=story.people.author)
    inside = timeline(*about, to=story.people.officer)
    assert {"Submitted", "Assessed", "Found eligible"} <= whats(outside)
    assert not {"Scores submitted", "Score saved", "Assessor assigned"} & whats(outside)
    assert {"Scores submitted", "Score saved", "Bid: think aloud"} <= whats(inside)
    told = str(outside)
    assert not [w for w in ("Between us", "Assessor One", "'Officer'", "Score") if w in told]
    assert "Author Here" in told
    score = next(entry for entry in inside if entry["what"] == "Assessed")["changes"]
    assert [change["label"] for change in score] == ["Score"]


def test_auditor_reads_everything_and_a_stranger_nothing_inside(story):
    bid = make.assessed_bid(story)
    all_of_it = Entry.objects.about(bid).count()
    assert len(timeline(bid, to=story.people.auditor)) == all_of_it
    record("bid.think_aloud", bid, by=story.people.officer)
    assert len(timeline(bid, to=story.people.auditor)) == all_of_it + 1
    assert len(timeline(bid, to=story.people.elsewhere)) == all_of_it


def test_entry_says_as_which_role(story, submitted):
    entry = Entry.objects.get(verb="bid.certify")
    assert entry.roles == ["Finance certifier, Here Council"]
    record("thing.done", story.call, by=story.people.officer)
    record("thing.done", story.call, by=SYSTEM)
    first, second = Entry.objects.filter(verb="thing.done").order_by("pk")
    assert (first.roles, second.roles) == (["Programme officer"], ["The service"])


def test_request_leaves_where_it_came_from(client, story):
    client.force_login(story.people.author)
    client.post(
        reverse("bids:start", args=[story.call.code]),
        {"title": "Ours", "theme": story.theme.pk},
        headers={
            "user-agent": "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0",
            "x-request-id": "r-1",
        },
        REMOTE_ADDR="192.0.2.7",
    )
    entry = Entry.objects.with_names().get(verb="bid.start")
    assert (entry.address, entry.particulars.agent) == ("192.0.2.7", "Firefox on Windows")
    assert entry.request_id == "r-1"


def test_money_dates_and_names_are_written_as_people_write_them(story):
    from_to = {"requested": (None, "40000.00"), "prepared_by": (None, story.people.author)}
    bid = make.draft_bid(story)
    record(
        "bid.change",
        bid,
        by=story.people.officer,
        changes={**from_to, "on": (None, bid.started_at)},
    )
    found = timeline(bid, to=story.people.auditor)[0]["changes"]
    assert {c["label"]: c["after"] for c in found} == {
        "On": "15 June 2026 at 10:00am",
        "Prepared by": "Author Here",
        "Requested": "£40,000",
    }


@pytest.fixture
def recorded(client, story):
    client.force_login(story.people.auditor)
    bid = make.submitted_bid(story)
    token = origin.set(Origin(address="192.0.2.9"))
    record("=cmd.run", bid, by=story.people.officer, reason="=1+1")
    origin.reset(token)
    return bid


@pytest.mark.parametrize(
    ("query", "verbs"),
    [
        ("person=certifier", {"bid.certify"}),
        ("verb=bid.submit", {"bid.submit"}),
        ("address=192.0.2.9", {"=cmd.run"}),
        ("address=nonsense", set()),
        ("since=2026-06-16", set()),
        ("until=2026-06-14", set()),
        ("person=nobody-at-all", set()),
    ],
)
def test_auditor_finds_entries(client, recorded, query, verbs):
    rows = client.get(f"{LIST}?{query}").context["rows"]
    assert {entry.verb for entry, _ in rows} == verbs


def test_auditor_finds_by_reference_kind_and_the_system(client, recorded):
    by_reference = client.get(f"{LIST}?reference={recorded.reference.lower()}").context["rows"]
    assert {entry.object_id for entry, _ in by_reference} == {str(recorded.pk)}
    by_kind = client.get(f"{LIST}?kind=bids.bid").context["rows"]
    assert {entry.object_type.model for entry, _ in by_kind} == {"bid"}
    system = client.get(f"{LIST}?person=the+system").context["rows"]
    assert {entry.actor_id for entry, _ in system} == {None}


def test_export_holds_what_was_found_and_no_formula(client, recorded):
    response = client.get(f"{LIST}?export=csv&reference={recorded.reference}")
    text = b"".join(response).decode("utf-8-sig")
    rows = list(csv.DictReader(StringIO(text)))
    assert {row["Object number"] for row in rows} == {str(recorded.pk)}
    assert next(row for row in rows if row["Verb"] == "'=cmd.run")["Reason"] == "'=1+1"
    response = client.get(f"{LIST}?export=xlsx&reference={recorded.reference}")
    sheet = openpyxl.load_workbook(BytesIO(b"".join(response))).active
    assert sheet.max_row == len(rows) + 1
    taken = Entry.objects.filter(verb="record.export")
    assert [e.changes["format"][1] for e in taken.order_by("pk")] == ["csv", "xlsx"]


def test_pages_follow_each_other_without_gaps(client, recorded, monkeypatch):
    monkeypatch.setattr(pages, "PAGE", 5)
    seen, address = [], LIST
    while address:
        context = client.get(address).context
        seen += [entry.pk for entry, _ in context["rows"]]
        last, address = context, context["older"] and LIST + context["older"]
    assert seen == list(Entry.objects.order_by("-pk").values_list("pk", flat=True))
    newer = client.get(LIST + last["newer"]).context["rows"]
    assert [entry.pk for entry, _ in newer] == seen[-len(last["rows"]) - 5 : -len(last["rows"])]


def test_list_asks_the_same_number_of_questions_for_one_row_and_three(client, recorded):
    counts = []
    for query in ("verb=bid.submit", ""):
        client.get(LIST)
        with CaptureQueriesContext(connection) as found:
            assert client.get(f"{LIST}?{query}").status_code == 200
        counts.append(len(found))
    assert counts[0] == counts[1]


def test_entry_page_shows_before_after_and_its_place(client, recorded):
    entry = Entry.objects.get(verb="bid.certify")
    text = read(client, reverse("audit:entry", args=[entry.pk]))
    assert "Awaiting certificate" in text
    assert "Waits for the next seal" in text
    assert entry.digest in text


@pytest.mark.parametrize("name", ["officer", "administrator", "author"])
def test_only_auditors_read_the_record(client, story, name):
    client.force_login(getattr(story.people, name))
    assert client.get(LIST).status_code == 403
