"""The first page of the CMS leads to what editors come for, and out again."""

import pytest
from django.test import Client

from carefund.website.example import tree
from carefund.website.models import CallIndexPage
from programmes.calls.actions import close_call
from programmes.funds import actions as funds
from tests import make


@pytest.fixture
def writer(story):
    tree.load()
    person = make.user("Writer")
    administrator = story.people.administrator
    for role in ("editor", "programme_officer"):
        funds.give_role(user=person, role=role, programme=None, by=administrator)
    return person


@pytest.fixture
def editor(writer):
    client = Client()
    client.force_login(writer)
    return client


def test_the_cms_begins_with_calls_and_leads_back(editor):
    page = editor.get("/cms/").content.decode()
    index = CallIndexPage.objects.get().pk
    assert "Dashboard - Digital Care Fund" in page
    assert f'href="/cms/pages/add/website/callpage/{index}/"' in page
    assert 'href="/cms/snippets/website/libraryquestion/"' in page
    assert 'href="/manage/calls/"' in page
    assert "Back to the service" in page


def test_calls_under_way_are_listed_with_their_state(editor, writer, story, known_time):
    edit = f'href="/cms/pages/{story.call.page.pk}/edit/"'
    page = editor.get("/cms/").content.decode()
    assert edit in page
    assert "<td>Open</td>" in page
    known_time.shift(60 * 60 * 24 * 60)
    close_call(call=make.fresh(story.call))
    editor.force_login(writer)
    page = editor.get("/cms/").content.decode()
    assert edit not in page
    assert "No call is being prepared" in page


def test_the_list_of_calls_leads_to_the_cms_only_who_may_enter_it(editor, story):
    assert "Start or edit a call" in editor.get("/manage/calls/").content.decode()
    senior = Client()
    senior.force_login(story.people.senior)
    assert "Start or edit a call" not in senior.get("/manage/calls/").content.decode()
