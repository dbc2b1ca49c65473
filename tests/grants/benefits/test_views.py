from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from carefund.accounts.roles import AuthorityRole
from carefund.files.models import StoredFile
from grants.benefits import actions
from grants.benefits.models import BenefitObservation, BenefitProfile
from programmes.organisations.models import Membership
from tests import make
from tests.pages import get, post, queries, redirected, text

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
FORM = {
    "period_starts_on_day": "1",
    "period_starts_on_month": "12",
    "period_starts_on_year": "2025",
    "period_ends_on_day": "31",
    "period_ends_on_month": "5",
    "period_ends_on_year": "2026",
    "measured": "70",
    "method": "Falls register.",
}


@pytest.fixture
def benefit(under_way):
    return under_way.benefits.get()


def observe(benefit, by, measured=70):
    return actions.observe(
        benefit=benefit,
        period_starts_on=date(2025, 12, 1),
        period_ends_on=date(2026, 5, 31),
        measured=Decimal(measured),
        method="Register.",
        by=by,
    )


def url(name, pk):
    return reverse(f"benefits:{name}", args=[pk])


def test_benefit_is_measured_and_verified_through_its_pages(story, benefit):
    people = story.people
    evidence = SimpleUploadedFile("falls.pdf", PDF)
    answer = post(people.lead, url("record", benefit.pk), {**FORM, "evidence": evidence})
    assert redirected(answer, url("benefit", benefit.pk))
    page = text(get(people.officer, url("benefit", benefit.pk)))
    # 30 falls fewer, 500 pounds each, 80 per cent, half a year.
    assert "30 falls a year better than the baseline × £500 each × 80%" in page
    assert "6 of 12 months = <strong>£6,000</strong>" in page
    seen = BenefitObservation.objects.get()
    file = reverse("files:download", args=[StoredFile.objects.get().pk])
    assert get(people.officer, file).status_code == 200
    assert get(people.stranger, file).status_code == 404
    refused = post(people.officer, url("verify", seen.pk), {"accepted": "no"})
    assert "Say why the observation is not accepted." in text(refused)
    assert redirected(post(people.officer, url("verify", seen.pk), {"accepted": "yes"}))
    again = post(people.officer, url("verify", seen.pk), {"accepted": "yes"})
    assert "decided on already" in text(again)
    project = reverse("benefits:project", args=[benefit.project.reference])
    assert text(get(people.viewer, project)).count("£6,000") >= 2


def test_working_of_a_part_of_a_month_comes_to_the_amount(story, benefit):
    days = {"period_starts_on_day": "1", "period_ends_on_day": "29"}
    months = {"period_starts_on_month": "4", "period_ends_on_month": "4"}
    years = {"period_starts_on_year": "2026", "period_ends_on_year": "2026"}
    post(story.people.lead, url("record", benefit.pk), {**FORM, **days, **months, **years})
    page = text(get(story.people.officer, url("benefit", benefit.pk)))
    # 30 × £500 × 80% × 29 / 360
    assert "× 29 of 360 days, 30 for each month, = <strong>£966.67</strong>" in page


def test_observation_is_not_verified_by_its_recorder(story, benefit):
    both = story.people.officer
    Membership.objects.create(
        organisation=story.authority, user=both, role=AuthorityRole.PROJECT_LEAD
    )
    both = make.fresh(both)  # what one may do is read once a request
    seen = observe(benefit, both)
    assert get(both, url("verify", seen.pk)).status_code == 403
    assert post(both, url("verify", seen.pk), {"accepted": "yes"}).status_code == 403


def test_second_record_of_a_period_replaces_the_first(story, benefit):
    first = observe(benefit, story.people.lead)
    assert redirected(post(story.people.lead, url("record", benefit.pk), {**FORM, "measured": 80}))
    page = text(post(story.people.officer, url("verify", first.pk), {"accepted": "yes"}))
    assert "A later observation has replaced this one" in page
    listed = text(get(story.people.officer, reverse("benefits:list")))
    assert "1 observation, £4,000 in total" in listed


