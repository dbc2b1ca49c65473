"""Clarification questions: asked privately, answered for everybody, never saying who asked."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from carefund.core.errors import Refused
from carefund.notify.models import OutboxMessage
from carefund.website.example import tree
from programmes.calls import actions as calls
from programmes.calls.models import Call, Clarification
from tests import make
from tests.pages import get, post, queries, redirected, text

WORDS = "We are Here Council. May we buy tablets?"
PUBLIC = {"to": "all", "question": "May we buy tablets?", "answer": "Yes, as equipment."}


def ask_page(story):
    return reverse("calls:ask", args=[story.call.code])


def answer_page(story):
    number = Clarification.objects.latest("pk").pk
    return reverse("calls:clarification", args=[story.call.code, number])


@pytest.fixture
def asked(story):
    post(story.people.author, ask_page(story), {"text": WORDS})
    return Clarification.objects.get()


def test_question_is_seen_by_the_department_alone(story, asked):
    assert (asked.asked, asked.asked_by) == (WORDS, story.people.author)
    assert WORDS in text(get(story.people.author, ask_page(story)))
    assert WORDS not in text(get(story.people.stranger, ask_page(story)))
    assert WORDS in text(get(story.people.officer, answer_page(story)))
    assert get(story.people.author, answer_page(story)).status_code == 404
    assert get(story.people.elsewhere, answer_page(story)).status_code == 404
    told = OutboxMessage.objects.filter(kind="calls.clarification_asked")
    assert {row.recipient for row in told} == {story.people.officer}


def test_published_answer_hides_who_asked_and_keeps_what_was_asked(story, asked, client):
    tree.load()
    assert "There is a problem" in text(
        post(story.people.officer, answer_page(story), {**PUBLIC, "question": " "})
    )
    assert redirected(post(story.people.officer, answer_page(story), PUBLIC))
    asked.refresh_from_db()
    assert (asked.state, asked.asked, asked.question) == ("published", WORDS, PUBLIC["question"])
    public = client.get(f"/calls/{story.call.code}/").content.decode()
    assert "May we buy tablets?" in public
    assert "Yes, as equipment." in public
    assert "Here Council" not in public
    assert "Author Here" not in public
    told = OutboxMessage.objects.get(kind="calls.clarification_answered")
    assert told.recipient == story.people.author
    assert "Yes, as equipment." in told.text
    assert WORDS in text(get(story.people.auditor, answer_page(story)))


def test_private_answer_stays_private_and_may_be_published_later(story, asked, client):
    tree.load()
    private = {"to": "one", "answer": "For your project, yes."}
    assert redirected(post(story.people.officer, answer_page(story), private))
    assert "For your project" not in client.get(f"/calls/{story.call.code}/").content.decode()
    assert "For your project, yes." in text(get(story.people.author, ask_page(story)))
    assert redirected(post(story.people.officer, answer_page(story), PUBLIC))
    again = post(story.people.officer, answer_page(story), PUBLIC)
    assert "You cannot publish" in text(again)


def test_only_officers_answer(story, asked):
    for person in (story.people.senior, story.people.auditor, story.people.editor):
        assert post(person, answer_page(story), PUBLIC).status_code == 403
    assert make.fresh(asked).state == "asked"


def test_the_same_question_twice_is_one_and_there_is_an_end_to_questions(story, known_time):
    for _ in range(2):
        post(story.people.author, ask_page(story), {"text": WORDS})
    assert Clarification.objects.count() == 1
    assert "Enter your question" in text(post(story.people.author, ask_page(story), {"text": ""}))
    long = post(story.people.author, ask_page(story), {"text": "x" * 2001})
    assert "There is a problem" in text(long)
    for number in range(12):
        answer = post(story.people.author, ask_page(story), {"text": f"Question {number}?"})
    assert "Wait for answers" in text(answer)
    known_time.move_to(story.call.closes_at)
    late = post(story.people.stranger, ask_page(story), {"text": "Too late?"})
    assert "no longer taken" in text(late)


def test_questions_end_before_the_call_where_it_says_so(story, known_time):
    Call.objects.filter(pk=story.call.pk).update(questions_until=make.clock.now())
    with pytest.raises(Refused, match="no longer taken"):
        calls.ask(call=make.fresh(story.call), text="Why?", by=story.people.author)


def test_nobody_asks_without_an_account_or_about_a_draft(story, client):
    assert client.get(ask_page(story)).url.startswith("/account/login/")
    hidden = make.call(story.programme, [])
    assert get(story.people.author, f"/calls/{hidden.code}/ask/").status_code == 404


def test_an_answer_needs_words_in_the_database_too(story, asked):
    with pytest.raises(IntegrityError), transaction.atomic():
        Clarification.objects.update(state="published")


def test_list_takes_as_many_queries_for_three_questions_as_for_one(story, asked):
    address = reverse("calls:clarifications", args=[story.call.code])
    before = queries(story.people.officer, address)
    for person in (story.people.stranger, story.people.viewer):
        calls.ask(call=story.call, text="Another?", by=person)
    assert queries(story.people.officer, address) == before
    assert "3 questions" in text(get(story.people.officer, address))
