"""axe looks at every page that there is, on a desk and on a phone."""

import pytest
from django.core.mail import EmailMessage
from django.urls import get_resolver, reverse

from carefund.notify.backends.folder import FolderBackend
from tests.browser import pages, world
from tests.browser.conftest import axe, session_of
from tests.browser.walk import scrolls_sideways

CLIPPED = """[...document.querySelectorAll('.cf-list .cf-scroll')].some(
  list => list.scrollWidth > list.clientWidth)"""
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture
def full(service, known_time, settings, tmp_path):
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    settings.CAREFUND_EXAMPLE = True  # for the page of its mails
    found = world.build(service.story, known_time)
    FolderBackend().send_messages([EmailMessage("A code", "It is 1.", to=["a@example.org"])])
    found.things.mail = next(settings.EMAIL_FILE_PATH.glob("*.eml")).stem
    return found


@pytest.fixture
def windows(service, browser):
    """A window for each person, signed in without the form, which other tests use."""
    opened = {}

    def window(person):
        key = person and person.pk
        if key not in opened:
            context = browser.new_context(viewport=DESK, base_url=service.url)
            if person:
                context.add_cookies([session_of(person, service.url)])
            opened[key] = context.new_page()
        return opened[key]

    yield window
    for page in opened.values():
        page.context.close()


def problems_of(page, address, status=200):
    """What is wrong with a page, on a desk and on a phone."""
    answer = page.goto(address)
    if answer.status != status:
        return [f"{address}: {answer.status} instead of {status}"]
    found = []
    # As wide as the page before was left, so that each page changes its width but once. Colours
    # are the same at both: they are looked at on a desk and on a phone in turn.
    for place, size in enumerate((DESK, PHONE) if page.viewport_size == DESK else (PHONE, DESK)):
        page.set_viewport_size(size)
        try:
            axe(page, contrast=place == 0)
        except AssertionError as error:
            found.append(f"at {size['width']}: {error}")
        if (beyond := scrolls_sideways(page)) > 0:
            found.append(f"{address} scrolls sideways by {beyond} at {size['width']}")
        if page.evaluate(CLIPPED):
            found.append(
                f"{address} has a list whose last columns are out of sight at {size['width']}"
            )
    return found


@pytest.mark.long
@pytest.mark.browser
@pytest.mark.parametrize("half", pages.HALVES)
def test_every_page_is_open_to_everybody(half, full, windows):
    found = []
    for name, person, arguments in pages.pages(full, half):
        found += problems_of(windows(person), reverse(name, args=arguments))
    assert found == [], "\n".join(found)


@pytest.mark.long
@pytest.mark.browser
def test_pages_of_the_website_and_of_signing_in_are_open_to_everybody(service, windows):
    people, found = service.story.people, []
    call = f"/calls/{service.story.call.code}/"
    for who, address, status in (
        *((who, address, 200) for who, address in (*pages.ADDRESSES, (None, call))),
        *pages.REFUSALS,
    ):
        found += problems_of(windows(who and getattr(people, who)), address, status)
    assert found == [], "\n".join(found)


def is_own(space):
    """Not Wagtail's, and not the answers of the API, which are data."""
    return "wagtail" not in space and space != "api"


def own_names(resolver=None, spaces=()):
    """The names of all addresses of the service's own apps."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if hasattr(pattern, "url_patterns"):
            inner = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from own_names(pattern, inner)
        elif pattern.name and len(spaces) == 1 and is_own(spaces[0]):
            yield f"{spaces[0]}:{pattern.name}"


class Anything:
    """Stands for whatever a table of pages asks of its world."""

    def __getattr__(self, name):
        return self


def test_every_address_of_the_service_is_looked_at():
    looked_at = {name for name, _, _ in pages.pages(Anything())}
    elsewhere = pages.DOWNLOADS | pages.ONLY_POSTED | pages.OTHERS
    assert looked_at | elsewhere == set(own_names())
    assert looked_at & elsewhere == set()
