"""Every type of question in a real browser: on a desk and on a phone, with what scripts add."""

import pytest
from playwright.sync_api import expect

from grants.bids import actions as bids
from programmes.calls.models import FormVersion
from tests.browser.conftest import axe
from tests.browser.walk import scrolls_sideways
from tests.site.carefund.questions.every_type import ANSWERS, COLOURS, FORM

pytestmark = pytest.mark.browser
DEPENDENT = [
    {"key": "agree", "kind": "yes_no", "label": "Do you agree?"},
    {"key": "people", "kind": "number", "label": "People"},
    {"key": "start", "kind": "date", "label": "Start"},
    {"key": "tones", "kind": "many_of", "label": "Tones", "options": {"choices": COLOURS}},
    {
        "key": "partners",
        "kind": "partners",
        "label": "Partners",
        "show_if": {"question": "agree", "test": "is", "value": True},
    },
    {
        "key": "why",
        "kind": "short_text",
        "label": "Why?",
        "show_if": {
            "all": [
                {"question": "people", "test": "at_least", "value": 10},
                {
                    "any": [
                        {"question": "tones", "test": "includes", "value": "red"},
                        {"question": "start", "test": "at_least", "value": "2026-06-01"},
                    ]
                },
            ]
        },
    },
    {
        "key": "then",
        "kind": "short_text",
        "label": "And then?",
        "show_if": {"question": "why", "test": "is_answered"},
    },
    {"key": "approach", "kind": "rich_text", "label": "Approach"},
    {
        "key": "devices",
        "kind": "table",
        "label": "Devices",
        "options": {
            "columns": [
                {"key": "name", "kind": "short_text", "label": "Name"},
                {"key": "number", "kind": "number", "label": "Number"},
                {
                    "key": "tone",
                    "kind": "one_of",
                    "label": "Tone",
                    "options": {"choices": COLOURS},
                },
            ]
        },
    },
]
SCRIPTED = {"sections": [{"key": "scripted", "title": "Scripted", "questions": DEPENDENT}]}
PASTE = """(text) => {
  const first = document.querySelector("[data-grid] input");
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  first.dispatchEvent(
    new ClipboardEvent("paste", {clipboardData, bubbles: true, cancelable: true})
  );
}"""

AGAIN = "document.querySelector('form[data-keep]').requestSubmit()"


def begin(story, definition, answers):
    FormVersion.objects.filter(call=story.call).update(definition=definition)
    bid = bids.start_bid(
        call=story.call,
        organisation=story.authority,
        title="Warm homes",
        by=story.people.author,
        screening={"duties": True},
    )
    bids.save_answers(bid=bid, values=answers, revisions={}, by=story.people.author)
    return bid


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_every_type_is_open_to_everybody(service, sign_in, phone):
    bid = begin(service.story, FORM, ANSWERS)
    page = sign_in(service.story.people.author, phone=phone)
    for part in ("sections/simple/", "sections/plans/", "check/"):
        page.goto(f"/bids/{bid.reference}/{part}")
        axe(page)
        assert scrolls_sideways(page) <= 0


def test_questions_appear_when_what_they_depend_on_is_answered(service, sign_in):
    bid = begin(service.story, SCRIPTED, {})
    page = sign_in(service.story.people.author)
    page.goto(f"/bids/{bid.reference}/sections/scripted/")

    def asked():
        keys = ("partners", "why", "then")
        return [key for key in keys if page.locator(f"#question-{key}").is_visible()]

    assert asked() == []
    page.check("input[name=agree][value=yes]")
    assert asked() == ["partners"]
    page.check("input[name=agree][value=no]")
    page.fill("input[name=people]", "1,200")
    assert asked() == []
    page.check("input[name=tones][value=red]")
    page.fill("input[name=why]", "Because")
    assert asked() == ["why", "then"]
    page.uncheck("input[name=tones][value=red]")
    assert asked() == []
    for part, typed in (("day", "1"), ("month", "6"), ("year", "2026")):
        page.fill(f"input[name=start_{part}]", typed)
    assert asked() == ["why", "then"]
    page.fill("textarea[name=approach]", "warm")
    page.locator("textarea[name=approach]").select_text()
    page.get_by_role("button", name="Bold", exact=True).click()
    assert page.input_value("textarea[name=approach]") == "**warm**"
    page.evaluate(PASTE, "Sensor\t40\tRed\nHub\t2\tblue")
    page.click("button:has-text('Save and come back later')")
    stored = {answer.question: answer.value for answer in bid.answers.all()}
    assert stored["devices"] == [
        {"name": "Sensor", "number": "40", "tone": "red"},
        {"name": "Hub", "number": "2", "tone": "blue"},
    ]
    assert stored["why"] == "Because"


def test_files_are_sent_with_their_progress_shown(service, sign_in):
    bid = begin(service.story, FORM, ANSWERS)
    page = sign_in(service.story.people.author)
    here = f"/bids/{bid.reference}/sections/simple/"

    def send(name, content):
        page.goto(here)
        page.set_input_files("input[type=file]", {"name": name, "mimeType": "", "buffer": content})
        page.get_by_role("button", name="Save and come back later").click()

    page.route(
        f"**{here}",
        lambda route: route.abort() if route.request.method == "POST" else route.continue_(),
    )
    send("letter.txt", b"Support " * 100)
    expect(page.get_by_role("status").filter(has_text="we cannot reach")).to_be_visible()
    axe(page)
    page.unroute_all()
    with page.expect_request(lambda one: "x-carefund-upload" in one.headers):
        # Pressing again at once would be taken for a double click.
        page.evaluate(AGAIN)
    page.wait_for_url("**/sections/plans/")
    assert "saved at" in page.inner_text("body")
    assert bid.answers.get(question="letters").value[-1]["name"] == "letter.txt"
    send("program.exe", b"MZ" * 100)  # refused, and the reason is read
    expect(page.get_by_role("alert")).to_contain_text("program.exe")
