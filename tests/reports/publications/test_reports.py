"""The benefits report: the same figures in every form, at any day, for the right people."""

import hashlib
import io
import json
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from carefund.core.errors import NotAllowed, Refused, WrongState
from reports.publications import actions, build, exports, queries
from reports.publications.models import ReportRun
from tests import make
from tests.reports import make as telling

DAY = date(2027, 10, 23)


@pytest.fixture
def told(story, under_way, known_time):
    told = telling.tell(story, known_time, under_way)
    telling.target(story.programme)
    return told


def snapshot_of(programme, day=DAY):
    return queries.snapshot(programme, day)


def rendered(programme, name, day=DAY):
    found = snapshot_of(programme, day)
    return exports.render(found, exports.live_identity(found), name)


def pdf_text(content):
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def test_four_formats_tell_the_same_figures(story, told):
    programme = story.programme
    text = pdf_text(rendered(programme, "pdf"))
    page = rendered(programme, "html").decode()
    for words in ("£40,000", "£12,000.50", "£12,000", "Sensors at home", "Here Council"):
        assert words in text, words
        assert words in page, words
    data = json.loads(rendered(programme, "json"))
    cards = data["parts"][0]["blocks"][0]["cards"]
    found = {card["code"]: card["value"] for card in cards}
    assert (found["awarded"], found["paid"]) == ("40000.00", "12000.50")
    assert found["verified"] == "12000.00"
    book = openpyxl.load_workbook(io.BytesIO(rendered(programme, "xlsx")))
    values = {r[0]: r[2] for r in book["All figures"].iter_rows(min_row=2, values_only=True)}
    assert (values["paid"], values["verified"], values["awards"]) == (12000.5, 12000, 1)
    paid = [r[5] for r in book["Ledger paid"].iter_rows(min_row=2, values_only=True)]
    assert sum(paid) == values["paid"]


def test_report_as_at_a_past_day_shows_what_was_known_then(story, told):
    past = snapshot_of(story.programme, date(2026, 6, 16))
    assert past["figures"]["paid"]["value"] == "0"
    assert past["figures"]["awarded"]["value"] == "40000.00"
    assert past["benefits"][0]["verified"] == "0"


def test_changes_are_told_since_the_end_of_the_quarter_before(story, told):
    found = snapshot_of(story.programme, date(2026, 10, 20))
    assert found["since"] == "2026-09-30"
    assert {line["kind"] for line in found["changes"]} == {"Payment", "Milestone achieved"}


@pytest.mark.parametrize("name", list(exports.FORMATS))
def test_report_of_a_programme_without_anything_can_be_made(story, name):
    bare = make.programme("bare")
    assert rendered(bare, name, date(2026, 6, 1))
    if name == "pdf":
        text = pdf_text(rendered(bare, name, date(2026, 6, 1)))
        assert "No grant has been awarded" in text


def test_reported_total_is_shown_apart_from_figures(story):
    fund = make.programme("reported", reported_benefits=Decimal("127000000.00"))
    page = rendered(fund, "html", date(2026, 6, 1)).decode()
    assert "£127 million" in page
    assert "Basis not published" in page
    assert snapshot_of(fund, date(2026, 6, 1))["figures"]["promised"]["value"] == "0"


def test_same_command_twice_makes_the_same_bytes(story, told, tmp_path, known_time):
    for name in exports.FORMATS:
        marks = []
        for number in range(2):
            path = tmp_path / f"{number}.{name}"
            call_command(
                "generate_report",
                "benefits",
                programme=story.programme.code,
                as_at="2027-10-23",
                format=name,
                output=str(path),
                stdout=io.StringIO(),
            )
            marks.append(hashlib.sha256(path.read_bytes()).hexdigest())
            known_time.shift(3600)
        assert marks[0] == marks[1], name
    assert ReportRun.objects.count() == 0


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"programme": "nothing"}, "There is no programme “nothing”. Programmes: elsewhere, fund"),
        ({"as_at": "31-3-2026"}, "is not a date"),
        ({"as_at": "2026-02-30"}, "is not a date"),
        ({"as_at": "2030-01-01"}, "still to come"),
        ({"as_at": "1999-01-01"}, "no records before"),
        ({"output": "/nowhere/at/all.pdf"}, "cannot be written"),
    ],
)
def test_command_says_what_is_wrong(story, changed, words, tmp_path):
    options = {
        "programme": "fund",
        "as_at": "2026-06-01",
        "format": "json",
        "output": str(tmp_path / "x"),
    }
    with pytest.raises(CommandError, match=words):
        call_command("generate_report", "benefits", **{**options, **changed})


