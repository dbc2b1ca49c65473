from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from carefund.accounts.roles import AuthorityRole, StaffRole
from carefund.core.formats import money
from carefund.files.models import StoredFile
from grants.delivery.models import Project
from grants.payments import actions
from grants.payments import queries as totals
from grants.payments.models import Claim, Payment
from programmes.funds import queries as funds
from programmes.funds.models import BudgetLine, RoleAssignment
from programmes.organisations.models import Membership
from tests import make
from tests.pages import get, post, queries, redirected, text

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
FORM = {
    "period_starts_on_day": "1",
    "period_starts_on_month": "5",
    "period_starts_on_year": "2026",
    "period_ends_on_day": "31",
    "period_ends_on_month": "5",
    "period_ends_on_year": "2026",
    "narrative": "Staff and sensors.",
    "amount_2026_revenue": "12,000.50",
}


@pytest.fixture
def project(under_way):
    return under_way


def made(story, project, amount="12000.50"):
    return actions.make_claim(
        project=project,
        period_starts_on=date(2026, 5, 1),
        period_ends_on=date(2026, 5, 31),
        amounts={(2026, "revenue"): Decimal(amount)},
        narrative="Staff.",
        by=story.people.lead,
    )


def submitted(story, project, amount="12000.50"):
    claim = made(story, project, amount)
    actions.certify(claim=claim, by=story.people.certifier)
    return actions.submit(claim=claim, by=story.people.lead)


def url(name, obj):
    return reverse(f"payments:{name}", args=[obj.reference])


def line():
    return BudgetLine.objects.get(programme__code="fund", financial_year=2026, kind="revenue")


def test_claim_goes_through_four_hands_to_the_ledger(story, project):
    people = story.people
    assert "The grant has £20,000 left here." in text(get(people.lead, url("new", project)))
    evidence = [SimpleUploadedFile("one.pdf", PDF), SimpleUploadedFile("two.pdf", PDF)]
    assert redirected(post(people.lead, url("new", project), {**FORM, "evidence": evidence}))
    claim = Claim.objects.get()
    assert StoredFile.objects.count() == 2
    assert get(people.officer, url("claim", claim)).status_code == 404
    assert redirected(post(people.certifier, url("certify", claim)))
    assert redirected(post(people.lead, url("submit", claim)))
    assert redirected(post(people.officer, url("approve", claim), {"reason": "Evidence seen."}))
    assert (line().claimed, line().paid) == (Decimal("12000.50"), Decimal("0.00"))
    look = text(get(people.finance, url("release", claim)))
    assert "£12,000.50 is paid to Here Council" in look
    assert redirected(post(people.finance, url("release", claim)))
    assert (line().paid, Payment.objects.count()) == (Decimal("12000.50"), 1)
    again = text(post(people.finance, url("release", claim)))
    assert "because it is now “paid”" in again
    assert Payment.objects.count() == 1
    page = text(get(people.viewer, reverse("delivery:project", args=[project.reference])))
    assert "£7,999.50" in page
    assert funds.unreconciled() == []


def test_claim_over_the_grant_is_refused_beside_the_amount(story, project):
    sent = {**FORM, "amount_2026_revenue": "20,000.01"}
    page = text(post(story.people.lead, url("new", project), sent))
    beside = page.split('id="id_amount_2026_revenue-error"')[1].split("</p>")[0]
    assert "You claim £20,000.01 revenue for 2026 to 2027." in beside
    assert "The grant has £20,000.00 left there." in beside
    assert Claim.objects.count() == 0


def test_second_claim_has_only_what_is_left(story, project):
    made(story, project, "15000.00")
    page = text(post(story.people.lead, url("new", project), FORM))
    assert "The grant has £5,000.00 left there." in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount_2026_revenue": ""},
        {"amount_2026_revenue": "-5"},
        {"amount_2026_revenue": "12.345"},
        {"amount_2026_revenue": "1" * 60},
        {"narrative": ""},
        {"narrative": "x" * 5001},
        {"period_ends_on_year": "2030"},
        {"period_starts_on_month": "13"},
    ],
)
def test_senseless_claim_is_not_made(story, project, wrong):
    answer = post(story.people.lead, url("new", project), {**FORM, **wrong})
    assert (answer.status_code, Claim.objects.count()) == (200, 0)
    assert "There is a problem" in text(answer)


