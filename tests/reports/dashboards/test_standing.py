"""The profile beside the time before and the nation, and who reached what in a programme."""

import csv
import io

import pytest
from django.urls import reverse

from programmes.standards.queries import national
from reports.dashboards.queries import standings
from tests import make
from tests.pages import get, post, queries, text

REGISTER = reverse("dashboards:standards")


@pytest.fixture
def standard(story):
    return make.standard()


def profile(organisation, code="what-good-looks-like"):
    return reverse("dashboards:profile", args=[organisation.pk, code])


def others(count, level=2):
    return [make.self_assessment(make.authority(), level) for _ in range(count)]


def test_profile_shows_this_and_the_time_before_as_chart_and_table(story, standard, known_time):
    make.self_assessment(story.authority, {"well-led": 1})
    known_time.move_to("2026-09-01T09:00:00+00:00")
    make.self_assessment(story.authority, {"well-led": 4})
    page = text(get(story.people.viewer, profile(story.authority)))
    assert "<svg" in page
    assert "The data as a table" in page
    assert "Submitted 1 September 2026" in page
    assert "The time before, 15 June 2026" in page
    chart = standings(story.authority, standard.code).chart
    assert chart.table()[1][:2] == [("1. Well led", 4, 1), ("2. Ensure smart foundations", 3, 3)]


def test_first_profile_has_no_time_before(story, standard):
    make.self_assessment(story.authority)
    chart = standings(story.authority, standard.code).chart
    assert [len(row) for row in chart.table()[1]] == [2] * 7


def test_national_spread_is_shown_only_from_five_organisations_on(story, standard):
    make.self_assessment(story.authority, 4)
    others(3)
    assert not national(standard).enough
    page = text(get(story.people.author, profile(story.authority)))
    assert "shown from 5 organisations on" in page
    assert "Lower quarter" not in page
    others(1, 1)
    found = national(standard)
    assert found.organisations == 5
    spread = found.spread["well-led"]
    assert (spread.lower, spread.middle, spread.upper) == (2, 2, 2)
    assert "Lower quarter" in text(get(story.people.author, profile(story.authority)))


def test_spread_is_by_rank_and_counts_each_organisation_once_by_what_it_said_last(standard):
    rows = [make.authority() for _ in range(6)]
    for place, level in zip(rows, (4, 1, 1, 2, 3, 4), strict=True):
        make.self_assessment(place, level)
    make.self_assessment(rows[0], 1)
    spread = national(standard).spread["improve-care"]
    assert (spread.lower, spread.middle, spread.upper) == (1, 1, 3)


def test_spread_of_a_version_leaves_out_who_has_gone_on_to_a_newer(story, standard):
    rows = others(5)
    new = make.next_version(standard)
    make.self_assessment(rows[0].organisation, 4, standard=new)
    assert national(standard).organisations == 4
    assert national(new).organisations == 1


def test_time_before_is_found_in_an_earlier_version(story, standard):
    make.self_assessment(story.authority, 1)
    make.self_assessment(story.authority, 3, standard=make.next_version(standard))
    assert standings(story.authority, standard.code).chart.table()[1][0] == ("1. Well led", 3, 1)


def test_profile_is_its_organisations_and_the_departments(story, standard):
    own = get(story.people.author, profile(story.authority))
    assert "Nothing has been submitted yet" in text(own)
    assert get(story.people.officer, profile(story.authority)).status_code == 404
    make.self_assessment(story.authority)
    for person in ("author", "viewer", "officer", "auditor", "elsewhere"):
        assert get(getattr(story.people, person), profile(story.authority)).status_code == 200
    for person in ("stranger", "adviser", "assessor", "editor", "nobody"):
        assert get(getattr(story.people, person), profile(story.authority)).status_code == 404
    assert get(story.people.author, profile(story.authority, "nothing")).status_code == 404


def test_staff_see_who_reached_what_in_a_programme(story, standard):
    make.draft_bid(story)
    make.self_assessment(story.authority, {"safe-practice": 2})
    (other,) = others(1, 4)
    officer = story.people.officer
    page = text(get(officer, REGISTER))
    assert "2 self-assessments" in page
    assert other.organisation.name in page
    page = text(get(officer, f"{REGISTER}?programme=fund"))
    assert story.authority.name in page
    assert other.organisation.name not in page
    for level, shown in ((2, True), (3, False)):
        page = text(get(officer, f"{REGISTER}?measure=safe-practice&level={level}"))
        assert (story.authority.name in page) is shown
        assert other.organisation.name in page
    page = text(get(officer, f"{REGISTER}?level=3"))
    assert story.authority.name not in page
    assert "1 self-assessment" in page


def test_wrong_filters_filter_nothing(story, standard):
    others(1)
    odd = "?standard=x&programme=elsewhere&measure=y&level=99&sort=z&page=9"
    assert "1 self-assessment" in text(get(story.people.officer, REGISTER + odd))


def test_register_is_for_case_readers_and_stands_empty_without_catalogues(story):
    assert "They appear here" in text(get(story.people.auditor, REGISTER))
    assert get(story.people.author, REGISTER).status_code == 403
    assert get(story.people.adviser, REGISTER).status_code == 403
    assert post(story.people.author, REGISTER).status_code == 403


def test_export_has_a_line_for_each_measure_and_no_formulas(story, standard):
    place = make.authority("=Council")
    make.self_assessment(place, {"well-led": 4})
    response = get(story.people.officer, f"{REGISTER}?export=csv")
    lines = list(csv.DictReader(io.StringIO(text(response).removeprefix("\ufeff"))))
    assert len(lines) == 7
    assert lines[0]["Organisation"] == "'=Council"
    assert (lines[0]["Title"], lines[0]["Level"], lines[0]["Called"]) == (
        "Well led",
        "4",
        "Improving",
    )
    assert lines[0]["Submitted"] == "2026-06-15"
    assert get(story.people.officer, f"{REGISTER}?export=xlsx").status_code == 200


def test_pages_take_as_many_queries_for_three_organisations_as_for_one(story, standard):
    make.self_assessment(story.authority)
    pages = [REGISTER, f"{REGISTER}?export=csv"]
    before = [queries(story.people.officer, page) for page in pages]
    others(2)
    assert [queries(story.people.officer, page) for page in pages] == before
