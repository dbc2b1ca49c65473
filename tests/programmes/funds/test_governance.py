"""Programmes answer for themselves: the standard, reviews, sources, themes."""

from datetime import timedelta

import pytest
from django.urls import reverse

from carefund.core import clock
from carefund.core.appendonly import Unchangeable
from carefund.core.errors import NotAllowed, Refused
from programmes.funds import actions, queries
from programmes.funds.models import AnnualReview, Programme, RequirementAnswer
from programmes.funds.requirements import requirements
from tests import make
from tests.pages import get, post, redirected, text

PAGE = reverse("funds:programme", args=["fund"])


def day(name, value):
    return {f"{name}_day": value.day, f"{name}_month": value.month, f"{name}_year": value.year}


def test_the_ten_requirements_are_shipped_with_their_source():
    assert [one.number for one in requirements()] == list(range(1, 11))
    assert all(one.title and one.words and one.source for one in requirements())


def test_each_requirement_is_answered_and_answered_anew(story):
    address = reverse("funds:requirement", args=["fund", 5])
    start = text(get(story.people.officer, PAGE))
    assert "0 of 10 answered" in start
    given = {"stance": "explain", "evidence": "Direct award, see case 4.2."}
    assert redirected(post(story.people.officer, address, given), PAGE)
    again = {"stance": "comply", "evidence": "Competed since."}
    assert redirected(post(story.people.officer, address, again), PAGE)
    page = text(get(story.people.auditor, PAGE))
    assert "1 of 10 answered" in page
    assert "Competed since." in page
    assert "1 earlier answer" in page
    assert "Direct award" in text(get(story.people.officer, address))
    assert "There is a problem" in text(
        post(story.people.officer, address, {**given, "evidence": " "})
    )


def test_only_those_who_manage_a_programme_answer_for_it(story):
    address = reverse("funds:requirement", args=["fund", 1])
    for person in (story.people.finance, story.people.auditor, story.people.adviser):
        assert get(person, address).status_code == 403
    for person in (story.people.elsewhere, story.people.chief, story.people.nobody):
        assert get(person, address).status_code == 404
        assert get(person, PAGE).status_code == 404
    assert (
        get(story.people.officer, reverse("funds:requirement", args=["fund", 11])).status_code
        == 404
    )


def test_answers_and_reviews_are_never_changed(story):
    answer = actions.answer_requirement(
        programme=story.programme,
        number=1,
        stance="comply",
        evidence="Named.",
        by=story.people.senior,
    )
    with pytest.raises(Unchangeable):
        answer.save()
    with pytest.raises(Unchangeable):
        RequirementAnswer.objects.update(evidence="Other")
    with pytest.raises(Unchangeable):
        AnnualReview.objects.all().delete()


def test_a_senior_officer_writes_down_the_review(story):
    address = reverse("funds:review", args=["fund"])
    held = clock.today() - timedelta(days=1)
    form = {**day("reviewed_on", held), "decision": "amend", "findings": "Money is late."}
    assert get(story.people.officer, address).status_code == 403
    assert redirected(post(story.people.senior, address, form), PAGE)
    assert "already" in text(post(story.people.senior, address, form))
    page = text(get(story.people.officer, PAGE))
    assert "Amend" in page
    assert "Money is late." in page
    assert queries.review_due(story.programme, clock.today()) == held + timedelta(days=365)


def test_a_review_of_tomorrow_is_refused_and_a_late_one_shows(story, known_time):
    values = {"decision": "continue", "findings": "Well.", "by": story.people.senior}
    tomorrow = clock.today() + timedelta(days=1)
    with pytest.raises(Refused, match="has been held"):
        actions.review_programme(programme=story.programme, reviewed_on=tomorrow, **values)
    known_time.shift(timedelta(days=400))
    assert "The annual review is late" in text(get(story.people.officer, PAGE))


def test_a_discontinued_programme_needs_no_further_review(story):
    actions.review_programme(
        programme=story.programme,
        reviewed_on=clock.today(),
        decision="discontinue",
        findings="No demand.",
        by=story.people.senior,
    )
    assert queries.review_due(story.programme, clock.today()) is None


def test_programme_is_changed_with_its_themes(story):
    address = reverse("funds:change_programme", args=["fund"])
    form = {
        "name": "Care at home",
        "summary": "For people.",
        "objectives": "Fewer falls",
        "senior_responsible_owner": "Director of Care",
        "business_case": "BC-12",
        **day("starts_on", story.programme.starts_on),
        **day("ends_on", story.programme.ends_on),
        "announced_total": "",
        "theme_names": "Night monitoring\nShared records",
    }
    assert redirected(post(story.people.officer, address, form), PAGE)
    page = text(get(story.people.officer, PAGE))
    for words in ("Care at home", "BC-12", "Fewer falls", "Night monitoring", "Shared records"):
        assert words in page
    assert "Living at home" not in page.split("Funding sources")[0].split("Themes")[1]
    assert make.fresh(story.theme).ended_on == clock.today()
    twice = {**form, "theme_names": "Night monitoring\nnight  monitoring"}
    assert "same name" in text(post(story.people.officer, address, twice))


def test_funding_sources_are_listed_and_removed(story):
    address = reverse("funds:source", args=["fund"])
    form = {"name": "Health and Social Care levy", "amount": "5000000", "reference": "SR21"}
    assert redirected(post(story.people.officer, address, form), PAGE)
    assert "listed already" in text(post(story.people.officer, address, form))
    assert "Health and Social Care levy, £5,000,000" in text(get(story.people.adviser, PAGE))
    row = story.programme.funding_sources.get()
    remove = reverse("funds:remove_source", args=["fund", row.pk])
    assert post(story.people.finance, remove).status_code == 403
    assert redirected(post(story.people.officer, remove), PAGE)
    assert not story.programme.funding_sources.exists()


def test_an_administrator_begins_a_programme(story):
    address = reverse("funds:new_programme")
    form = {
        "name": "New fund",
        "code": "new-fund",
        "reference_prefix": "NEW",
        "funder": make.department().pk,
        "summary": "S",
        "senior_responsible_owner": "Director",
        **day("starts_on", clock.today()),
        **day("ends_on", clock.today() + timedelta(days=900)),
    }
    assert get(story.people.senior, address).status_code == 403
    assert "prefix" in text(
        post(story.people.administrator, address, {**form, "reference_prefix": "a"})
    )
    assert redirected(post(story.people.administrator, address, form))
    assert Programme.objects.get(code="new-fund").prefix == "NEW"
    assert "short name" in text(post(story.people.administrator, address, form))
    with pytest.raises(NotAllowed):
        actions.create_programme(by=story.people.officer, code="x")
