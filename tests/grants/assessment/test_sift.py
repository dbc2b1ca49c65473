"""The sift: checks with evidence and overrides, due diligence, subsidies, bids that look alike."""

from datetime import date
from decimal import Decimal

import pytest
from django.core import mail
from django.urls import reverse

from carefund.core.errors import NotAllowed, Refused
from grants.assessment import actions as assessment
from grants.assessment import queries
from grants.assessment.likeness import similarity, sketch
from grants.assessment.models import Likeness
from grants.assessment.subsidy import rule_on
from grants.bids.models import Bid
from programmes.calls.models import Call
from tests import make
from tests.grants.support import queries as counted
from tests.grants.support import text


@pytest.fixture
def officer(story, client):
    client.force_login(story.people.officer)
    return client


def of(bid, name, *more):
    return reverse(f"assessment:{name}", args=[bid.reference, *more])


def test_failed_check_is_accepted_by_an_officer_with_a_reason(story, officer):
    bid = make.submitted_bid(story)
    Call.objects.filter(pk=story.call.pk).update(largest_award=Decimal(30000))
    failed = [c.key for c in queries.checkpoints(make.fresh(bid)) if not c.passed]
    assert failed == ["limits"]
    assert "Accept with a reason, or refuse" in text(
        officer.post(of(bid, "checks"), {"passed": "yes"})
    )
    assert "Enter" in text(officer.post(of(bid, "override", "limits"), {"reason": " "}))
    officer.post(of(bid, "override", "limits"), {"reason": "The call was changed later."})
    page = text(officer.get(of(bid, "checks")))
    assert "Failed, accepted" in page
    assert "Accepted by Officer" in page
    assert "The call was changed later." in page
    officer.post(of(bid, "checks"), {"passed": "yes"})
    assert make.fresh(bid).state == "eligible"
    with pytest.raises(Refused, match="decided"):
        assessment.override_check(bid=bid, key="limits", reason="Again.", by=story.people.officer)


def test_checks_tell_what_is_not_answered_and_what_lies_outside_the_dates(story, submitted):
    found = {c.key: c for c in queries.checkpoints(submitted)}
    assert all(c.passed for c in found.values())
    assert {"answered", "dates", "totals", "certificate", "in_time", "kind"} <= set(found)
    Call.objects.filter(pk=story.call.pk).update(project_ends_on=date(2027, 1, 31))
    found = {c.key: c for c in queries.checkpoints(make.fresh(submitted))}
    assert not found["dates"].passed
    assert "31 March 2027" in found["dates"].evidence
    assert "£40,000 in 2 amounts" in found["totals"].evidence


def diligence(**changes):
    given = {
        "organisation_name": "Here Council",
        "organisation_type": "Local authority",
        "country": "England",
        "postcode": "AB1 2CD",
        "application_amount": "40000",
        "application_number": "TST-1",
        "outcome": "clear",
    }
    given |= {f"fraud-{key}": "no" for key, _ in queries.FRAUD_QUESTIONS}
    return given | changes


def test_due_diligence_has_the_fields_of_spotlight_and_asks_about_fraud(story, officer):
    bid = make.submitted_bid(story)
    assert f'value="{bid.reference}"' in text(officer.get(of(bid, "due_diligence")))
    half = officer.post(of(bid, "due_diligence"), diligence(**{"fraud-costs": "yes"}))
    assert "Say what was found" in text(half)
    officer.post(
        of(bid, "due_diligence"),
        diligence(**{"fraud-costs": "yes", "fraud-costs-note": "All costs are round."}),
    )
    assert "All costs are round." in text(officer.get(of(bid, "checks")))
    sheet = reverse("assessment:export", args=[story.call.code, "spotlight", "csv"])
    told = b"".join(officer.get(sheet)).decode("utf-8-sig").splitlines()
    assert told[0].split(",") == [
        "ApplicationNumber", "OrganisationName", "OrganisationType", "AddressLine1", "CityTown",
        "Country", "AddressPostcode", "ApplicationAmount", "CharityCommissionRegNo",
        "CompaniesHouseRegNo", "GGISSchemeID", "FunderID",
    ]  # fmt: skip
    assert "AB1 2CD" in told[1]


def test_minimal_assistance_is_held_to_the_threshold_of_its_day(
    story, officer, run_jobs, known_time
):
    bid = make.submitted_bid(story)
    assert rule_on(date(2023, 1, 3)) is None
    rule = rule_on(date(2026, 6, 15))
    assert (rule.threshold, rule.first_year(date(2026, 6, 15))) == (Decimal(315000), 2024)
    assert rule.enter_by(date(2026, 11, 30)) == date(2027, 2, 28)
    Bid.objects.filter(pk=bid.pk).update(requested=Decimal(115000))
    data = {"finding": "minimal", "earlier": "200000.01"}
    assert "it would be £315,000.01" in text(officer.post(of(bid, "subsidy"), data))
    day = {"decided_on_day": "10", "decided_on_month": "6", "decided_on_year": "2026"}
    officer.post(of(bid, "subsidy"), data | {"earlier": "200000"} | day)
    page = text(officer.get(of(bid, "checks")))
    assert "In the subsidy database by 10 September 2026" in page
    known_time.move_to("2026-08-27T09:00:00+01:00")
    run_jobs()
    assert any("subsidy of bid" in one.subject for one in mail.outbox)


def test_smaller_minimal_assistance_need_not_be_entered(story, submitted):
    row = assessment.record_subsidy_test(
        bid=submitted, finding="minimal", earlier=Decimal(0), decided_on=date(2026, 6, 1),
        entered_on=None, note="", by=story.people.officer,
    )  # fmt: skip
    assert (row.enters_database, row.enter_by) == (False, None)


def test_similarity_is_the_share_of_common_word_sequences():
    one = sketch(["The quick brown fox jumps over the lazy dog again"])
    assert similarity(one, sketch(["the QUICK, brown fox: jumps over the lazy dog again!"])) == 100
    assert similarity(one, sketch(["The quick brown fox jumps over another thing"])) == 25
    assert similarity(one, sketch([""])) == 0


def test_machine_flags_what_looks_alike_and_an_officer_says_what_it_is(story, officer):
    bid = make.submitted_bid(story)
    other = make.submitted_bid(make.story_again(story))
    sift = reverse("assessment:sift", args=[story.call.code])
    one = counted(officer, sift)
    officer.post(reverse("assessment:look", args=[story.call.code]))
    found = Likeness.objects.get()
    assert (found.first, found.second, found.same_authority) == (bid, other, True)
    assert found.similarity == 100
    assert {make.fresh(b).state for b in (bid, other)} == {"submitted"}
    assert "Look at" in text(officer.get(sift))
    address = of(bid, "likeness", found.pk)
    officer.post(address, {"finding": "double", "note": "The same sensors."})
    officer.post(reverse("assessment:look", args=[story.call.code]))
    found.refresh_from_db()
    assert (found.finding, found.noted_by) == ("double", story.people.officer)
    page = text(officer.get(of(bid, "checks")))
    assert "The same cost would be funded twice: " in page
    make.submitted_bid(make.story_again(story))
    assert counted(officer, sift) == one


def test_sift_is_for_officers(story, submitted):
    with pytest.raises(NotAllowed):
        assessment.look_for_likeness(call=story.call, by=story.people.auditor)
    with pytest.raises(NotAllowed):
        assessment.override_check(bid=submitted, key="limits", reason="x", by=story.people.senior)
