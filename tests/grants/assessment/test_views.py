"""Eligibility, assigning, declaring, scoring, ranking: page by page."""

import csv
from io import StringIO

import pytest
from django.urls import reverse

from carefund.core import clock
from grants.assessment import actions as assessment
from grants.assessment.models import Assignment, EligibilityCheck, Score
from grants.bids.models import Bid
from programmes.calls.models import Call, Criterion
from tests import make
from tests.grants.support import queries, text


@pytest.fixture
def officer(story, client):
    client.force_login(story.people.officer)
    return client


@pytest.fixture
def eligible(story, submitted):
    assessment.check_eligibility(bid=submitted, passed=True, reason="", by=story.people.officer)
    return make.fresh(submitted)


@pytest.fixture
def assignment(story, eligible):
    return assessment.assign(bid=eligible, assessor=story.people.assessor, by=story.people.officer)


@pytest.fixture
def assessor(story, client):
    client.force_login(story.people.assessor)
    return client


def of(bid, name):
    return reverse(f"assessment:{name}", args=[bid.reference])


def page_of(assignment):
    return reverse("assessment:detail", args=[assignment.pk])


def declared(assignment):
    assessment.declare(assignment=assignment, has_conflict=False, note="", by=assignment.assessor)
    return assignment


def scores(need="4", delivery="3", reason="Well argued."):
    return {
        "need-score": need,
        "need-reason": reason,
        "delivery-score": delivery,
        "delivery-reason": reason,
    }


def test_checks_show_evidence_and_take_the_decision(story, officer):
    bid = make.submitted_bid(story)
    page = text(officer.get(of(bid, "checks")))
    assert "£40,000; the call allows £1,000 to £100,000" in page
    assert officer.post(of(bid, "checks"), {"passed": "yes"}).url == of(bid, "checks")
    assert make.fresh(bid).state == "eligible"
    assert "decided by Officer" in text(officer.get(of(bid, "checks")))


def test_refusing_eligibility_needs_a_reason(story, officer):
    bid = make.submitted_bid(story)
    page = officer.post(of(bid, "checks"), {"passed": "no", "reason": " "})
    assert "Give the reason why the bid is not eligible" in text(page)
    officer.post(of(bid, "checks"), {"passed": "no", "reason": "Not a care authority."})
    assert make.fresh(bid).state == "ineligible"
    officer.force_login(story.people.author)
    task_list = reverse("bids:task_list", args=[bid.reference])
    assert "Not a care authority." in text(officer.get(task_list))


def test_eligibility_decided_twice_is_refused(eligible, officer):
    page = officer.post(of(eligible, "checks"), {"passed": "yes"})
    assert "because it is now “eligible”" in text(page)
    assert EligibilityCheck.objects.count() == 1


def test_eligibility_is_decided_by_officers(story, client, submitted):
    expected = {"auditor": (200, 403), "author": (403, 403), "elsewhere": (404, 404)}
    seen = {}
    for who in expected:
        client.force_login(getattr(story.people, who))
        got = client.get(of(submitted, "checks")).status_code
        seen[who] = (got, client.post(of(submitted, "checks"), {"passed": "yes"}).status_code)
    assert seen == expected
    assert make.fresh(submitted).state == "submitted"


def test_assessors_are_chosen_from_those_of_the_programme(story, eligible, officer):
    page = text(officer.get(of(eligible, "case")))
    assert "Assessor One" in page
    assert "Author Here" not in page
    officer.post(of(eligible, "case"), {"assessor": story.people.assessor.pk})
    given = Assignment.objects.get()
    assert (given.bid, given.assessor) == (eligible, story.people.assessor)
    refused = officer.post(of(eligible, "case"), {"assessor": story.people.viewer.pk})
    assert "There is a problem" in text(refused)


def test_assessors_are_chosen_by_officers(story, eligible, client):
    client.force_login(story.people.auditor)
    data = {"assessor": story.people.assessor.pk}
    assert client.get(of(eligible, "case")).status_code == 200
    assert client.post(of(eligible, "case"), data).status_code == 403


def test_bid_is_hidden_until_the_assessor_declares(assignment, assessor):
    page = text(assessor.get(page_of(assignment)))
    assert "Before you open this bid" in page
    assert "Sensors that learn" not in page
    assert "There is a problem" in text(assessor.post(page_of(assignment), {}))
    assert assessor.post(page_of(assignment), {"conflict": "no"}).url == page_of(assignment)
    assert "Sensors that learn" in text(assessor.get(page_of(assignment)))


def test_conflict_needs_a_note(assignment, assessor):
    page = assessor.post(page_of(assignment), {"conflict": "yes", "note": ""})
    assert "Say what the conflict is" in text(page)
    assert make.fresh(assignment).state == "assigned"


