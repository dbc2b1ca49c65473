from datetime import date, timedelta
from decimal import Decimal

import pytest

from carefund.accounts.roles import AuthorityRole
from grants.awards import actions as awards
from grants.benefits import actions as benefits
from grants.delivery import actions as delivery
from grants.payments import actions as payments
from tests import make
from tests.pages import get, queries, redirected, text


@pytest.mark.parametrize(
    ("name", "home"),
    [
        ("author", "/your-organisation/"),
        ("viewer", "/your-organisation/"),
        ("officer", "/manage/"),
        ("finance", "/manage/"),
        ("auditor", "/manage/"),
        ("assessor", "/manage/assessments/"),
        ("adviser", "/reports/"),
        ("analyst", "/reports/"),
        ("editor", "/cms/"),
    ],
)
def test_start_takes_everybody_home(story, name, home):
    assert redirected(get(getattr(story.people, name), "/start/"), home)


def test_start_tells_somebody_without_a_role(story):
    answer = get(story.people.nobody, "/start/")
    assert answer.status_code == 200
    assert "You have no role yet" in text(answer)


def test_today_is_for_the_department(story):
    for person in (story.people.author, story.people.adviser, story.people.nobody):
        assert get(person, "/manage/").status_code == 403
    assert "Nothing waits for you" in text(get(story.people.officer, "/manage/"))


def test_bid_is_checked_then_assigned_then_scored(story):
    bid = make.submitted_bid(story)
    assert "Check the eligibility" not in text(get(story.people.officer, "/manage/"))
    make.close(story)
    page = text(get(story.people.officer, "/manage/"))
    assert f"Check the eligibility of bid {bid.reference}" in page
    make.assessment.check_eligibility(bid=bid, passed=True, reason="", by=story.people.officer)
    page = text(get(story.people.officer, "/manage/"))
    assert f"Assign an assessor to bid {bid.reference}" in page
    assert "0 of 2 assessors" in page
    make.assessment.assign(bid=bid, assessor=story.people.assessor, by=story.people.officer)
    assert "1 of 2 assessors" in text(get(story.people.officer, "/manage/"))


def test_round_waits_for_a_senior_officer(story, assessed):
    made = awards.make_round(call=story.call, minimum_score=Decimal(50), by=story.people.officer)
    awards.recommend(allocation=made, rationale="Best.", by=story.people.officer)
    assert "Recommended by Officer" in text(get(story.people.senior, "/manage/"))
    assert "Recommended by Officer" not in text(get(story.people.officer, "/manage/"))


def test_work_of_a_project_waits_for_the_right_hands(story, under_way, known_time):
    project, people = under_way, story.people
    delivery.report(
        milestone=project.milestones.first(),
        achieved_on=date(2026, 6, 1),
        note="Done.",
        by=people.lead,
    )
    claim = payments.make_claim(
        project=project,
        period_starts_on=date(2026, 5, 1),
        period_ends_on=date(2026, 5, 31),
        amounts={(2026, "revenue"): Decimal(100)},
        narrative="Staff.",
        by=people.lead,
    )
    assert f"certify claim {claim.reference}" in text(get(people.certifier, "/your-organisation/"))
    payments.certify(claim=claim, by=people.certifier)
    assert f"submit claim {claim.reference}" in text(get(people.lead, "/your-organisation/"))
    payments.submit(claim=claim, by=people.lead)
    benefits.observe(
        benefit=project.benefits.get(),
        period_starts_on=date(2025, 6, 1),
        period_ends_on=date(2026, 5, 31),
        measured=Decimal(70),
        method="Register.",
        by=people.lead,
    )
    page = text(get(people.officer, "/manage/"))
    assert "Confirm “Sensors chosen”" in page
    assert f"Check claim {claim.reference}" in page
    assert "Verify “Fewer falls”" in page
    assert f"claim {claim.reference}" not in text(get(people.finance, "/manage/"))
    payments.approve(claim=claim, reason="", by=people.officer)
    page = text(get(people.finance, "/manage/"))
    assert f"Release the payment of claim {claim.reference}" in page
    known_time.shift(timedelta(days=30))
    assert "Overdue (1)" in text(get(people.finance, "/manage/"))
    assert "Nothing waits for you" in text(get(people.elsewhere, "/manage/"))


