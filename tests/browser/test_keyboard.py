"""Signing in and answering a section with the keyboard alone."""

import pytest
from playwright.sync_api import expect

from tests import make
from tests.browser.conftest import PASSWORD

pytestmark = pytest.mark.browser

WHERE = """() => {
  const here = document.activeElement, style = getComputedStyle(here);
  const marked = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
  return {
    name: here.name || '',
    text: here.innerText || here.value || '',
    href: here.getAttribute('href') || '',
    seen: marked || style.boxShadow !== 'none',
  };
}"""
MOST_STOPS = 60


def tab_to(page, **wanted):
    """Go on with Tab until the focus is on what is wanted; it must be seen at every stop."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        here = page.evaluate(WHERE)
        assert here["seen"], f"The focus is not seen on {here} at {page.url}"
        if all(here[key].strip() == value for key, value in wanted.items()):
            return
    pytest.fail(f"{wanted} is not reached with Tab at {page.url}")


def enter(page):
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.wait_for_load_state()


def test_section_is_answered_with_the_keyboard_alone(service, browser):
    story = service.story
    bid = make.draft_bid(story)
    context = browser.new_context(base_url=service.url)
    page = context.new_page()
    page.goto("/account/login/")
    # Its script gives the focus to what it leads to.
    page.wait_for_selector("[data-govuk-skip-link-init]", state="attached")
    tab_to(page, href="#main-content")
    page.keyboard.press("Enter")
    expect(page.locator("#main-content")).to_be_focused()
    tab_to(page, text="Sign in with a password")
    enter(page)
    tab_to(page, name="login")
    page.keyboard.type(story.people.author.email)
    tab_to(page, name="password")
    page.keyboard.type(PASSWORD)
    enter(page)
    assert "/account/login/" not in page.url

    page.goto(f"/bids/{bid.reference}/")
    tab_to(page, text="Your project")
    enter(page)
    tab_to(page, name="summary")
    page.keyboard.press("Control+A")
    page.keyboard.type("Typed without a mouse.")
    tab_to(page, name="partners")
    tab_to(page, text="Save and continue")
    enter(page)
    assert "/sections/money/" in page.url
    assert bid.answers.get(question="summary").value == "Typed without a mouse."
    context.close()
