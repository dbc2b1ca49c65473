from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from carefund.core import clock
from carefund.files.models import StoredFile
from carefund.notify.models import OutboxMessage
from grants.delivery import actions
from grants.delivery.models import MilestoneFact, Risk
from tests import make
from tests.pages import get, post, queries, redirected, text

DAY = {"achieved_on_day": "10", "achieved_on_month": "6", "achieved_on_year": "2026"}
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def project(under_way):
    return under_way


def url(name, project, *args):
    return reverse(f"delivery:{name}", args=[project.reference, *args])


def parts(name, day):
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def test_project_page_shows_both_sides_how_it_is_doing(story, project):
    for person in (story.people.lead, story.people.viewer, story.people.officer):
        page = text(get(person, url("project", project)))
        assert "On track" in page
        assert "Sensors chosen" in page
        assert "30 September 2026" in page
        assert "£20,000" in page
        assert "Fewer falls" in page


def test_tables_of_a_project_are_cards_on_a_phone(story, project):
    page = text(get(story.people.lead, url("project", project)))
    for label in ("Expected", "Status", "Left to claim", "Verified"):
        assert f'data-label="{label}"' in page


def test_project_past_its_milestone_is_off_track_with_the_reason(story, project, known_time):
    known_time.move_to(date(2026, 11, 15))
    page = text(get(story.people.officer, url("project", project)))
    assert "Off track" in page
    assert "“Sensors chosen” is 46 days behind its date." in page


def test_completed_project_says_so_and_when(story, project, known_time):
    for milestone in project.milestones.all():
        actions.report(
            milestone=milestone, achieved_on=clock.today(), note="Done.", by=story.people.lead
        )
        actions.confirm(milestone=milestone, note="", by=story.people.officer)
    known_time.move_to(date(2026, 11, 15))
    actions.complete(project=project, reason="They said so.", by=story.people.officer)
    known_time.move_to(date(2026, 12, 24))
    for person in (story.people.lead, story.people.officer):
        page = text(get(person, url("project", project)))
        assert "Completed on 15 November 2026. Every milestone was achieved." in page
        assert "No milestone is late" not in page


def test_return_puts_project_at_risk(story, project):
    row = actions.open_return(
        project=project,
        starts_on=date(2026, 4, 1),
        ends_on=date(2026, 6, 1),
        due_on=date(2026, 6, 30),
        by=story.people.officer,
    )
    answer = {"confidence": "at_risk", "progress": "One supplier left."}
    assert redirected(post(story.people.lead, url("submit_return", project, row.pk), answer))
    assert "At risk" in text(get(story.people.officer, url("project", project)))
    sent_back = {"reason": "Which supplier?"}
    back = post(story.people.officer, url("send_back_return", project, row.pk), sent_back)
    assert redirected(back)
    assert redirected(post(story.people.lead, url("submit_return", project, row.pk), answer))
    assert redirected(post(story.people.officer, url("accept_return", project, row.pk)))
    again = post(story.people.officer, url("accept_return", project, row.pk))
    assert "because it is now “accepted”" in text(again)


def test_officer_asks_for_a_return(story, project):
    data = {
        **parts("starts_on", date(2026, 4, 1)),
        **parts("ends_on", date(2026, 6, 30)),
        **parts("due_on", date(2026, 7, 14)),
    }
    assert post(story.people.lead, url("ask_return", project), data).status_code == 403
    assert redirected(post(story.people.officer, url("ask_return", project), data))
    backwards = {**data, **parts("ends_on", date(2026, 3, 1))}
    answer = post(story.people.officer, url("ask_return", project), backwards)
    assert "must end after it starts" in text(answer)
    assert project.returns.count() == 1


def test_milestone_is_reported_with_evidence_and_confirmed(story, project):
    people = story.people
    file = SimpleUploadedFile("contract.pdf", PDF)
    answer = post(people.lead, url("report", project, 1), {**DAY, "evidence": file})
    assert redirected(answer, url("milestone", project, 1))
    stored = StoredFile.objects.get()
    page = text(get(people.officer, url("milestone", project, 1)))
    assert "contract.pdf" in page
    opened = reverse("files:download", args=[stored.pk])
    assert get(people.officer, opened).status_code == 200
    assert get(people.stranger, opened).status_code == 404
    back = {"note": "The signature is missing."}
    assert redirected(post(people.officer, url("send_back", project, 1), back))
    assert redirected(post(people.lead, url("report", project, 1), {**DAY, "note": "Signed."}))
    assert redirected(post(people.officer, url("confirm", project, 1)))
    milestone = project.milestones.get(position=1)
    assert (milestone.state, milestone.achieved_on) == ("achieved", date(2026, 6, 10))
    kinds = list(milestone.facts.values_list("kind", flat=True))
    assert kinds == ["forecast", "reported", "returned", "reported", "confirmed"]


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("virus.exe", b"MZ", "Upload a PDF"),
        ("page.pdf", b"<html><script>alert(1)</script></html>", "not what its name says"),
        ("notes.html.txt", b"words", "two extensions"),
        ("empty.pdf", b"", "The file is empty. Choose another one"),
    ],
)
def test_hostile_evidence_is_refused_beside_the_field(story, project, name, data, sentence):
    sent = {**DAY, "note": "Kept words.", "evidence": SimpleUploadedFile(name, data)}
    page = text(post(story.people.lead, url("report", project, 1), sent))
    beside = page.split('id="id_evidence-error"')[1].split("</p>")[0]
    assert sentence in beside
    assert "Kept words." in page
    assert (StoredFile.objects.count(), project.milestones.first().state) == (0, "planned")


