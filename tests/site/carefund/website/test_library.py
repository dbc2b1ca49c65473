"""Questions kept to be asked in many calls."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from carefund.website.actions import prepare_call
from carefund.website.models import CallPage, LibraryQuestion
from programmes.calls import actions as calls
from programmes.calls.models import Call
from tests import make
from tests.pages import text

from .test_calls import editor, index, page  # noqa: F401 - fixtures

LISTED = "wagtailsnippets_website_libraryquestion:list"


@pytest.fixture
def homes():
    row = LibraryQuestion(
        title="Number of care homes",
        question=json.dumps([{"type": "number", "value": {"label": "How many care homes?"}}]),
    )
    row.full_clean()
    row.save()
    return row


def taken(homes):
    """A form that takes the question, and has one that rests on it."""
    rests = {"match": "all", "tests": [
        {"question": "how_many_care_homes", "test": "at_least", "value": "10"},
    ]}  # fmt: skip
    questions = [
        {"type": "library", "value": homes.pk},
        {"type": "short_text", "value": {"label": "Which?", "key": "which", "show_if": rests}},
    ]
    about = {"title": "About", "key": "about", "questions": questions}
    return json.dumps([{"type": "section", "value": about}])


@pytest.fixture
def asked(page, homes):  # noqa: F811
    page.form = taken(homes)
    page.save_revision()
    return page


def labels(call):
    (section,) = call.forms.order_by("-version")[0].definition["sections"]
    return [(q["key"], q["label"]) for q in section["questions"]]


def worded(homes, label):
    homes.question = json.dumps(
        [{"type": "number", "value": {"label": label, "key": "how_many_care_homes"}}]
    )
    homes.save()


def test_call_takes_a_question_and_a_frozen_form_never_follows_it(story, asked, homes):
    asked.criteria.update(questions=[])
    latest = CallPage.objects.get(pk=asked.pk).get_latest_revision_as_object()
    call = prepare_call(page=latest, by=story.people.officer)
    assert labels(call)[0] == ("how_many_care_homes", "How many care homes?")
    worded(homes, "How many homes in all?")
    latest = CallPage.objects.get(pk=asked.pk).get_latest_revision_as_object()
    prepare_call(page=latest, by=story.people.officer)
    assert labels(call)[0] == ("how_many_care_homes", "How many homes in all?")
    calls.freeze_form(call=call)
    worded(homes, "Another question altogether?")
    assert labels(make.fresh(call))[0][1] == "How many homes in all?"


def test_question_that_a_draft_takes_is_not_deleted(story, asked, homes, editor):  # noqa: F811
    address = reverse("wagtailsnippets_website_libraryquestion:delete", args=[homes.pk])
    body = text(editor.post(address, follow=True))
    assert f"“{homes}” is asked in “{asked.title}”. Take it out there first." in body
    assert LibraryQuestion.objects.filter(pk=homes.pk).exists()
    asked.form = "[]"
    asked.save_revision()
    asked.save()
    assert editor.post(address).url == reverse(LISTED)
    assert not LibraryQuestion.objects.exists()
    assert Call.objects.filter(pk=story.call.pk).exists()


def test_question_of_the_library_needs_a_question(db):
    with pytest.raises(ValidationError, match="Add the question"):
        LibraryQuestion(title="Empty", question="[]").full_clean()
