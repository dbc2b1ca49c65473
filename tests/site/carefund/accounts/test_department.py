"""Staff sign in with the department: against a real provider, over real HTTP."""

import pytest
import requests
from django.test import Client

from carefund.accounts.roles import StaffRole
from carefund.settings.signin import oidc_providers
from tests import make
from tests.support.provider import CLIENT, SECRET, Provider, new_key

from .conftest import app_code, give_app

LOGIN = "/account/login/department/"


@pytest.fixture(scope="module")
def running():
    provider = Provider()
    yield provider
    provider.close()


@pytest.fixture
def provider(running, settings, monkeypatch):
    names = ("changes", "user_changes", "config_changes", "signing_key", "algorithm", "kid")
    fresh = ({}, {}, {}, None, "RS256", "one")
    for name, value in zip(names, fresh, strict=True):
        setattr(running, name, value)
    settings.OIDC_ISSUER = running.issuer
    settings.SOCIALACCOUNT_PROVIDERS = oidc_providers(running.issuer, CLIENT, SECRET)
    return running


@pytest.fixture
def person(db, provider):
    person = make.staff(StaffRole.AUDITOR, name="Auditor")
    provider.person = {"sub": "1", "email": person.email, "email_verified": True, "amr": ["mfa"]}
    return person


def go(client, **more):
    """Press the button, sign in at the provider, come back."""
    asked = client.post(LOGIN, more)
    assert asked.status_code == 302
    back = requests.get(asked.url, allow_redirects=False, timeout=5).headers["Location"]
    return client.get(back.removeprefix("http://testserver"))


def signed_in(client):
    return "_auth_user_id" in client.session


def test_a_person_of_the_department_signs_in(client, person, provider):
    assert "Sign in with your department account" in client.get("/account/login/").content.decode()
    assert go(client, next="/reports/").url == "/reports/"
    assert client.get("/reports/").status_code == 200
    asked = provider.asked[-1]
    assert asked["code_challenge_method"] == "S256"
    assert len(asked["nonce"]) > 20


def test_without_a_second_factor_there_ours_is_asked_for(client, person, provider):
    del provider.person["amr"]
    go(client)
    assert client.get("/reports/").url == "/account/second-step/needed/"
    give_app(person)
    other = Client()
    assert go(other).url == "/account/login/second-step/"
    other.post("/account/login/second-step/", {"code": app_code(person)})
    assert other.get("/reports/").status_code == 200


@pytest.mark.parametrize("acr", ["loa2", "loa1"])
def test_the_settings_say_what_counts_as_a_second_factor(client, person, provider, settings, acr):
    settings.OIDC_MFA_AMR, settings.OIDC_MFA_ACR = [], ["loa2"]
    provider.person["acr"] = acr
    go(client)
    assert (client.get("/reports/").status_code == 200) is (acr == "loa2")


REFUSED = {
    "another nonce": {"nonce": "made up"},
    "no nonce": {"nonce": ""},
    "unverified address": {"email_verified": False},
    "a text that says false": {"email_verified": "false"},
    "no word about the address": {"email_verified": None},
    "unknown person": {"email": "nobody@example.org"},
}


@pytest.mark.parametrize("why", REFUSED)
def test_who_is_not_known_for_sure_gets_one_page(client, person, provider, why):
    provider.changes = REFUSED[why]
    provider.person.update({name: value for name, value in REFUSED[why].items() if name != "nonce"})
    answer = go(client)
    assert answer.status_code == 403
    assert "We could not sign you in" in answer.content.decode()
    assert not signed_in(client)


def test_all_refusals_are_one_page(person, provider):
    pages = set()
    for why in REFUSED.values():
        provider.person = {"sub": "1", "email": person.email, "email_verified": True}
        provider.changes = why
        provider.person.update({n: v for n, v in why.items() if n != "nonce"})
        pages.add(go(Client()).content)
    assert len(pages) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"changes": {"iss": "https://evil.example"}},
        {"changes": {"aud": "somebody else"}},
        {"changes": {"exp": 1}},
        {"config_changes": {"issuer": "https://evil.example"}},
        {"user_changes": {"sub": "2"}},
        {"signing_key": new_key()},
        {"kid": "two", "config_changes": {}},
        {"algorithm": "none"},
        {"algorithm": "HS256"},
    ],
)
def test_a_token_that_is_not_right_opens_nothing(client, person, provider, wrong, monkeypatch):
    for name, value in wrong.items():
        setattr(provider, name, value)
    if wrong.get("kid"):
        monkeypatch.setattr(provider, "keys", lambda: {"keys": []})
    answer = client.post(LOGIN) if wrong.get("config_changes") else go(client)
    assert answer.status_code == 401
    assert "We could not sign you in" in answer.content.decode()
    assert not signed_in(client)


def test_a_provider_that_is_down_is_no_error_of_ours(client, person, provider, settings):
    settings.SOCIALACCOUNT_PROVIDERS = oidc_providers("http://127.0.0.1:1", CLIENT, SECRET)
    assert client.post(LOGIN).status_code == 401


@pytest.mark.parametrize("state", ["", "made up"])
def test_a_state_that_is_not_ours_opens_nothing(client, person, provider, state):
    client.post(LOGIN)
    answer = client.get(f"{LOGIN}callback/?code=x&state={state}")
    assert answer.status_code == 401
    assert not signed_in(client)


def test_a_reply_is_not_taken_in_another_browser(client, person, provider):
    asked = client.post(LOGIN)
    back = requests.get(asked.url, allow_redirects=False, timeout=5).headers["Location"]
    thief = Client()
    assert thief.get(back.removeprefix("http://testserver")).status_code == 401
    assert not signed_in(thief)


@pytest.mark.parametrize("domains", [["example.org"], ["gov.example"]])
def test_only_the_domains_in_the_settings(client, person, provider, settings, domains):
    settings.OIDC_DOMAINS = domains
    go(client)
    assert signed_in(client) is ("example.org" in domains)


def test_nothing_in_the_address_changes_what_the_provider_is_asked(client, person, provider):
    evil = "auth_params=redirect_uri%3Dhttps%3A%2F%2Fevil.example%26nonce%3Dx&scope=admin"
    asked = client.post(f"{LOGIN}?{evil}&process=connect").url
    assert "evil.example" not in asked
    assert "admin" not in asked


def test_only_signing_in_is_possible_not_connecting(client, person, provider):
    assert go(client, process="connect").status_code == 403
    assert not signed_in(client)


def test_who_stops_there_is_told(client, person, provider):
    asked = requests.utils.unquote(client.post(LOGIN).url)
    state = asked.split("state=")[1].split("&")[0]
    answer = client.get(f"{LOGIN}callback/?error=access_denied&state={state}", follow=True)
    assert "You did not sign in" in answer.content.decode()


def test_without_an_issuer_there_is_no_such_door(client, db):
    assert client.post(LOGIN).status_code == 404
    assert "department account" not in client.get("/account/login/").content.decode()
