"""What an assessor reads of a bid: what feeds their criteria, and more only where the call says."""

from copy import deepcopy

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from grants.assessment import actions as assessment
from grants.bids import actions as bids
from grants.bids.uploads import keeper
from programmes.calls.actions import copy_call
from programmes.calls.models import Call, Criterion, FormVersion
from programmes.calls.queries import read_by_assessors
from tests import make
from tests.grants.support import queries, text

FILES = [
    {"key": key, "kind": "files", "label": label, "required": False}
    for key, label in (("letters", "Letters of support"), ("accounts", "Your accounts"))
]


@pytest.fixture
def two_files(story):
    form = deepcopy(make.FORM)
    form["sections"][0]["questions"] += FILES
    FormVersion.objects.filter(call=story.call).update(definition=form)
    return story


@pytest.fixture
def given(two_files):
    """A bid with two documents that an assessor has opened."""
    story, author = two_files, two_files.people.author
    bid = make.draft_bid(story)
    keep = keeper(bid, author).keep
    kept = {
        key: [keep(SimpleUploadedFile(f"{key}.txt", b"Words.", "text/plain"), key)]
        for key in ("letters", "accounts")
    }
    bids.save_answers(bid=bid, values=kept, revisions={}, by=author)
    bids.ask_for_certificate(bid=make.fresh(bid), by=author)
    bids.certify(bid=make.fresh(bid), by=story.people.certifier)
    bids.submit(bid=make.fresh(bid), by=author)
    bid = make.fresh(bid)
    assessment.check_eligibility(bid=bid, passed=True, reason="", by=story.people.officer)
    person = story.people.assessor
    found = assessment.assign(bid=make.fresh(bid), assessor=person, by=story.people.officer)
    return assessment.declare(assignment=found, has_conflict=False, note="", by=person)


@pytest.fixture
def assessor(given, client):
    client.force_login(given.assessor)
    return client


def feed(**keys):
    for code, questions in keys.items():
        Criterion.objects.filter(code=code).update(questions=questions)


def page_of(given, name="detail"):
    return reverse(f"assessment:{name}", args=[given.pk])


def statuses(client, given):
    """Of each document of the bid: whether it can be opened."""
    answers, found = given.bid.submissions.get().content["answers"], {}
    for key in ("letters", "accounts"):
        response = client.get(reverse("files:download", args=[answers[key][0]["id"]]))
        response.getvalue()
        found[key] = response.status_code
    return found


def test_criterion_stands_beside_the_answers_that_feed_it(given, assessor):
    feed(need=["summary"], delivery=["milestones", "letters"])
    page = text(assessor.get(page_of(given)))
    need, delivery = page.split("Answers for Delivery")
    assert "Sensors that learn" in need
    assert "Sensors that learn" not in delivery
    assert "Sensors chosen" in delivery
    assert "Sensors chosen" not in need
    assert "letters.txt" in delivery


def test_criteria_with_the_same_answers_share_them(given, assessor):
    page = text(assessor.get(page_of(given)))
    assert page.count("Sensors that learn") == 1
    assert 'aria-label="Your scores for Need and Delivery"' in page
    assert "read the whole bid" not in page


def test_answers_that_feed_no_criterion_do_not_reach_an_assessor(given, assessor):
    feed(need=["summary"], delivery=["milestones", "letters"])
    page = text(assessor.get(page_of(given)))
    for kept_back in ("40,000", "Fewer falls", "accounts.txt", "Do you have partners?"):
        assert kept_back not in page
    assert "does not show assessors the rest of the bid" in page
    assert assessor.get(page_of(given, "whole_bid")).status_code == 403
    assert statuses(assessor, given) == {"letters": 200, "accounts": 404}
    others = [
        reverse("bids:case_answers", args=[given.bid.reference]),
        reverse("bids:case_documents", args=[given.bid.reference]),
        reverse("bids:answers_export", args=[given.bid.call.code, "csv"]),
        reverse("bids:manage_export", args=["csv"]),
    ]
    assert {assessor.get(address).status_code for address in others} <= {403, 404}


def test_what_is_kept_from_assessors_is_kept_from_nobody_else(given, client, story):
    feed(need=["summary"], delivery=["milestones"])
    for who in ("author", "officer", "auditor"):
        client.force_login(getattr(story.people, who))
        assert statuses(client, given) == {"letters": 200, "accounts": 200}


def test_whole_bid_is_read_where_the_call_lets_assessors_read_it(given, assessor):
    feed(need=["summary"], delivery=["milestones", "letters"])
    Call.objects.update(assessors_read_all=True)
    page = text(assessor.get(page_of(given)))
    assert "Asks for <strong>£40,000</strong>" in page
    assert f'href="{page_of(given, "whole_bid")}"' in page
    whole = text(assessor.get(page_of(given, "whole_bid")))
    assert "Fewer falls" in whole
    assert "accounts.txt" in whole
    assert statuses(assessor, given) == {"letters": 200, "accounts": 200}


def test_whole_bid_waits_for_the_declaration(given, client, story):
    person = story.people.second_assessor
    waiting = assessment.assign(bid=given.bid, assessor=person, by=story.people.officer)
    client.force_login(person)
    assert client.get(page_of(waiting, "whole_bid")).status_code == 403
    assert statuses(client, given) == {"letters": 404, "accounts": 404}


def test_question_not_asked_tells_nothing_of_an_answer_kept_back(given, assessor):
    feed(need=["partner_names"], delivery=["partners", "partner_names"])
    need, delivery = text(assessor.get(page_of(given))).split("Answers for Delivery")
    assert "This bid was not asked it." in need
    assert "you answered “Yes” to “Do you have partners?”" not in need
    assert "you answered “Yes” to “Do you have partners?”" in delivery


def test_criterion_without_questions_is_fed_by_all(story):
    feed(need=["summary"], delivery=[])
    assert read_by_assessors(story.call) is None
    feed(delivery=["milestones"])
    assert read_by_assessors(story.call) == {"summary", "milestones"}


def test_copy_of_a_call_shows_its_assessors_as_much(story):
    Call.objects.update(assessors_read_all=True)
    call = make.fresh(story.call)
    copied = copy_call(
        call=call, code="again", title="Again", opens_at=call.opens_at, closes_at=call.closes_at,
        by=story.people.officer,
    )  # fmt: skip
    assert copied.assessors_read_all


def test_page_of_an_assessor_takes_no_query_for_each_criterion(given, assessor):
    one = queries(assessor, page_of(given))
    feed(need=["summary"], delivery=["milestones"])
    assert queries(assessor, page_of(given)) <= one + 2
