"""The public register, the 360Giving file and the API."""

import csv
import io
import json
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from grants.awards.models import Determination, DeterminationShare, Offer
from reports.opendata import giving, queries
from tests import make
from tests.reports import make as telling

SHARED = Path(__file__).parents[4] / "shared" / "data" / "360giving"


def test_register_is_public_and_filters(client, under_way):
    project = under_way
    page = client.get("/funded/").content.decode()
    assert "1 grant, £40,000 in total" in page
    assert project.title in page
    assert "1 grant" in client.get("/funded/", {"programme": "fund"}).content.decode()
    nothing = client.get("/funded/", {"q": "submarines"}).content.decode()
    assert "No grant matches" in nothing
    assert client.get("/funded/", {"year": "nonsense", "page": "99"}).status_code == 200


def test_offer_that_is_not_accepted_is_not_public(client, offered):
    assert "No grant matches" in client.get("/funded/").content.decode()


def test_register_as_csv_has_the_filtered_rows(client, under_way):
    text = b"".join(client.get("/funded/", {"format": "csv"}).streaming_content).decode()
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["Amount"] for row in rows] == ["40000.00"]
    none = b"".join(client.get("/funded/", {"format": "csv", "q": "x9"}).streaming_content)
    assert len(none.decode().splitlines()) == 1


def test_csv_cells_are_no_formulas(client, under_way):
    project = under_way
    project.title = "=HYPERLINK(1)"
    project.save()
    text = b"".join(client.get("/funded/", {"format": "csv"}).streaming_content).decode()
    assert "'=HYPERLINK(1)" in text


def test_register_takes_as_many_queries_for_three_grants_as_for_one(client, story):
    counts = []
    telling.projects(story, 1)
    for _ in range(2):
        client.get("/funded/")
        with CaptureQueriesContext(connection) as seen:
            client.get("/funded/")
        counts.append(len(seen))
        if len(counts) == 1:
            telling.projects(make.story_again(story), 2)
    assert counts[0] == counts[1]


def test_everybodys_first_page_is_that_of_who_asks_for_it(client, story):
    telling.projects(story, 3)
    first, asked = client.get("/funded/").context, client.get("/funded/?page=1").context
    assert [row[0] for row in first["rows"]] == [row[0] for row in asked["rows"]]
    assert first["rows"] == asked["rows"]
    assert len(first["rows"]) == first["page_obj"].paginator.count == 3
    assert first["determinations"] == asked["determinations"]


def test_project_page_shows_what_came_of_it_and_no_people(client, story, under_way, known_time):
    told = telling.tell(story, known_time, under_way)
    page = client.get(f"/funded/{told.project.reference}/").content.decode()
    assert "Sensors noticed falls." in page
    assert "£12,000 of benefits" in page
    assert "Sensors chosen" in page
    assert "First homes live" not in page
    for person in vars(story.people).values():
        assert person.name not in page
    assert client.get("/funded/NOTHING/").status_code == 404


def valid_everywhere(package):
    """By our own copy of the schemas, and by the published ones where they lie beside us."""
    assert giving.problems(package) == []
    if not SHARED.exists():
        return
    grant = json.loads((SHARED / "360-giving-schema.json").read_text())
    resource = Resource(grant, DRAFT202012)
    addresses = [giving.ADDRESS.format(v, "360-giving-schema.json") for v in ("1.4.2", "1.4.3")]
    registry = Registry().with_resources([(address, resource) for address in addresses])
    schema = json.loads((SHARED / "360-giving-package-schema.json").read_text())
    checker = Draft202012Validator(schema, registry=registry, format_checker=FormatChecker())
    assert list(checker.iter_errors(package)) == []


def test_giving_file_keeps_to_the_standard(client, under_way):
    package = json.loads(client.get("/data/360giving.json").content)
    valid_everywhere(package)
    (grant,) = package["grants"]
    assert grant["amountAwarded"] == 40000
    assert package["version"] == "1.4"


def test_giving_file_leaves_out_samples_and_shared_out_amounts(client, under_way):
    Offer.objects.update(amount_precision="sample: an equal share")
    assert client.get("/data/360giving.json").status_code == 404
    Offer.objects.update(amount_precision="rounded as reported")
    assert client.get("/data/360giving.json").status_code == 200
    Offer.objects.update(is_sample=True)
    assert client.get("/data/360giving.json").status_code == 404


