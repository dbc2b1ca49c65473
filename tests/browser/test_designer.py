"""An editor designs the form of a call in the CMS, without a developer."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group

from carefund.core import clock
from carefund.questions.definition import FormDefinition
from programmes.calls.models import Call
from tests.browser.test_cms import fill_call

pytestmark = pytest.mark.browser


def inside(page, name):
    """The block or the stream that a hidden field belongs to."""
    return page.locator(f"[name='{name}']").locator("xpath=..")


def add_rule(page):
    inside(page, "form_rules-count").get_by_role("button", name="Insert a block").click()
    page.fill(
        "[name='form_rules-0-value-expression']",
        'total(budget, "evaluation") >= 20% * total(budget)',
    )
    page.fill("[name='form_rules-0-value-message']", "Spend at least 20% on evaluation.")
    inside(page, "form_rules-0-value-questions-count").get_by_role(
        "button", name="Add"
    ).first.click()
    page.fill("[name='form_rules-0-value-questions-0-value']", "budget")


def add_conditional_question(page):
    inside(page, "form-0-type").get_by_role("button", name="Toggle section").first.click()
    questions = inside(page, "form-0-value-questions-count")
    questions.get_by_role("button", name="Insert a block").last.click()
    page.get_by_role("option", name="Number", exact=True).click()
    page.fill("[name='form-0-value-questions-4-value-label']", "How many partners?")
    question = inside(page, "form-0-value-questions-4-type")
    question.locator("[data-streamfield-action=SETTINGS]").first.click()
    tests = inside(page, "form-0-value-questions-4-value-show_if-tests-count")
    if not tests.is_visible():
        question.get_by_role("button", name="Toggle section").nth(1).click()
    tests.get_by_role("button", name="Add").first.click()
    start = "form-0-value-questions-4-value-show_if-tests-0-value"
    page.focus(f"[name='{start}-question']")
    offered = page.eval_on_selector_all("#cf-offered option", "all => all.map(one => one.value)")
    page.fill(f"[name='{start}-question']", "has_partners")
    page.fill(f"[name='{start}-value']", "yes")
    return offered


def test_editor_designs_the_form_of_a_call(service, sign_in):
    """A rule of the technology fund, and a question asked only of some, without a developer."""
    story, people = service.story, service.story.people
    people.editor.groups.add(Group.objects.get_or_create(name="Editors")[0])
    editor = sign_in(people.editor)
    editor.set_default_timeout(20_000)
    fill_call(editor, story, clock.now() + timedelta(hours=2), clock.now() + timedelta(days=21))
    editor.get_by_role("tab", name="Application form").click()
    add_rule(editor)
    offered = add_conditional_question(editor)
    assert offered == ["summary", "contact", "has_partners", "partners"]

    editor.get_by_role("button", name="Save draft").click()
    editor.wait_for_url(lambda url: "/add/" not in url)
    call = Call.objects.get(title__startswith="Night")
    form = FormDefinition.parse(call.forms.get().definition)
    assert [rule.message for rule in form.rules] == ["Spend at least 20% on evaluation."]
    asked = form.question("how_many_partners")
    assert (asked.kind, asked.show_if.question, asked.show_if.value) == (
        "number",
        "has_partners",
        True,
    )
