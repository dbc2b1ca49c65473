"""Two people turn the money of one project at the same moment: it moves once."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from threading import Thread

import pytest
from django.db import connection

from carefund.core.errors import Refused, WrongState
from grants.delivery import actions
from grants.delivery.models import ChangeRequest, Project
from grants.delivery.purse import purse
from grants.payments import actions as payments
from grants.payments.models import Claim
from grants.payments.queries import claimable, claimed
from programmes.funds.queries import unreconciled
from tests import make
from tests.support.races import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
FIRST, SECOND = (2026, "revenue"), (2027, "revenue")


@pytest.fixture
def story():
    return make.story()


@pytest.fixture
def project(story):
    found = make.project(story)
    make.budget(story.programme, 2027, "revenue", "5000.00")
    return found


@pytest.fixture
def change(story, project):
    return actions.request_money_change(
        project=project,
        amounts={FIRST: Decimal(15000), SECOND: Decimal(25000)},
        why="Late.",
        by=story.people.lead,
    )


def committed(story):
    rows = story.programme.budget_lines.filter(kind="revenue").order_by("financial_year")
    return [int(x.committed) for x in rows]


def claim(story, amount):
    return payments.make_claim(
        project=Project.objects.get(),
        period_starts_on=date(2026, 5, 1),
        period_ends_on=date(2026, 5, 31),
        amounts={FIRST: Decimal(amount)},
        narrative="Staff.",
        by=story.people.lead,
    )


def succeeded(results):
    return [isinstance(found, Refused) for found in results].count(False)


def test_two_approvals_of_a_change_move_the_money_once(story, change):
    second = make.staff(make.StaffRole.PROGRAMME_OFFICER, story.programme, "Officer Two")

    def approve(by):
        row = ChangeRequest.objects.get(pk=change.pk)
        return actions.decide_change(request=row, approve=True, reason="Fine.", by=by)

    assert succeeded(at_once(approve, [story.people.officer, second])) == 1
    assert committed(story) == [15000, 25000]
    assert unreconciled() == []


def test_claim_and_change_at_once_never_leave_more_claimed_than_there_is(story, project, change):
    def one(what):
        if what == "claim":
            return claim(story, "18000.00")
        row = ChangeRequest.objects.get(pk=change.pk)
        return actions.decide_change(
            request=row, approve=True, reason="Fine.", by=story.people.officer
        )

    assert succeeded(at_once(one, ["claim", "change"])) == 1
    assert min(claimable(make.fresh(project)).values()) >= 0


def test_claim_and_closing_at_once_commit_what_is_claimed(story, project):
    def one(what):
        if what == "claim":
            return claim(story, "8000.00")
        row = Project.objects.get(pk=project.pk)
        return actions.end_early(project=row, reason="Gone.", by=story.people.officer)

    # First the claim: it is withdrawn with the end. First the end: the claim is refused.
    assert succeeded(at_once(one, ["claim", "end"])) in {1, 2}
    assert claimed(make.fresh(project)) == {}
    assert committed(story) == [0, 0]


def test_claim_submitted_while_its_project_ends_is_withdrawn_or_decided_first(story, project):
    people, made = story.people, claim(story, "8000.00")
    payments.certify(claim=made, by=people.certifier)

    def one(what):
        if what == "submit":
            return payments.submit(claim=Claim.objects.get(pk=made.pk), by=people.lead)
        row = Project.objects.get(pk=project.pk)
        return actions.end_early(project=row, reason="Gone.", by=people.officer)

    assert succeeded(at_once(one, ["submit", "end"])) == 1
    ends = (make.fresh(project).state, make.fresh(made).state)
    assert ends in {("active", "submitted"), ("terminated", "withdrawn")}


def test_claim_is_not_submitted_between_what_the_end_reads_and_what_it_does(
    story, project, monkeypatch
):
    people, made = story.people, claim(story, "8000.00")
    payments.certify(claim=made, by=people.certifier)
    submitting = []

    def late_submit():
        try:
            payments.submit(claim=Claim.objects.get(pk=made.pk), by=people.lead)
        except Refused as refused:
            submitting.append(refused)
        finally:
            connection.close()

    read = purse().closing

    def slow(row, *, early):
        found = read(row, early=early)
        threads.append(Thread(target=late_submit))
        threads[0].start()
        threads[0].join(timeout=1)
        return found

    threads = []
    monkeypatch.setattr("grants.delivery.purse._purses", [replace(purse(), closing=slow)])
    actions.end_early(project=project, reason="Gone.", by=people.officer)
    threads[0].join(timeout=30)
    assert [type(found) for found in submitting] == [WrongState]
    assert make.fresh(made).state == "withdrawn"
    assert committed(story) == [0, 0]


def test_two_ends_of_a_project_give_its_rest_back_once(story, project):
    def end(_number):
        row = Project.objects.get(pk=project.pk)
        return actions.end_early(project=row, reason="Gone.", by=story.people.officer)

    assert succeeded(at_once(end, [1, 2])) == 1
    assert committed(story) == [0, 0]
    assert unreconciled() == []
