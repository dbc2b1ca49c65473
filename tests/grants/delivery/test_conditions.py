"""Reach a level by a day, as a condition of the grant: carried, followed, confirmed, reminded."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from carefund.core import clock
from carefund.core.errors import NotAllowed, Refused
from carefund.notify.models import OutboxMessage
from grants.awards import actions as awards
from grants.delivery import actions
from grants.delivery.models import LevelCondition, Project
from programmes.standards.models import CallDemand
from tests import make
from tests.pages import get, post, queries, redirected, text

BY = date(2026, 12, 1)


@pytest.fixture
def standard(story):
    return make.standard()


@pytest.fixture
def project(story, assessed, standard):
    CallDemand.objects.create(call=story.call, standard=standard, level=3, due_on=BY)
    offer = make.offer(story, assessed).offer
    awards.accept(offer=offer, by=story.people.chief)
    return Project.objects.get(offer=offer)


def url(name, project, *args):
    return reverse(f"delivery:{name}", args=[project.reference, *args])


def page_of(story, project, person="lead"):
    return text(get(getattr(story.people, person), project.get_absolute_url()))


def shows(story, level=3):
    return make.self_assessment(story.authority, level)


def test_project_carries_what_its_call_asked_of_every_grant(story, project):
    row = project.level_conditions.get()
    assert (row.level, row.due_on, row.measure, row.state) == (3, BY, None, "set")
    for person in ("lead", "viewer", "officer", "auditor"):
        page = page_of(story, project, person)
        assert "Reach level 3 of every measure" in page
        assert "has not submitted a self-assessment of this standard" in page
        assert "To be reached" in page
        assert "Condition set: reach a level of a standard" in page


def test_condition_is_due_then_overdue_then_shown_then_met(story, project, known_time):
    row = project.level_conditions.get()
    known_time.move_to("2026-11-10T09:00:00+00:00")
    assert "Due</strong>" in " ".join(page_of(story, project).split())
    known_time.move_to("2026-12-02T09:00:00+00:00")
    assert "Overdue" in page_of(story, project)
    confirm = url("confirm_condition", project, row.pk)
    assert "has not submitted" in text(post(story.people.officer, confirm, {"note": ""}))
    done = shows(story)
    assert "Shown, to be confirmed" in page_of(story, project)
    assert done.get_absolute_url() in text(get(story.people.officer, confirm))
    assert redirected(post(story.people.officer, confirm, {"note": "Read."}))
    row.refresh_from_db()
    assert (row.state, row.shown_by) == ("met", done)
    page = page_of(story, project)
    assert "met 2 December 2026" in page
    assert "Condition confirmed as met" in page
    again = text(post(story.people.officer, confirm, {"note": ""}))
    assert "because it is now “met”" in again


def test_lower_level_later_does_not_undo_what_was_confirmed(story, project):
    shows(story)
    row = project.level_conditions.get()
    actions.confirm_condition(condition=row, note="", by=story.people.officer)
    shows(story, 1)
    assert "met 15 June 2026" in page_of(story, project)
    with pytest.raises(IntegrityError), transaction.atomic():
        LevelCondition.objects.filter(pk=row.pk).update(shown_by=None)


def test_officer_adds_a_condition_that_was_agreed_and_releases_it(story, project, standard):
    one = standard.measures.get(code="safe-practice")
    day = {"due_on_day": 1, "due_on_month": 3, "due_on_year": 2027}
    data = {"what": f"{standard.pk}:{one.pk}", "level": 2, "reason": "Letter of May.", **day}
    new = url("add_condition", project)
    assert redirected(post(story.people.officer, new, data))
    assert "carries this condition already" in text(post(story.people.officer, new, data))
    page = page_of(story, project)
    assert "Reach level 2 of “Safe practice”" in page
    assert "Letter of May." in page
    row = project.level_conditions.get(measure=one)
    release = url("release_condition", project, row.pk)
    assert "Why is the condition released" in text(post(story.people.officer, release, {}))
    assert redirected(post(story.people.officer, release, {"reason": "No longer needed."}))
    assert "No longer needed." in page_of(story, project)
    assert "Released" in page_of(story, project)


def test_days_in_the_past_and_after_the_project_are_refused(story, project, standard):
    for day in (clock.today(), project.ends_on + timedelta(days=1)):
        with pytest.raises(Refused, match="Choose a day in the future"):
            actions.set_condition(
                project=project,
                standard=standard,
                level=1,
                due_on=day,
                reason="So.",
                by=story.people.officer,
            )


def test_only_officers_of_the_programme_set_and_confirm(story, project):
    row = project.level_conditions.get()
    for name, args in (("add_condition", ()), ("confirm_condition", (row.pk,))):
        for person, status in (("lead", 403), ("auditor", 403), ("stranger", 404)):
            page = get(getattr(story.people, person), url(name, project, *args))
            assert page.status_code == status
    with pytest.raises(NotAllowed):
        actions.release_condition(condition=row, reason="x", by=story.people.lead)


def test_project_is_not_completed_while_a_condition_is_open(story, project):
    for milestone in project.milestones.all():
        actions.report(
            milestone=milestone, achieved_on=clock.today(), note="Done.", by=story.people.lead
        )
        actions.confirm(milestone=milestone, note="", by=story.people.officer)
    with pytest.raises(Refused, match="neither met nor released"):
        actions.complete(project=project, by=story.people.officer)
    row = project.level_conditions.get()
    actions.release_condition(condition=row, reason="Merged.", by=story.people.officer)
    closed = actions.complete(project=project, reason="It said so.", by=story.people.officer)
    assert closed.state == "completed"


def test_authority_is_reminded_a_month_ahead_once_unless_it_is_reached(
    story, project, known_time, run_jobs
):
    told = OutboxMessage.objects.filter(kind="delivery.level_due")
    run_jobs()
    assert not told.exists()
    known_time.move_to("2026-11-01T10:00:00+00:00")
    run_jobs()
    people = {row.recipient for row in told}
    assert people == {story.people.lead, story.people.chief}
    assert "1 December 2026" in told[0].subject_line
    run_jobs()
    assert told.count() == 2


def test_nobody_is_reminded_of_what_is_reached(story, project, known_time, run_jobs):
    known_time.move_to("2026-11-01T10:00:00+00:00")
    shows(story)
    run_jobs()
    assert not OutboxMessage.objects.filter(kind="delivery.level_due").exists()


def test_conditions_wait_for_who_can_do_something(story, project, known_time):
    known_time.move_to("2026-12-02T09:00:00+00:00")
    own, today = reverse("dashboards:organisation"), reverse("dashboards:today")
    assert "level 3 of every measure" in text(get(story.people.lead, own))
    assert "Wait for level 3 of every measure" in text(get(story.people.officer, today))
    shows(story)
    assert "level 3 of every measure" not in text(get(story.people.lead, own))
    assert "Confirm level 3 of every measure" in text(get(story.people.officer, today))


def test_pages_take_as_many_queries_for_three_conditions_as_for_one(story, project, standard):
    shows(story, 2)
    pages = [
        (story.people.officer, project.get_absolute_url()),
        (story.people.officer, reverse("dashboards:today")),
    ]
    before = [queries(*page) for page in pages]
    for measure in standard.measures.all()[:2]:
        actions.set_condition(
            project=project,
            standard=standard,
            measure=measure,
            level=2,
            due_on=BY,
            reason="So.",
            by=story.people.officer,
        )
    assert [queries(*page) for page in pages] == before