def test_scores_before_the_declaration_are_not_taken(assignment, assessor):
    page = assessor.post(page_of(assignment), {**scores(), "submit": "1"})
    assert "Before you open this bid" in text(page)
    assert not Score.objects.exists()


def test_conflicted_assessor_finds_the_bid_nowhere(story, assignment, assessor):
    # The same person also reads cases of the programme, and still sees nothing.
    make.RoleAssignment.objects.create(
        user=story.people.assessor, role="programme_officer", programme=story.programme
    )
    assessor.post(page_of(assignment), {"conflict": "yes", "note": "My sister works there."})
    bid = assignment.bid
    names = ("case", "case_answers", "case_money", "case_documents", "case_timeline")
    pages = [reverse(f"bids:{name}", args=[bid.reference]) for name in names]
    pages += [of(bid, "checks"), of(bid, "case"), reverse("bids:task_list", args=[bid.reference])]
    assert {assessor.get(page).status_code for page in pages} == {404}
    lists = [
        reverse("bids:manage_list"),
        reverse("bids:manage_export", args=["csv"]),
        reverse("assessment:progress", args=[bid.call.code]),
        reverse("assessment:ranking", args=[bid.call.code]),
        reverse("assessment:ranking_export", args=[bid.call.code, "csv"]),
    ]
    for address in lists:
        response = assessor.get(address)
        assert response.status_code == 200
        assert bid.title not in text(response)
    own = text(assessor.get(page_of(assignment)))
    assert "You declared a conflict of interest" in own
    assert "Sensors" not in own
    assert assessor.post(page_of(assignment), {**scores(), "submit": "1"}).status_code == 200
    assert not Score.objects.exists()


@pytest.mark.parametrize(
    ("who", "status"),
    [("officer", 403), ("second_assessor", 404), ("author", 404), ("elsewhere", 404)],
)
def test_assessment_is_opened_by_its_assessor_alone(story, assignment, client, who, status):
    client.force_login(getattr(story.people, who))
    assert client.get(page_of(assignment)).status_code == status


def test_draft_keeps_what_is_complete_and_shows_what_is_left(assignment, assessor):
    declared(assignment)
    data = scores(delivery="", reason="Evidence is clear.") | {"delivery-reason": "", "save": "1"}
    assert assessor.post(page_of(assignment), data).url == page_of(assignment)
    page = text(assessor.get(page_of(assignment)))
    assert "1 of 2" in page
    assert 'Left to do: <a class="govuk-link" href="#criterion-delivery">Delivery</a>' in page
    assert "Evidence is clear." in page


def test_half_a_score_comes_back_with_the_reason_and_the_text(assignment, assessor):
    declared(assignment)
    data = scores(delivery="", reason="Typed already") | {"save": "1"}
    page = text(assessor.post(page_of(assignment), data))
    assert "Choose a score for “Delivery”" in page
    assert page.count("Typed already") == 2
    assert Score.objects.get().criterion.code == "need"


@pytest.mark.parametrize("wrong", ["6", "-1", "x"])
def test_score_outside_the_scale_is_refused(assignment, assessor, wrong):
    declared(assignment)
    page = assessor.post(page_of(assignment), scores(need=wrong) | {"save": "1"})
    assert "There is a problem" in text(page)
    assert not Score.objects.filter(criterion__code="need").exists()


def test_submitting_without_all_scores_names_what_is_missing(assignment, assessor):
    declared(assignment)
    data = {"need-score": "4", "need-reason": "Good.", "submit": "1"}
    page = assessor.post(page_of(assignment), data)
    assert "Score “Delivery”" in text(page)
    assert make.fresh(assignment).state == "in_progress"


def test_submitted_scores_are_read_only(assignment, assessor):
    declared(assignment)
    assessor.post(page_of(assignment), scores() | {"submit": "1"})
    assert make.fresh(assignment).state == "submitted"
    page = text(assessor.get(page_of(assignment)))
    assert "You submitted these scores" in page
    assert "<textarea" not in page
    again = assessor.post(page_of(assignment), scores(need="5") | {"save": "1"})
    assert "can no longer be changed" in text(again)
    assert Score.objects.filter(criterion__code="need").count() == 1


def test_officer_reopens_scores_for_a_reason(assignment, assessor, story):
    declared(assignment)
    assessor.post(page_of(assignment), scores() | {"submit": "1"})
    assessor.force_login(story.people.officer)
    address = reverse("assessment:reopen", args=[assignment.pk])
    assert "There is a problem" in text(assessor.post(address, {"reason": ""}))
    assert assessor.post(address, {"reason": "A slip."}).url == of(assignment.bid, "case")
    assert make.fresh(assignment).state == "in_progress"


