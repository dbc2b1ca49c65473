"""A bid on a phone, without JavaScript and with it."""

import pytest

from tests.browser import bidding
from tests.browser.walk import Walk

pytestmark = pytest.mark.browser


@pytest.mark.long
def test_bid_is_made_on_a_phone_without_javascript(service, sign_in):
    story, people = service.story, service.story.people

    def at(person):
        return Walk(sign_in(person, phone=True, javascript=False), measured=False)

    author = at(people.author)
    bid = bidding.start(author, story.call)
    bidding.answer(author)
    bidding.ask_for_certificate(author)
    bidding.certify(at(people.certifier), bid)
    bidding.submit(author, bid)
    bid.refresh_from_db()
    assert bid.state == "submitted"
    plan = {answer.question: answer.value for answer in bid.answers.all()}
    assert [row["title"] for row in plan["milestones"]] == ["Sensors chosen", "First homes live"]
    assert [row["title"] for row in plan["benefits"]] == ["Fewer falls", "People feel safer"]


@pytest.mark.long
def test_bid_is_made_on_a_phone_with_javascript(service, sign_in):
    """Each page is measured: nothing scrolls sideways, axe finds nothing."""
    story = service.story
    author = Walk(sign_in(story.people.author, phone=True))
    bidding.start(author, story.call)
    bidding.answer(author)