def test_giving_tables_have_the_titles_of_the_standard(client, under_way):
    rows = list(csv.DictReader(io.StringIO(client.get("/data/360giving.csv").content.decode())))
    assert rows[0]["Amount Awarded"] == "40000"
    assert rows[0]["Recipient Org:Name"] == "Here Council"
    book = openpyxl.load_workbook(io.BytesIO(client.get("/data/360giving.xlsx").content))
    assert [cell.value for cell in book["Grants"][1]] == list(rows[0])
    assert book["Meta"]["A1"].value == "version"
    assert client.get("/data/360giving.doc").status_code == 404


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"awardDate": "2023-02-30"}, "not a day of the calendar"),
        ({"locationScope": "GLS777"}, "location scope"),
        ({"currency": "Pounds"}, "Pounds"),
        ({"beneficiaryLocation": [{"geoCodeType": "ICB"}]}, "geographic code type"),
        ({"amountAwarded": "40,000"}, "40,000"),
    ],
)
def test_what_breaks_the_standard_is_noticed(under_way, change, words):
    package = giving.package(queries.grants(), "https://example.org/data/360giving.json")
    package["grants"][0] |= change
    assert any(words in problem for problem in giving.problems(package))


def test_two_grants_with_one_identifier_are_noticed(under_way):
    package = giving.package(queries.grants(), "https://example.org/data/360giving.json")
    twin = {**package["grants"][0], "title": "Another"}
    package["grants"].append(twin)
    assert any("two grants" in problem for problem in giving.problems(package))


def test_api_is_public_paged_and_described(client, story, under_way):
    telling.target(story.programme)
    awards = client.get("/api/awards", {"limit": 1}).json()
    assert awards["count"] == 1
    assert Decimal(awards["items"][0]["amount"]) == Decimal(40000)
    for path in ("calls", "organisations", "targets", "targets/records/observations"):
        assert client.get(f"/api/{path}").json()["count"] > 0, path
    assert client.get("/api/awards", {"programme": "none"}).json()["count"] == 0
    assert client.post("/api/awards").status_code == 405
    paths = client.get("/api/openapi.json").json()["paths"]
    assert "/api/awards" in paths
    for address in ("/api/", "/api/docs", "/open-data/"):
        assert client.get(address).status_code == 200


def test_api_shows_no_call_that_is_not_announced(client, story):
    lines = list(story.programme.budget_lines.all())
    hidden = make.call(story.programme, lines, title="A secret call")
    found = client.get("/api/calls").json()["items"]
    assert hidden.code not in {call["code"] for call in found}


@pytest.fixture
def determined(story, under_way):
    """£10.01 to Here Council by determination, beside a grant for a project."""
    return make.issued_determination(story)


def test_section_31_grants_stand_in_the_register_as_their_own_kind(client, story, determined):
    page = client.get("/funded/").content.decode()
    assert "1 grant, £40,000 in total" in page
    assert "Section 31 grants" in page
    assert "£10.01" in page
    for nothing in ({"theme": "home"}, {"q": "submarines"}, {"year": "2019"}, {"region": "X"}):
        assert "£10.01" not in client.get("/funded/", nothing).content.decode(), nothing
    for found in ({"programme": "fund"}, {"q": determined.reference}, {"year": "2026"}):
        assert "£10.01" in client.get("/funded/", found).content.decode(), found
    text = b"".join(client.get("/funded/", {"format": "csv"}).streaming_content).decode()
    rows = list(csv.DictReader(io.StringIO(text)))
    kinds = [(row["Kind of grant"], row["Amount"]) for row in rows]
    assert kinds == [("Grant for a project", "40000.00"), ("Section 31 grant", "10.01")]
    (one,) = client.get("/api/determinations").json()["items"]
    assert (one["organisation"], one["amount"]) == ("Here Council", "10.01")


def test_section_31_grants_keep_the_360giving_standard(client, story, determined):
    package = client.get("/data/360giving.json").json()
    assert giving.problems(package) == []
    kinds = {grant["fromOpenCall"]: grant["amountAwarded"] for grant in package["grants"]}
    assert kinds == {"Yes": 40000, "No": 10.01}
    Determination.objects.filter(pk=determined.pk).update(is_sample=True)
    package = client.get("/data/360giving.json").json()
    assert [grant["fromOpenCall"] for grant in package["grants"]] == ["Yes"]


def test_register_takes_the_same_queries_for_one_and_three_determinations(client, determined):
    def count():
        with CaptureQueriesContext(connection) as seen:
            client.get("/funded/")
        return len(seen)

    count()
    before = count()
    for number in range(2):
        copy = Determination.objects.get(pk=determined.pk)
        copy.pk, copy.reference = None, f"{determined.reference}{number}"
        copy.save(force_insert=True)
        DeterminationShare.objects.create(
            determination=copy, organisation=make.authority(), amount=5
        )
    assert count() == before