def test_case_shows_scores_by_criterion_and_assessor(story, officer):
    Criterion.objects.update(threshold=5)
    bid = make.assessed_bid(story)
    page = text(officer.get(of(bid, "case")))
    assert "2 of 2 assessors submitted scores" in page
    assert "80%" in page
    assert "Below threshold" in page
    assert page.count("Well argued.") == 4


def test_own_list_shows_only_own_work(story, assignment, client):
    client.force_login(story.people.assessor)
    address = reverse("assessment:list")
    assert assignment.bid.reference in text(client.get(address))
    client.force_login(story.people.second_assessor)
    assert "Nothing to assess" in text(client.get(address))
    client.force_login(story.people.officer)
    assert client.get(address).status_code == 403


def three_assessed(story):
    Call.objects.update(several_bids_allowed=True)
    made = [make.submitted_bid(story, amount) for amount in ("30000.00", "20000.00", "20000.00")]
    make.close(story)
    for bid, score in zip(made, (2, 4, 4), strict=True):
        assess(story, bid, score)
    return [make.fresh(bid) for bid in made]


def assess(story, bid, score):
    assessment.check_eligibility(bid=bid, passed=True, reason="", by=story.people.officer)
    for place, person in enumerate((story.people.assessor, story.people.second_assessor)):
        given = assessment.assign(bid=bid, assessor=person, by=story.people.officer)
        declared(given)
        rows = [(c, score + place, "Why.") for c in story.call.criteria.all()]
        assessment.save_scores(assignment=given, given=rows, by=person)
        assessment.submit_scores(assignment=given, by=person)


def test_ranking_orders_shows_spread_and_thresholds(story, officer):
    Criterion.objects.filter(code="need").update(threshold=3)
    worst, second, third = three_assessed(story)
    address = reverse("assessment:ranking", args=[story.call.code])
    page = text(officer.get(address))
    places = [page.index(bid.reference) for bid in (second, third, worst)]
    assert places == sorted(places)
    assert "3 assessed bids, £70,000 asked for" in page
    assert "Assessor One: 80%" in page
    assert "20.00" in page
    assert page.count("Below threshold") == 1


def test_ranking_is_exported_as_it_is_shown(story, officer):
    three_assessed(story)
    address = reverse("assessment:ranking_export", args=[story.call.code, "csv"])
    rows = list(csv.DictReader(StringIO(officer.get(address).getvalue().decode("utf-8-sig"))))
    assert [row["Rank"] for row in rows] == ["1", "2", "3"]
    assert rows[0]["Score in per cent"] == "90.00"
    assert rows[0]["Each assessor in per cent"] == "Assessor One 80.00; Assessor Two 100.00"


@pytest.mark.parametrize("name", ["progress", "ranking"])
def test_lists_of_a_call_take_as_many_queries_for_three_as_for_one(story, officer, name):
    Call.objects.update(several_bids_allowed=True)
    address = reverse(f"assessment:{name}", args=[story.call.code])
    first, *more = [make.submitted_bid(story, "20000.00") for _ in range(3)]
    assess(story, first, 3)
    Bid.objects.filter(pk__in=[bid.pk for bid in more]).update(state="withdrawn")
    one = queries(officer, address)
    Bid.objects.filter(pk__in=[bid.pk for bid in more]).update(state="submitted")
    for bid in more:
        assess(story, make.fresh(bid), 2)
    assert queries(officer, address) == one


def test_own_list_takes_as_many_queries_for_three_as_for_one(story, client):
    Call.objects.update(several_bids_allowed=True)
    address = reverse("assessment:list")
    made = [make.submitted_bid(story, "20000.00") for _ in range(3)]
    assess(story, made[0], 3)
    client.force_login(story.people.assessor)
    one = queries(client, address)
    for bid in made[1:]:
        assess(story, bid, 2)
    assert queries(client, address) == one


@pytest.mark.parametrize("name", ["progress", "ranking"])
def test_lists_of_a_call_are_for_its_programme(story, client, name):
    address = reverse(f"assessment:{name}", args=[story.call.code])
    expected = {"officer": 200, "auditor": 200, "elsewhere": 404, "author": 404, "assessor": 404}
    seen = {}
    for who in expected:
        client.force_login(getattr(story.people, who))
        seen[who] = client.get(address).status_code
    assert seen == expected


def test_progress_counts_assessors_by_what_they_have_done(story, assignment, officer):
    address = reverse("assessment:progress", args=[story.call.code])
    page = text(officer.get(address))
    assert assignment.bid.reference in page
    assert "Assessor One" in page
    assert clock.now() >= assignment.assigned_at


def test_empty_lists_of_a_call_say_what_will_be_here(story, officer):
    for name, words in (("progress", "No bids yet"), ("ranking", "Nothing ranked yet")):
        page = officer.get(reverse(f"assessment:{name}", args=[story.call.code]))
        assert words in text(page)
