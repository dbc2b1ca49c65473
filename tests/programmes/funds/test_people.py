"""Who gives roles in the department, and which no one person holds together."""

import re

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from carefund.accounts.models import User
from carefund.accounts.roles import StaffRole as Role
from carefund.core.actors import SYSTEM
from carefund.core.errors import NotAllowed, Refused
from carefund.notify.models import OutboxMessage
from programmes.funds import actions
from programmes.funds.actions import DutiesClash
from programmes.funds.models import Programme, RoleAssignment
from programmes.funds.queries import staff_roles
from tests import make


def give(s, user, role, programme=None, by=None):
    return actions.give_role(
        user=user, role=role, programme=programme, by=by or s.people.administrator
    )


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (Role.PROGRAMME_OFFICER, Role.FINANCE_OFFICER),
        (Role.FINANCE_OFFICER, Role.PROGRAMME_OFFICER),
        (Role.SENIOR_OFFICER, Role.FINANCE_OFFICER),
        (Role.FINANCE_OFFICER, Role.SENIOR_OFFICER),
    ],
)
def test_nobody_both_approves_and_releases_for_one_programme(story, first, second):
    person, here = make.user(), story.programme
    give(story, person, first, here)
    for scope in (here, None):
        with pytest.raises(DutiesClash, match="approve and release"):
            give(story, person, second, scope)
    assert give(story, person, second, Programme.objects.get(code="elsewhere"))


def test_an_auditor_holds_no_other_role(story):
    person = make.user()
    give(story, person, Role.AUDITOR)
    with pytest.raises(DutiesClash, match="changes nothing"):
        give(story, person, Role.ANALYST, story.programme)


def test_nobody_asks_for_money_and_decides_about_it(story):
    with pytest.raises(DutiesClash, match="Here Council"):
        give(story, story.people.viewer, Role.PROGRAMME_OFFICER, story.programme)
    assert give(story, story.people.viewer, Role.ASSESSOR, story.programme)


def test_nobody_gives_or_ends_their_own_role(client, story):
    chief = story.people.administrator
    with pytest.raises(NotAllowed, match="own roles"):
        give(story, chief, Role.ANALYST)
    with pytest.raises(NotAllowed):
        actions.end_role(assignment=chief.role_assignments.get(), reason="x", by=chief)
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleAssignment.objects.create(user=chief, role=Role.ANALYST, given_by=chief)
    client.force_login(chief)
    client.post(reverse("funds:person", args=[chief.pk]), {"role": "analyst", "programme": ""})
    assert staff_roles(make.fresh(chief)) == {("administrator", None)}


def test_an_administrator_of_one_programme_gives_roles_there_alone(story):
    local = make.staff(Role.ADMINISTRATOR, story.programme)
    person = make.user()
    assert give(story, person, Role.ANALYST, story.programme, by=local)
    for scope in (None, Programme.objects.get(code="elsewhere")):
        with pytest.raises(NotAllowed):
            give(story, person, Role.ANALYST, scope, by=local)


def test_the_last_service_administrator_stays(story):
    local = make.staff(Role.ADMINISTRATOR, None, "Second")
    row = story.people.administrator.role_assignments.get()
    actions.end_role(assignment=row, reason="Moved.", by=local)
    with pytest.raises(Refused, match="last service administrator"):
        actions.end_role(assignment=local.role_assignments.get(), reason="x", by=SYSTEM)


def test_a_new_colleague_is_invited_with_a_role(client, story):
    client.force_login(story.people.administrator)
    sent = {
        "name": "New Colleague",
        "email": "new@department.example",
        "role": "analyst",
        "programme": story.programme.code,
    }
    assert client.post(reverse("funds:invite"), sent).status_code == 302
    assert "New Colleague" in client.get(reverse("funds:people")).content.decode()
    mail = OutboxMessage.objects.get(address="new@department.example").text
    client.logout()
    client.post(re.search(r"/invitations/[\w-]+/", mail)[0])
    person = User.objects.get(email="new@department.example")
    assert staff_roles(person) == {("analyst", story.programme.pk)}


def test_an_organisation_without_an_administrator_gets_its_first(story):
    place = make.authority()
    invitation = actions.invite_first_administrator(
        organisation=place, email="a@b.example", name="A", by=story.people.administrator
    )
    assert invitation.roles == ["org_administrator"]
    with pytest.raises(Refused, match="has an administrator"):
        actions.invite_first_administrator(
            organisation=story.authority,
            email="a@b.example",
            name="A",
            by=story.people.administrator,
        )


@pytest.mark.parametrize("name", ["people", "organisations"])
def test_the_lists_take_the_same_queries_however_many(client, story, name):
    client.force_login(story.people.administrator)

    def count():
        with CaptureQueriesContext(connection) as found:
            assert client.get(reverse(f"funds:{name}")).status_code == 200
        return len(found)

    count()
    first = count()
    for _ in range(3):
        make.staff(Role.ANALYST, story.programme)
        make.authority()
    assert count() == first


def test_the_download_holds_exactly_who_is_listed_with_their_roles(client, story):
    client.force_login(story.people.auditor)
    answer = client.get(reverse("funds:people"), {"role": "analyst", "export": "csv"})
    body = b"".join(answer) if answer.streaming else answer.content
    lines = body.decode("utf-8-sig").splitlines()
    assert lines[1:] == ['Analyst,analyst@example.org,"Analyst, all programmes"']
