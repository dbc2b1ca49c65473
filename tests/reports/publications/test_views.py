"""Pages of reports, and who may open them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reports.publications.models import ReportRun
from tests import make
from tests.reports import make as telling

BENEFITS = "/reports/benefits/fund/"
FIGURE = "/reports/figures/fund/paid/"


def test_index_is_public_and_shows_the_target(client, story):
    telling.target(story.programme)
    page = client.get("/reports/").content.decode()
    assert "Care providers with a digital record" in page
    assert "55%" in page
    assert story.programme.name not in page
    client.force_login(story.people.adviser)
    assert story.programme.name in client.get("/reports/").content.decode()


def test_target_page_lists_statements_with_sources(client, story):
    telling.target(story.programme)
    page = client.get("/reports/targets/records/").content.decode()
    assert "at least 55%" in page
    assert "25 percentage points short of the target of 80%" in page
    assert "Department of Health and Social Care" in page
    assert 'href="/reports/targets/records/boards/"' in page
    assert client.get("/reports/targets/none/").status_code == 404


@pytest.mark.parametrize("address", [BENEFITS, FIGURE, f"{BENEFITS}report.pdf"])
def test_reports_are_for_readers_of_the_programme(client, story, address):
    assert client.get(address).status_code == 302
    people = story.people
    for person in (people.adviser, people.officer, people.finance, people.auditor):
        client.force_login(person)
        assert client.get(address).status_code == 200, person
    for person in (people.author, people.nobody, people.elsewhere, people.assessor):
        client.force_login(person)
        assert client.get(address).status_code == 404, person


def test_benefits_page_shows_the_report_of_the_day(client, story, under_way, known_time):
    telling.tell(story, known_time, under_way)
    client.force_login(story.people.adviser)
    page = client.get(BENEFITS, {"as_at": "2026-06-16"}).content.decode()
    assert "16 June 2026" in page
    assert "none of it has been paid yet" in page
    assert f"{BENEFITS}report.pdf?as_at=2026-06-16" in page
    assert "style=" not in page
    assert page.index("<h1") < page.index('name="as_at_day"') < page.index(">Contents<")


@pytest.mark.parametrize(
    ("day", "words"),
    [
        *(("2030-01-01", "still to come"), ("01/01/2030", "still to come")),
        *(("yesterday", "is not a date"), ("2026-02-30", "not a date")),
        ("06/31/2026", "Write it like 31/3/2026 or 2026-03-31."),
    ],
)
@pytest.mark.parametrize("address", [BENEFITS, FIGURE, f"{BENEFITS}report.json"])
def test_day_that_cannot_be_is_explained(client, story, address, day, words):
    client.force_login(story.people.adviser)
    response = client.get(address, {"as_at": day})
    assert response.status_code == 400
    assert words in response.content.decode()


@pytest.mark.parametrize("written", ["2026-06-01", "01/06/2026", "1/6/2026"])
def test_an_address_says_the_day_as_computers_or_people_write_it(client, story, written):
    client.force_login(story.people.adviser)
    page = client.get(BENEFITS, {"as_at": written}).content.decode()
    assert f"{BENEFITS}report.pdf?as_at=2026-06-01" in page


def test_typed_day_leads_to_its_address(client, story):
    client.force_login(story.people.adviser)
    typed = {"as_at_day": "1", "as_at_month": "June", "as_at_year": "2026"}
    assert client.get(BENEFITS, typed).url == f"{BENEFITS}?as_at=2026-06-01"
    pasted = {"as_at_day": "01/06/2026", "as_at_month": "", "as_at_year": ""}
    assert client.get(BENEFITS, pasted).url == f"{BENEFITS}?as_at=2026-06-01"
    wrong = client.get(BENEFITS, {**typed, "as_at_year": "2031"})
    assert wrong.status_code == 400
    assert "still to come" in wrong.content.decode()


def test_figure_is_traced_to_its_rows(client, story, under_way, known_time):
    told = telling.tell(story, known_time, under_way)
    client.force_login(story.people.adviser)
    page = client.get(FIGURE).content.decode()
    assert "Sum of the payment entries of the ledger" in page
    assert "£12,000.50" in page
    assert "1 row" in page
    assert "No rows" in client.get(FIGURE, {"theme": "Nothing"}).content.decode()
    rows = client.get(FIGURE, {"format": "csv"}).getvalue().decode()
    assert "Ledger entry" in rows
    assert told.project.reference in rows
    assert client.get("/reports/figures/fund/nothing/").status_code == 404


def test_report_is_asked_for_cleared_and_withdrawn_on_pages(
    client, story, under_way, known_time, run_jobs
):
    telling.tell(story, known_time, under_way)
    people = story.people
    client.force_login(people.adviser)
    answer = client.post(f"{BENEFITS}freeze/", {"as_at": "2027-10-23"})
    run = ReportRun.objects.get()
    address = reverse("publications:run", args=[run.reference])
    assert answer.url == address
    assert "being made" in client.get(address).content.decode()
    run_jobs()
    page = client.get(address).content.decode()
    assert "Clear this report" not in page
    assert run.reference in page
    assert client.post(f"{address}clear/").status_code == 403
    client.force_login(people.senior)
    assert client.post(f"{address}clear/").status_code == 302
    assert client.post(f"{address}clear/").status_code == 400
    assert client.get(f"{address}report.pdf").content.startswith(b"%PDF")
    assert client.post(f"{address}withdraw/", {"reason": ""}).status_code == 400
    assert client.post(f"{address}withdraw/", {"reason": "Replaced."}).status_code == 302
    client.force_login(people.elsewhere)
    assert client.get(address).status_code == 404
    client.force_login(people.finance)
    assert client.post(f"{BENEFITS}freeze/", {"as_at": "2027-10-23"}).status_code == 403


def test_pages_take_as_many_queries_for_three_projects_as_for_one(client, story):
    client.force_login(story.people.adviser)
    telling.projects(story, 1)
    counts = []
    for _ in range(2):
        client.get(BENEFITS)
        with CaptureQueriesContext(connection) as seen:
            client.get(BENEFITS)
            client.get("/reports/figures/fund/awards/")
        counts.append(len(seen))
        if len(counts) == 1:
            telling.projects(make.story_again(story), 2)
    assert counts[0] == counts[1]
