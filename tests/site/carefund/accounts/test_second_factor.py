"""Staff and auditors reach nothing without a second factor, whichever way they came in."""

from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.test import Client
from django.urls import reverse

from carefund.accounts import codes, factors
from carefund.accounts.roles import StaffRole
from carefund.audit.models import Entry
from tests import make

from .conftest import app_code, by_password, give_app, plain, told

NEEDED = "/account/second-step/needed/"


@pytest.mark.parametrize("role", StaffRole.values)
@pytest.mark.parametrize("path", ["/manage/", "/", "/cms/", "/api/openapi.json", "/reports/"])
def test_staff_without_a_second_factor_reach_only_its_set_up(db, role, path):
    client = Client()
    by_password(client, make.staff(role))
    assert client.get(path).url == NEEDED
    assert client.get(NEEDED).status_code == 200


def test_no_file_opens_without_a_second_factor(story):
    client = plain(story.people.officer)
    assert client.get(reverse("files:download", args=[uuid4()])).url == NEEDED
    assert client.post("/messages/read/").url == NEEDED


@pytest.mark.parametrize("field", ["is_staff", "is_superuser"])
def test_whoever_is_marked_as_staff_needs_one_too(author, field):
    setattr(author, field, True)
    author.save()
    assert plain(author).get("/cms/").url == NEEDED


def test_a_council_needs_none(author):
    assert plain(author).get("/bids/").status_code == 200


def test_a_role_given_later_closes_the_session_until_it_is_shown(author, story):
    give_app(author)
    client = plain(author)
    assert client.get("/bids/").status_code == 200
    make.RoleAssignment.objects.create(user=author, role=StaffRole.AUDITOR)
    assert client.get("/bids/").url == "/account/confirm/second-step/?next=%2Fbids%2F"
    before = client.session.session_key
    sent = {"code": app_code(author), "next": "/bids/"}
    assert client.post("/account/confirm/second-step/", sent).url == "/bids/"
    assert client.get("/bids/").status_code == 200
    assert client.session.session_key != before


@pytest.mark.parametrize("name", ["mfa_activate_totp", "mfa_add_webauthn", "account_email"])
def test_who_has_a_factor_cannot_go_round_it_by_adding_another(officer, name):
    client = plain(officer)
    assert "/confirm/second-step/" in client.get(reverse(name)).url


def test_an_app_is_set_up_and_opens_the_service(transactional_db, officer):
    Authenticator.objects.all().delete()
    client, other = Client(), Client()
    by_password(client, officer)
    by_password(other, officer)
    page = client.get("/account/second-step/app/")
    secret = page.context["form"].secret
    code = codes.totp.format_hotp_value(
        codes.totp.hotp_value(secret, next(codes.totp.yield_hotp_counters_from_time()))
    )
    response = client.post("/account/second-step/app/", {"code": code})
    assert response.url == "/account/second-step/codes/"
    assert "10 of 10 are left" in client.get(response.url).content.decode()
    assert client.get("/manage/").status_code == 200
    assert told(officer).subject_line == "An authenticator app was set up"
    assert Entry.objects.filter(verb="second_step.add", actor=officer).count() == 2
    assert other.get("/manage/").url.startswith("/account/login/")  # ended elsewhere
    row = Authenticator.objects.get(type="totp")
    assert secret not in str(row.data)  # encrypted at rest


def test_a_recovery_code_signs_in_once(officer):
    from_codes = RecoveryCodes.activate(officer).get_unused_codes()
    for expected in (302, 200):
        client = Client()
        by_password(client, officer)
        answer = client.post("/account/login/second-step/", {"code": from_codes[0]})
        assert answer.status_code == expected


def test_staff_cannot_remove_their_last_factor(client, officer):
    client.force_login(officer)
    answer = client.post("/account/second-step/app/off/")
    assert "Add another one before" in answer.content.decode()
    assert factors.own(officer)


def test_a_council_may_remove_theirs_and_is_told(client, author):
    give_app(author)
    client.force_login(author)
    assert client.post("/account/second-step/app/off/").url == "/account/second-step/"
    assert not factors.own(author)
    assert "switched off" in told(author).subject_line


def test_example_people_are_shown_their_code_only_in_the_example(client, officer, settings):
    by_password(client, officer)
    page = "/account/login/second-step/"
    officer.is_sample = True
    officer.save()
    assert "This is an example" not in client.get(page).content.decode()
    settings.CAREFUND_EXAMPLE = True
    assert codes.shown_code(officer) in client.get(page).content.decode()
    officer.is_sample = False
    officer.save()
    assert "This is an example" not in client.get(page).content.decode()


def test_the_shown_code_is_never_a_used_one(officer, settings):
    settings.CAREFUND_EXAMPLE = True
    officer.is_sample = True
    officer.save()
    used = set()
    for _ in range(3):
        client = Client()
        by_password(client, officer)
        code = codes.shown_code(officer)
        assert client.post("/account/login/second-step/", {"code": code}).status_code == 302
        used.add(code)
    assert len(used) == 3