def test_milestone_in_the_future_or_without_evidence_is_not_reported(story, project):
    later = parts("achieved_on", clock.today() + timedelta(days=1))
    page = text(post(story.people.lead, url("report", project, 1), {**later, "note": "Soon."}))
    assert "once it has been achieved, not before" in page
    page = text(post(story.people.lead, url("report", project, 1), DAY))
    assert "Attach evidence or describe it." in page


def test_new_date_keeps_the_promised_one(story, project):
    data = {**parts("on", date(2026, 12, 1)), "note": "Supplier late."}
    assert redirected(post(story.people.lead, url("forecast", project, 1), data))
    page = text(get(story.people.officer, url("project", project)))
    assert "30 September 2026" in page
    assert "1 December 2026" in page
    assert "At risk" in page
    assert MilestoneFact.objects.filter(milestone__position=1).count() == 2


def test_risk_is_added_assessed_and_closed(story, project):
    lead = story.people.lead
    data = {"title": "Supplier fails", "mitigation": "A second one", "likelihood": 4, "impact": 4}
    assert redirected(post(lead, url("add_risk", project), data))
    risk = Risk.objects.get()
    assert "A high risk is open: Supplier fails." in text(get(lead, url("project", project)))
    lower = {"likelihood": 1, "impact": 4}
    assert redirected(post(lead, url("assess_risk", project, risk.pk), lower))
    wrong = post(lead, url("assess_risk", project, risk.pk), {"likelihood": 6, "impact": 4})
    assert wrong.status_code == 200
    assert redirected(post(lead, url("close_risk", project, risk.pk)))
    assert risk.assessments.count() == 2
    assert post(story.people.viewer, url("add_risk", project), data).status_code == 403


def test_change_is_decided_by_an_officer(story, project):
    asked = url("ask_change_of", project, "dates")
    assert redirected(post(story.people.lead, url("ask_change", project), {"kind": "dates"}), asked)
    data = {"what": "Three months more.", "why": "Late supplier."}
    assert redirected(post(story.people.lead, asked, data))
    change = project.change_requests.get()
    decide = url("decide_change", project, change.pk)
    decision = {"approve": "yes", "reason": "Reasonable."}
    assert post(story.people.lead, decide, decision).status_code == 403
    assert redirected(post(story.people.officer, decide, decision))
    assert "because it is now “approved”" in text(post(story.people.officer, decide, decision))
    page = text(get(story.people.lead, url("project", project)))
    assert "Approved on 15 June 2026: Reasonable." in page
    assert "Now give the milestones their new dates." in page
    told = OutboxMessage.objects.filter(kind="delivery.change_decided")
    assert {row.recipient for row in told} == {story.people.lead, story.people.chief}
    assert "Reasonable." in told[0].text


def test_change_is_withdrawn_until_it_is_decided(story, project):
    lead = story.people.lead
    data = {"what": "Fewer homes.", "why": "Two have closed."}
    for _ in range(2):
        post(lead, url("ask_change_of", project, "scope"), data)
    kept, withdrawn = project.change_requests.order_by("pk")
    withdraw = url("withdraw_change", project, withdrawn.pk)
    assert withdraw in text(get(lead, url("project", project)))
    assert post(story.people.officer, withdraw).status_code == 403
    assert redirected(post(lead, withdraw))
    assert withdraw not in text(get(lead, url("project", project)))
    assert [make.fresh(row).state for row in (kept, withdrawn)] == ["requested", "withdrawn"]
    decision = {"approve": "no", "reason": "Too few."}
    assert redirected(post(story.people.officer, url("decide_change", project, kept.pk), decision))
    withdraw = url("withdraw_change", project, kept.pk)
    assert "because it is now “refused”" in text(post(lead, withdraw))