def test_hostile_evidence_is_refused_beside_the_field(story, project):
    evidence = [SimpleUploadedFile("good.pdf", PDF), SimpleUploadedFile("bad.pdf", b"<svg/>")]
    page = text(post(story.people.lead, url("new", project), {**FORM, "evidence": evidence}))
    assert "not what its name says" in page.split('id="id_evidence-error"')[1].split("</p>")[0]
    assert (Claim.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_claim_is_not_certified_by_who_prepared_it(story, project):
    both = story.people.lead
    Membership.objects.create(
        organisation=story.authority, user=both, role=AuthorityRole.FINANCE_CERTIFIER
    )
    claim = made(story, project)
    assert get(both, url("certify", claim)).status_code == 403
    assert post(both, url("certify", claim)).status_code == 403


def test_certifier_sees_what_is_certified_and_everybody_who_is_next(story, project):
    people, claim = story.people, made(story, project)
    total = money(totals.total(claim))
    for step, person in (("certify", people.certifier), ("submit", people.lead)):
        assert f"{claim.reference}, {project.title}: {total}" in text(get(person, url(step, claim)))
    said = "a finance certifier of Here Council who did not prepare the claim certifies it"
    assert said in text(get(people.lead, url("claim", claim)))
    post(people.certifier, url("certify", claim))
    assert "a project lead submits the claim" in text(get(people.certifier, url("claim", claim)))


def test_payment_is_not_released_by_who_approved(story, project):
    both = story.people.officer
    RoleAssignment.objects.create(
        user=both, role=StaffRole.FINANCE_OFFICER, programme=story.programme
    )
    claim = submitted(story, project)
    assert redirected(post(both, url("approve", claim), {"reason": "Fine."}))
    assert get(both, url("release", claim)).status_code == 403
    assert post(both, url("release", claim)).status_code == 403
    assert Payment.objects.count() == 0


def test_returned_claim_is_changed_and_certified_again(story, project):
    people, claim = story.people, submitted(story, project)
    answer = post(people.officer, url("return", claim), {"reason": "Which staff?"})
    assert redirected(answer, reverse("payments:list"))
    assert "Which staff?" in text(get(people.lead, url("claim", claim)))
    changed = {**FORM, "amount_2026_revenue": "20000", "narrative": "Two nurses."}
    assert redirected(post(people.lead, url("change", claim), changed))
    claim.refresh_from_db()
    assert (claim.narrative, claim.lines.get().amount) == ("Two nurses.", Decimal("20000.00"))
    assert redirected(post(people.certifier, url("certify", claim)))
    assert "Only a draft claim can be changed." in text(
        post(people.lead, url("change", claim), changed)
    )
    assert redirected(post(people.lead, url("reopen", claim)))
    assert redirected(post(people.lead, url("withdraw", claim), {"reason": "Not needed."}))


def test_a_claim_knows_what_its_lines_add_up_to(story, project):
    claim = made(story, project, "12000.50")
    given = {name: getattr(claim, name) for name in ("period_starts_on", "period_ends_on")}
    for pounds in ("0.01", "19999.99"):
        amounts = {(2026, "revenue"): Decimal(pounds), (2026, "capital"): Decimal(0)}
        actions.change_claim(
            claim=claim, amounts=amounts, narrative="Staff.", by=story.people.lead, **given
        )
        kept = make.fresh(claim)
        assert kept.total == Decimal(pounds) == totals.total(kept)


def test_refused_claim_frees_the_grant(story, project):
    claim = submitted(story, project)
    page = text(post(story.people.officer, url("refuse", claim), {"reason": ""}))
    assert "Enter the reason" in page
    answer = post(story.people.officer, url("refuse", claim), {"reason": "Not eligible."})
    assert redirected(answer)
    assert "The grant has £20,000 left here." in text(get(story.people.lead, url("new", project)))


def test_money_is_recovered(story, project):
    claim = submitted(story, project)
    actions.approve(claim=claim, reason="", by=story.people.officer)
    actions.release(claim=claim, by=story.people.finance)
    sent = {"pot": "2026-revenue", "amount": "2000.50", "reason": "Paid in error."}
    assert post(story.people.officer, url("recover", project), sent).status_code == 403
    assert redirected(post(story.people.finance, url("recover", project), sent))
    assert line().paid == Decimal("10000.00")
    too_much = {**sent, "amount": "10000.01"}
    page = text(post(story.people.finance, url("recover", project), too_much))
    assert "£10,000.01 cannot be taken back. There is £10,000.00 left." in page
    assert funds.unreconciled() == []


def test_claim_does_not_exist_for_another_authority(story, project):
    claim = submitted(story, project)
    names = [
        "claim",
        "change",
        "certify",
        "submit",
        "reopen",
        "withdraw",
        "approve",
        "refuse",
        "return",
        "release",
    ]
    pages = [url(name, claim) for name in names]
    pages += [url("new", project), url("recover", project)]
    for person in (story.people.stranger_certifier, story.people.elsewhere, story.people.adviser):
        assert {page: get(person, page).status_code for page in pages} == dict.fromkeys(pages, 404)


def test_claim_is_seen_but_not_worked_by_others(story, project):
    claim = submitted(story, project)
    assert get(story.people.viewer, url("claim", claim)).status_code == 200
    for name in ("change", "certify", "submit", "withdraw", "approve", "release"):
        assert get(story.people.viewer, url(name, claim)).status_code == 403
    for name in ("approve", "refuse", "return", "release"):
        assert get(story.people.auditor, url(name, claim)).status_code == 403


def test_claims_are_listed_filtered_and_exported(story, project):
    submitted(story, project)
    listed = reverse("payments:list")
    page = text(get(story.people.finance, listed))
    assert "1 claim, £12,000.50 in total" in page
    below = f'<br><span class="cf-note govuk-!-font-weight-regular">{project.title}</span>'
    assert f"{project.organisation}{below}" in page
    assert "0 claims, £0 in total" in text(get(story.people.finance, listed + "?state=paid"))
    assert "12000.50" in text(get(story.people.finance, listed + "?export=csv&sort=-amount"))
    assert get(story.people.lead, listed).status_code == 403


def test_spreadsheet_cells_never_are_formulas(story, project):
    claim = made(story, project)
    Claim.objects.filter(pk=claim.pk).update(narrative="=HYPERLINK(1)")
    actions.certify(claim=claim, by=story.people.certifier)
    actions.submit(claim=claim, by=story.people.lead)
    sheet = text(get(story.people.officer, reverse("payments:list") + "?export=csv"))
    assert "'=HYPERLINK(1)" in sheet


def test_list_takes_as_many_queries_for_three_rows_as_for_one(story, known_time):
    def claims(count):
        for project in make.several_projects(story, count):
            submitted_by_system(project)

    claims(1)
    listed = reverse("payments:list")
    before = queries(story.people.officer, listed)
    claims(2)
    assert queries(story.people.officer, listed) == before


def submitted_by_system(project):
    claim = actions.make_claim(
        project=project,
        period_starts_on=date(2026, 5, 1),
        period_ends_on=date(2026, 5, 31),
        amounts={(2026, "revenue"): Decimal(100)},
        narrative="Staff.",
        by=make.SYSTEM,
    )
    actions.certify(claim=claim, by=make.SYSTEM)
    actions.submit(claim=claim, by=make.SYSTEM)


def test_project_page_takes_as_many_queries_for_three_claims(story, project):
    page = reverse("delivery:project", args=[project.reference])
    made(story, project, "100.00")
    before = queries(story.people.lead, page)
    made(story, project, "100.00")
    made(story, project, "100.00")
    assert queries(story.people.lead, page) == before


def test_a_claim_that_reaches_outside_its_project_says_so_until_it_is_decided(story, project):
    warning = "Part of this period lies outside the project"
    claim = submitted(story, project)
    for starts, ends, said in (
        (date(2026, 5, 1), date(2026, 5, 31), False),
        (date(2026, 5, 2), date(2026, 12, 31), True),
        (date(2026, 1, 1), date(2026, 5, 30), True),
    ):
        Project.objects.filter(pk=project.pk).update(starts_on=starts, ends_on=ends)
        for person in (story.people.lead, story.people.officer):
            assert (warning in text(get(person, url("claim", claim)))) is said
    actions.approve(claim=make.fresh(claim), reason="Agreed before.", by=story.people.officer)
    assert warning not in text(get(story.people.officer, url("claim", claim)))