def test_offer_about_to_expire_waits_for_the_authority(story, offered, known_time):
    bid = offered
    assert f"answer offer {bid.offer.reference}" in text(
        get(story.people.chief, "/your-organisation/")
    )
    assert "Waiting for others" not in text(get(story.people.officer, "/manage/"))
    known_time.shift(timedelta(days=22))
    page = text(get(story.people.officer, "/manage/"))
    assert "Waiting for others (1)" in page
    assert f"Wait for the answer to offer {bid.offer.reference}" in page


def test_organisation_shows_what_it_has_and_who_does_what(story, under_way):
    project = under_way
    page = text(get(story.people.viewer, "/your-organisation/"))
    assert "Here Council" in page
    assert project.title in page
    assert "Certifier Here" in page
    assert "Finance certifier" in page
    assert "Nothing waits for you." in page
    assert project.title not in text(get(story.people.stranger, "/your-organisation/"))


def test_member_of_two_organisations_chooses(story):
    make.Membership.objects.create(
        organisation=story.other, user=story.people.author, role=AuthorityRole.VIEWER
    )
    page = f"/your-organisation/?organisation={story.other.pk}"
    assert "There Council" in text(get(story.people.author, page))
    assert get(story.people.stranger, f"/your-organisation/?organisation={story.authority.pk}")
    wrong = f"/your-organisation/?organisation={story.authority.pk}"
    assert get(story.people.stranger, wrong).status_code == 404
    assert get(story.people.stranger, "/your-organisation/?organisation=x").status_code == 404
    assert get(story.people.officer, "/your-organisation/").status_code == 403


def _fill(story, count):
    for project in make.several_projects(story, count):
        claim = payments.make_claim(
            project=project,
            period_starts_on=date(2026, 5, 1),
            period_ends_on=date(2026, 5, 31),
            amounts={(2026, "revenue"): Decimal(100)},
            narrative="Staff.",
            by=make.SYSTEM,
        )
        payments.certify(claim=claim, by=make.SYSTEM)
        payments.submit(claim=claim, by=make.SYSTEM)
        delivery.report(
            milestone=project.milestones.first(),
            achieved_on=date(2026, 6, 1),
            note="Done.",
            by=make.SYSTEM,
        )
        benefits.observe(
            benefit=project.benefits.get(),
            period_starts_on=date(2025, 6, 1),
            period_ends_on=date(2026, 5, 31),
            measured=Decimal(70),
            method="Register.",
            by=make.SYSTEM,
        )


def test_today_takes_as_many_queries_for_three_rows_as_for_one(story):
    _fill(story, 1)
    before = queries(story.people.officer, "/manage/")
    _fill(story, 2)
    assert queries(story.people.officer, "/manage/") == before


def test_organisation_takes_as_many_queries_for_three_rows_as_for_one(story):
    def draft(number):
        bid = make.bids.start_bid(
            call=story.call,
            organisation=story.authority,
            title=f"Idea {number}",
            theme=story.theme,
            by=make.SYSTEM,
        )
        assert bid.pk

    make.Call.objects.filter(pk=story.call.pk).update(several_bids_allowed=True)
    story.call.refresh_from_db()
    draft(1)
    before = queries(story.people.author, "/your-organisation/")
    draft(2)
    draft(3)
    assert queries(story.people.author, "/your-organisation/") == before


def test_today_says_where_all_are_when_it_shows_only_the_first(story, monkeypatch):
    _fill(story, 2)
    officer = story.people.officer
    assert "See all" not in text(get(officer, "/manage/"))
    monkeypatch.setattr("reports.dashboards.queries.lines.MOST", 1)
    page = text(get(officer, "/manage/"))
    assert "shown)" in page
    assert "See all 2: Benefits to verify" in page
