"""A passkey is set up and signed in with, on a device that the browser itself plays."""

import pytest
from allauth.mfa.models import Authenticator

from carefund.accounts.roles import StaffRole
from carefund.audit.models import Entry
from tests import make
from tests.browser.conftest import PASSWORD, axe

pytestmark = pytest.mark.browser

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
NOT_USED = "The passkey was not used. Try again, or use another way to go on."


@pytest.fixture
def device(service, browser):
    """A page, and the session in which its browser pretends to have an authenticator."""
    context = browser.new_context(base_url=service.url)
    page = context.new_page()
    page.set_default_timeout(5000)
    cdp = context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    made = cdp.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    cdp.number = made["authenticatorId"]
    yield page, cdp
    context.close()


def enter_by_password(page, person):
    page.goto("/account/login/password/")
    page.get_by_label("Email address").fill(person.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def add_passkey(page, *, alone):
    page.get_by_label("What will you call it?").fill("Work laptop")
    if alone:
        page.get_by_label("Sign in with it alone").check()
    axe(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Add the passkey").click()


def sign_out(page):
    page.goto("/account/logout/")
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("button", name="Sign out").click()


def test_staff_set_up_a_passkey_and_sign_in_with_it_alone(device):
    page, _ = device
    person = make.staff(StaffRole.AUDITOR)
    enter_by_password(page, person)
    page.get_by_role("button", name="Add a passkey").click()
    add_passkey(page, alone=True)
    assert "recovery codes" in page.get_by_role("main").inner_text().lower()
    assert Authenticator.objects.filter(user=person, type="webauthn").count() == 1
    sign_out(page)
    page.goto("/account/login/")
    with page.expect_navigation():
        page.get_by_role("button", name="Sign in with a passkey").click()
    assert page.goto("/manage/record/").status == 200  # what needs a second factor is open
    assert page.url.endswith("/manage/record/")
    last = Entry.objects.filter(verb="sign_in.start").order_by("-pk").first()
    assert (last.actor_id, last.reason) == (person.pk, "passkey or security key")


def test_a_key_stands_as_second_step_after_a_password(device):
    page, _ = device
    person = make.staff(StaffRole.AUDITOR)
    enter_by_password(page, person)
    page.get_by_role("button", name="Add a passkey").click()
    add_passkey(page, alone=False)
    sign_out(page)
    enter_by_password(page, person)
    axe(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Use a passkey").click()
    assert page.goto("/manage/record/").status == 200
    assert page.url.endswith("/manage/record/")


def test_a_device_without_the_passkey_is_told_in_words_and_lets_nobody_in(device):
    page, cdp = device
    page.goto("/account/login/")
    told = page.locator("[data-passkey-failed]")
    assert told.inner_text() == ""
    cdp.send("WebAuthn.setUserVerified", {"authenticatorId": cdp.number, "isUserVerified": False})
    page.get_by_role("button", name="Sign in with a passkey").click()
    told.get_by_text(NOT_USED).wait_for()
    axe(page)
    assert page.goto("/messages/").url.endswith("/account/login/?next=/messages/")