def test_frozen_report_stays_when_more_becomes_known(story, told, run_jobs):
    people = story.people
    run = actions.request_report(programme=story.programme, day=DAY, by=people.adviser)
    run_jobs()
    run = make.fresh(run)
    assert run.state == "draft"
    before = exports.render(run.figures, exports.run_identity(run), "json")
    story.programme.name = "Another name"
    story.programme.save()
    run = make.fresh(run)
    assert queries.is_sound(run)
    assert exports.render(run.figures, exports.run_identity(run), "json") == before
    actions.clear(run=run, by=people.senior)
    assert make.fresh(run).cleared_by == people.senior
    again = queries.since(story.programme, date(2027, 11, 20))
    assert again == DAY


def test_report_is_not_cleared_by_who_asked_for_it_nor_by_an_adviser(story, told, run_jobs):
    people = story.people
    run = actions.request_report(programme=story.programme, day=DAY, by=people.adviser)
    with pytest.raises(WrongState):
        actions.clear(run=run, by=people.senior)
    run_jobs()
    for person in (people.adviser, people.officer, people.author):
        with pytest.raises(NotAllowed):
            actions.clear(run=make.fresh(run), by=person)
    both = make.staff("senior_officer", story.programme)
    make.RoleAssignment.objects.create(user=both, role="analyst", programme=story.programme)
    own = actions.request_report(programme=story.programme, day=DAY, by=both)
    run_jobs()
    with pytest.raises(NotAllowed):
        actions.clear(run=make.fresh(own), by=both)


def test_tampered_report_is_not_cleared(story, told, run_jobs):
    run = actions.request_report(programme=story.programme, day=DAY, by=story.people.adviser)
    run_jobs()
    run = make.fresh(run)
    run.figures["figures"]["verified"]["value"] = "99999999.00"
    run.save()
    with pytest.raises(Refused, match="not those"):
        actions.clear(run=make.fresh(run), by=story.people.senior)


def test_withdrawn_report_says_why(story, told, run_jobs):
    run = actions.request_report(programme=story.programme, day=DAY, by=story.people.adviser)
    run_jobs()
    with pytest.raises(Refused, match="Say why"):
        actions.withdraw(run=make.fresh(run), reason=" ", by=story.people.senior)
    actions.withdraw(run=make.fresh(run), reason="Wrong day.", by=story.people.senior)
    assert make.fresh(run).problem == "Wrong day."


def test_fingerprint_depends_on_every_figure(story, told):
    found = snapshot_of(story.programme)
    mark = build.fingerprint(found)
    assert build.fingerprint(snapshot_of(story.programme)) == mark
    found["figures"]["paid"]["value"] = "12000.51"
    assert build.fingerprint(found) != mark


def test_snapshot_takes_as_many_queries_for_three_projects_as_for_one(story):
    telling.projects(story, 1)

    def count():
        with CaptureQueriesContext(connection) as seen:
            snapshot_of(story.programme, date(2026, 6, 15))
        return len(seen)

    count()
    one = count()
    telling.projects(make.story_again(story), 2)
    assert count() == one


def test_benefit_without_a_price_shows_no_amount(story, told):
    found = snapshot_of(story.programme)
    found["benefits"][0]["class"] = "Unmonetisable"
    data = json.loads(exports.render(found, exports.live_identity(found), "json"))
    tables = [block for part in data["parts"] for block in part["blocks"]]
    table = next(block for block in tables if block.get("title") == "Benefits by project")
    assert table["rows"][0]["cells"][2:] == [None] * 4
