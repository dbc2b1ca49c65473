"""A form of 120 questions costs no more queries than a short one."""

import pytest
from django.urls import reverse

from grants.bids import actions as bids
from programmes.calls.models import FormVersion
from tests import make
from tests.grants.support import queries

LONG = 120


def form_of(number):
    """Text questions in sections of ten, and each third only if the one before is answered."""
    questions = [
        {"key": f"question_{n}", "kind": "long_text", "label": f"Question {n}", "required": False}
        for n in range(number)
    ]
    for before, one in zip(questions[::3], questions[1::3], strict=False):
        one["show_if"] = {"question": before["key"], "test": "is_answered"}
    return {
        "sections": [
            {"key": f"section_{n}", "title": f"Part {n}", "questions": questions[n : n + 10]}
            for n in range(0, number, 10)
        ]
    }


@pytest.fixture
def bid_of(story):
    """A submitted bid to a form of so many questions, or a draft of it."""

    def made(number, *, submit):
        story.call.several_bids_allowed = True
        story.call.save()
        form = form_of(number)
        FormVersion.objects.filter(call=story.call).update(definition=form)
        author = story.people.author
        bid = bids.start_bid(call=story.call, organisation=story.authority, title="Long", by=author)
        values = {q["key"]: "Words." for s in form["sections"] for q in s["questions"]}
        bids.save_answers(bid=bid, values=values, revisions={}, by=author)
        if submit:
            bids.ask_for_certificate(bid=make.fresh(bid), by=author)
            bids.certify(bid=make.fresh(bid), by=story.people.certifier)
            bids.submit(bid=make.fresh(bid), by=author)
        return make.fresh(bid)

    return made


@pytest.mark.parametrize("name", ["case_answers", "check", "task_list", "section"])
def test_page_of_a_long_form_takes_as_many_queries_as_of_a_short_one(story, client, bid_of, name):
    is_case = name == "case_answers"
    client.force_login(story.people.officer if is_case else story.people.author)
    more = ["section_0"] if name == "section" else []
    short, long = (
        queries(client, reverse(f"bids:{name}", args=[bid.reference, *more]))
        for bid in (bid_of(number, submit=is_case) for number in (3, LONG))
    )
    assert short == long <= (15 if is_case else 25)