def test_officer_tells_the_story_and_completes(story, project):
    officer = story.people.officer
    assert redirected(post(officer, url("story", project), {"story": "It went well."}))
    assert "It went well." in text(get(story.people.lead, url("project", project)))
    first, second = project.milestones.order_by("position")
    actions.report(milestone=first, achieved_on=clock.today(), note="Done.", by=story.people.lead)
    left = (
        f"“{first.title}” is reported and not confirmed yet.",
        f"“{second.title}” is not achieved yet.",
    )
    for page in (get(officer, url("complete", project)), post(officer, url("complete", project))):
        assert [sentence in text(page) for sentence in left] == [True, True]
    assert make.fresh(project).state == "active"
    assert post(story.people.lead, url("story", project), {"story": "x"}).status_code == 403


def test_project_does_not_exist_for_another_authority(story, project):
    row = actions.open_return(
        project=project,
        starts_on=date(2026, 4, 1),
        ends_on=date(2026, 6, 1),
        due_on=date(2026, 6, 30),
        by=story.people.officer,
    )
    risk = actions.raise_risk(
        project=project, title="R", mitigation="", likelihood=1, impact=1, by=story.people.lead
    )
    change = actions.request_change(
        project=project, kind="dates", what="W", why="Y", by=story.people.lead
    )
    pages = [url(name, project) for name in ("project", "story", "ask_return")]
    pages += [url(name, project) for name in ("complete", "pause", "resume", "end_early")]
    pages += [url("ask_change_of", project, kind) for kind in ("dates", "money")]
    pages += [url(name, project) for name in ("add_risk", "ask_change")]
    steps = ("milestone", "report", "forecast", "confirm", "send_back")
    pages += [url(name, project, 1) for name in steps]
    steps = ("return", "submit_return", "accept_return", "send_back_return")
    pages += [url(name, project, row.pk) for name in steps]
    pages += [url(name, project, risk.pk) for name in ("assess_risk", "close_risk")]
    pages.append(url("decide_change", project, change.pk))
    for person in (story.people.stranger, story.people.elsewhere, story.people.nobody):
        assert {page: get(person, page).status_code for page in pages} == dict.fromkeys(pages, 404)
    assert project.reference not in text(get(story.people.stranger, reverse("delivery:own")))


def test_lists_filter_sort_sum_and_export(story, project, known_time):
    officer = story.people.officer
    listed = reverse("delivery:list")
    page = text(get(officer, listed))
    assert "1 project, £40,000 in total" in page
    below = '<br><span class="cf-note govuk-!-font-weight-regular"><span'
    assert f"{project.title}</a>{below}" in page
    assert "0 projects" in text(get(officer, listed + "?behind=yes"))
    known_time.move_to(date(2026, 11, 15))
    assert "1 project, £40,000 in total" in text(get(officer, listed + "?behind=yes&sort=-grant"))
    assert project.title in text(get(officer, listed + "?export=csv"))
    overdue = reverse("delivery:milestones") + "?show=overdue"
    assert "1 milestone" in text(get(officer, overdue))
    for show in ("confirm", "late", "achieved", "nonsense"):
        assert get(officer, f"{reverse('delivery:milestones')}?show={show}").status_code == 200
    for name in ("list", "milestones", "returns"):
        assert get(story.people.lead, reverse(f"delivery:{name}")).status_code == 403
    assert project.title in text(get(story.people.lead, reverse("delivery:own")))


def test_a_project_leads_back_to_the_list_of_its_reader(story, project):
    page = project.get_absolute_url()
    for reader, listed in ((story.people.officer, "list"), (story.people.lead, "own")):
        link = f'<a class="govuk-back-link" href="{reverse(f"delivery:{listed}")}">All projects</a>'
        assert link in text(get(reader, page))


def test_pages_take_as_many_queries_for_three_rows_as_for_one(story, run_jobs):
    def returns(project):
        actions.open_return(
            project=project,
            starts_on=date(2026, 4, 1),
            ends_on=date(2026, 6, 1),
            due_on=date(2026, 6, 30),
            by=story.people.officer,
        )

    for project in make.several_projects(story, 1):
        returns(project)
    readers = dict.fromkeys(("list", "milestones", "returns"), story.people.officer)
    pages = [(reader, reverse(f"delivery:{name}")) for name, reader in readers.items()]
    pages.append((story.people.lead, reverse("delivery:own")))
    before = [queries(*page) for page in pages]
    for project in make.several_projects(story, 2):
        returns(project)
    assert [queries(*page) for page in pages] == before


def test_project_page_takes_as_many_queries_for_three_of_everything(story, project):
    def add():
        people = story.people
        actions.raise_risk(
            project=project, title="R", mitigation="", likelihood=1, impact=1, by=people.lead
        )
        actions.request_change(project=project, kind="dates", what="W", why="Y", by=people.lead)

    add()
    before = queries(story.people.officer, url("project", project))
    add()
    add()
    assert queries(story.people.officer, url("project", project)) == before
    assert before <= 15
