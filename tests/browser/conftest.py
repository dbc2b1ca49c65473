"""A real browser in front of a real server; every page is looked at by axe as it is visited."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from carefund.website.example import tree
from tests import make
from tests.support.needs import browser_path

AXE = (Path(__file__).resolve().parents[2] / "node_modules/axe-core/axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Only what is wrong is worked out in full: that takes a third less time than all that is right.
# Style sheets need not be read beforehand: that is for rules about video, of which there is none.
# What surrounds a page (header, menus, footer) is the same on many: it is left out where the very
# same was found right at this width before.
LOOK = """async ([tags, known, contrast]) => {
  const around = [...document.querySelectorAll('body > header, body > footer, nav')];
  const next = (sum, sign) => (sum * 31 + sign.codePointAt()) % 2 ** 47;
  const short = text => [...text].reduce(next, 7);
  const names = around.map(part => `${innerWidth} ${contrast} ${short(part.outerHTML)}`);
  const exclude = around.filter((part, place) => known.includes(names[place]));
  const found = await axe.run({include: [document], exclude}, {
    runOnly: {type: 'tag', values: tags}, resultTypes: ['violations'], preload: false,
    rules: {'color-contrast': {enabled: contrast}},
  });
  return {violations: found.violations, names};
}"""
PASSWORD = "a long password"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {
        **browser_type_launch_args,
        "executable_path": str(browser_path()),
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
        ],
    }


def plain_files(settings):
    """Stylesheets and scripts as they lie in the tree; nothing has to be collected."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture
def service(transactional_db, live_server, known_time, settings):
    """The running service with a story in it; its clock is the one that the test sets."""
    plain_files(settings)
    story = make.story()
    tree.load()
    live_server.story = story
    return live_server


FOUND_RIGHT = set()


def axe(page, *, contrast=True):
    """Fail on anything that shuts somebody out of the page as it stands.

    `contrast` takes half of the time: who looks at a page twice leaves it out once.
    """
    if not page.evaluate("'axe' in window"):
        page.context.add_init_script(AXE)  # the pages after this one have it
        page.evaluate(AXE)
    found = page.evaluate(LOOK, [RULES, sorted(FOUND_RIGHT), contrast])
    problems = [
        (v["id"], [n["target"] for n in v["nodes"]][:3], v["help"])
        for v in found["violations"]
        if not _accepted(v)
    ]
    assert problems == [], f"{page.url}: {json.dumps(problems, indent=1)}"
    FOUND_RIGHT.update(found["names"])


def _accepted(violation):
    """The design system itself gives aria-expanded to a radio that reveals a field."""
    return violation["id"] == "aria-allowed-attr" and all(
        'type="radio"' in n["html"] or 'type="checkbox"' in n["html"] for n in violation["nodes"]
    )


def session_of(person, address):
    """The cookie of a session of `person`, who has shown a second factor in it."""
    client = Client()
    client.force_login(person)
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": address}


@pytest.fixture
def sign_in(service, browser):
    """A page of their own for a person of the story, signed in without the form."""
    contexts = []

    def enter(person, *, phone=False, javascript=True):
        size = {"width": 390, "height": 844} if phone else {"width": 1280, "height": 900}
        context = browser.new_context(
            viewport=size, java_script_enabled=javascript, base_url=service.url
        )
        contexts.append(context)
        context.add_cookies([session_of(person, service.url)])
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.goto("/start/")
        page.wait_for_load_state()
        return page

    yield enter
    for context in contexts:
        context.close()