@pytest.mark.parametrize(
    "wrong",
    [
        {"measured": ""},
        {"measured": "NaN"},
        {"measured": "1e30"},
        {"measured": "1e9"},
        {"measured": "-999999999999.99"},
        {"method": ""},
        {"period_ends_on_year": "2030"},
        {"period_starts_on_year": "2026", "period_starts_on_month": "6"},
    ],
)
def test_senseless_observation_is_not_recorded(story, benefit, wrong):
    answer = post(story.people.lead, url("record", benefit.pk), {**FORM, **wrong})
    assert (answer.status_code, BenefitObservation.objects.count()) == (200, 0)


def test_value_too_large_to_be_right_is_told_beside_the_value(story, benefit):
    page = text(post(story.people.lead, url("record", benefit.pk), {**FORM, "measured": "1e11"}))
    assert "Check the measured value and its unit." in page
    assert 'href="#id_measured"' in page


def test_hostile_evidence_is_refused_beside_the_field(story, benefit):
    evidence = SimpleUploadedFile("falls.pdf", b"MZ\x90\x00")
    page = text(post(story.people.lead, url("record", benefit.pk), {**FORM, "evidence": evidence}))
    assert "not what its name says" in page.split('id="id_evidence-error"')[1].split("</p>")[0]
    assert BenefitObservation.objects.count() == 0


def test_forecast_is_revised_with_a_reason(story, benefit):
    data = {"financial_year": "2027", "amount": "10,000", "reason": "Fewer homes."}
    assert redirected(post(story.people.lead, url("forecast", benefit.pk), data))
    page = text(get(story.people.officer, url("benefit", benefit.pk)))
    assert "£10,000" in page
    assert benefit.forecasts.filter(financial_year=2027).count() == 2
    unknown = post(story.people.lead, url("forecast", benefit.pk), {**data, "financial_year": 1999})
    assert unknown.status_code == 200


def test_benefit_does_not_exist_for_another_authority(story, benefit):
    seen = observe(benefit, story.people.lead)
    pages = [url(name, benefit.pk) for name in ("benefit", "record", "forecast")]
    pages.append(url("verify", seen.pk))
    pages.append(reverse("benefits:project", args=[benefit.project.reference]))
    for person in (story.people.stranger, story.people.elsewhere, story.people.adviser):
        assert {page: get(person, page).status_code for page in pages} == dict.fromkeys(pages, 404)
    for name in ("record", "forecast"):
        assert get(story.people.viewer, url(name, benefit.pk)).status_code == 403
    assert get(story.people.auditor, url("verify", seen.pk)).status_code == 403


def test_queue_filters_and_exports(story, benefit):
    observe(benefit, story.people.lead)
    listed = reverse("benefits:list")
    assert "1 observation, £6,000 in total" in text(
        get(story.people.analyst, listed + "?show=waiting")
    )
    assert "0 observations" in text(get(story.people.analyst, listed + "?show=verified"))
    assert "Fewer falls" in text(get(story.people.analyst, listed + "?export=csv"))


def test_pages_take_as_many_queries_for_three_rows_as_for_one(story):
    def add(count):
        for project in make.several_projects(story, count):
            observe(project.benefits.get(), make.SYSTEM)

    add(1)
    listed = reverse("benefits:list")
    before = queries(story.people.officer, listed)
    add(2)
    assert queries(story.people.officer, listed) == before


def test_project_benefits_take_as_many_queries_for_three_as_for_one(story, benefit):
    page = reverse("benefits:project", args=[benefit.project.reference])
    observe(benefit, story.people.lead)
    before = queries(story.people.officer, page)
    for number in (2, 3):
        twin = BenefitProfile.objects.get(pk=benefit.pk)
        twin.pk, twin.number = None, number
        twin.save()
        observe(twin, story.people.lead)
    assert queries(story.people.officer, page) == before
