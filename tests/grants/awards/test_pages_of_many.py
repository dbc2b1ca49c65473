"""Pages of rounds ask the database as often for many rows as for one."""

from decimal import Decimal

import pytest
from django.urls import reverse

from grants.assessment.actions import check_eligibility
from grants.awards import actions
from programmes.calls.models import Call
from tests import make
from tests.pages import get, queries, text


def url(name, *args):
    return reverse(f"awards:{name}", args=args)


@pytest.fixture
def allocation(story):
    make.assessed_bid(story)
    return actions.make_round(call=story.call, minimum_score=Decimal(50), by=story.people.officer)


def scenario(allocation, story, number):
    aim = {"objective": "score", "weight": 100, "minimum_score": "50"}
    name = f"Scenario {number}"
    actions.make_scenario(allocation=allocation, name=name, aim=aim, by=story.people.officer)


def wish(allocation, story, number):
    actions.add_constraint(
        allocation=allocation, kind="least_region", note="Everywhere.", number=0,
        region=make.region(f"Region {number}"), by=story.people.officer,
    )  # fmt: skip


def step(_allocation, story, number):
    actions.add_step(
        programme=story.programme, title=f"Step {number}", role="senior_officer",
        from_amount=Decimal(0), by=story.people.administrator,
        person_id=make.staff(make.StaffRole.SENIOR_OFFICER, story.programme).pk,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("page", "add"),
    [
        ("scenarios", scenario),
        ("constraints", wish),
        ("chain", step),
        ("round", wish),
        ("round", step),
        ("new_scenario", wish),
        ("recommend", step),
    ],
)
def test_page_takes_as_many_queries_for_three_rows_as_for_one(story, allocation, page, add):
    args = [story.programme.code] if page == "chain" else [allocation.pk]
    person = story.people.administrator if page == "chain" else story.people.officer
    add(allocation, story, 1)
    before = queries(person, url(page, *args))
    for number in (2, 3):
        add(allocation, story, number)
    assert queries(person, url(page, *args)) == before


def test_scenario_takes_as_many_queries_for_three_constraints_as_for_one(story, allocation):
    took = []
    for number in (1, 2, 3):
        wish(allocation, story, number)
        scenario(allocation, story, number)
        made = allocation.scenarios.latest("pk")
        took.append(queries(story.people.officer, made.get_absolute_url()))
    assert took[0] == took[2]


def test_rounds_and_dashboard_take_as_many_queries_for_three_rounds_as_for_one(story):
    senior, took = story.people.senior, []
    for count in (1, 2):
        for _ in range(count):
            again = make.story_again(story)
            made = again_assessed(again)
            actions.recommend(allocation=made, rationale="Best.", by=story.people.officer)
        pages = ("/manage/rounds/", "/manage/")
        took.append([queries(senior, page) for page in pages])
    assert "3 rounds" in text(get(senior, "/manage/rounds/"))
    assert took[0] == took[1]


def again_assessed(story):
    make.assessed_bid(story)
    return actions.make_round(call=story.call, minimum_score=Decimal(50), by=story.people.officer)


def test_proposal_of_assessors_takes_the_same_queries_for_one_bid_and_for_three(story):
    """All that are to be given out stand on one page: a proposal is fair only as a whole."""
    Call.objects.filter(pk=story.call.pk).update(assessors_per_bid=3)
    page = reverse("assessment:propose", args=[story.call.code])
    bids = [make.submitted_bid(story), *make.several_submitted(story, 2)]
    make.close(story)
    took = []
    for bid in bids:
        check_eligibility(bid=bid, passed=True, reason="", by=story.people.officer)
        took.append(queries(story.people.officer, page))
    assert took[0] == took[2]
