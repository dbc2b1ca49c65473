"""A bid may begin with the answers of an earlier one of the same organisation."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from carefund.core.actors import SYSTEM
from carefund.core.errors import NotAllowed, Refused
from grants.bids import actions as bids
from grants.bids import queries
from grants.bids.models import Bid
from programmes.calls import actions as calls
from tests import make
from tests.pages import get, post, redirected, text
from tests.pages import queries as queries_of


@pytest.fixture
def earlier(story):
    return make.draft_bid(story, title="Sensors of last year")


@pytest.fixture
def other_call(story, earlier):
    return another_call(story)


def another_call(story):
    lines = [make.budget(story.programme, year, "revenue", "100000.00") for year in (2026, 2027)]
    row = make.call(story.programme, lines)
    calls.announce(call=row, by=SYSTEM)
    return row


def start_page(call):
    return reverse("bids:start", args=[call.code])


def test_the_start_page_shows_what_was_bid_for_and_offers_to_copy(story, earlier, other_call):
    told = text(get(story.people.author, start_page(other_call)))
    assert "What you have already bid for" in told
    assert f"{earlier.reference}, {story.call.title}" in told
    assert "Copy answers from an earlier bid?" in told
    assert "No, start with an empty form" in told
    assert "already bid for" not in text(get(story.people.stranger, start_page(other_call)))


def test_answers_are_copied_and_the_earlier_bid_stays_as_it_is(story, earlier, other_call):
    values = {"title": "Sensors again", "copy_from": str(earlier.pk)}
    themes = {"theme": str(story.theme.pk)} if other_call.themes.exists() else {}
    before = queries.answers_of(earlier)
    answer = post(story.people.author, start_page(other_call), {**values, **themes})
    assert redirected(answer)
    bid = Bid.objects.get(call=other_call)
    assert queries.answers_of(bid) == before
    assert bid.requested == earlier.requested
    assert queries.answers_of(make.fresh(earlier)) == before
    (told,) = (str(one) for one in get_messages(answer.wsgi_request))
    assert f"copied from {earlier.reference}" in told


@pytest.mark.parametrize("chosen", ["", "none"])
def test_without_a_choice_the_form_is_empty(story, earlier, other_call, chosen):
    themes = {"theme": str(story.theme.pk)} if other_call.themes.exists() else {}
    values = {"title": "New", "copy_from": chosen, **themes}
    post(story.people.author, start_page(other_call), values)
    assert not queries.answers_of(Bid.objects.get(call=other_call))


def test_bids_of_others_cannot_be_copied(story, earlier, other_call):
    values = {"title": "Mine", "copy_from": str(earlier.pk)}
    post(story.people.stranger, start_page(other_call), values)
    bid = Bid.objects.filter(organisation=story.other).first()
    assert bid is None or not queries.answers_of(bid)
    with pytest.raises((NotAllowed, Refused)):
        bids.start_bid(
            call=other_call,
            organisation=story.other,
            title="Mine",
            copy_from=earlier,
            by=story.people.stranger,
        )


def test_a_source_of_another_organisation_is_refused_to_the_service_too(story, earlier, other_call):
    with pytest.raises(Refused, match="same organisation"):
        bids.start_bid(
            call=other_call, organisation=story.other, title="X", copy_from=earlier, by=SYSTEM
        )


def test_the_start_page_takes_as_many_queries_for_three_bids_as_for_one(story, other_call):
    page = start_page(other_call)
    get(story.people.author, page)
    one = queries_of(story.people.author, page)
    for _ in range(2):
        again = another_call(story)
        bids.start_bid(call=again, organisation=story.authority, title="More", by=SYSTEM)
    assert queries_of(story.people.author, page) == one


def test_a_second_bid_is_started_where_the_call_allows_it(story, submitted):
    here, second = start_page(story.call), {"title": "Second", "theme": story.theme.pk}
    assert "already started a bid" in text(get(story.people.author, here))
    post(story.people.author, here, second)
    assert Bid.objects.count() == 1
    type(story.call).objects.update(several_bids_allowed=True)
    page = text(get(story.people.author, here))
    assert "already started a bid" not in page
    assert "Sensors at home" in page  # what was bid for before
    assert post(story.people.author, here, second).status_code == 302
    assert Bid.objects.count() == 2
