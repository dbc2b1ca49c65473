"""Two colleagues write the same answer at the same time, and neither loses a word."""

import pytest

from grants.bids.models import Answer, AnswerRevision, KeptAnswer
from tests import make
from tests.browser.walk import Walk

pytestmark = pytest.mark.browser


def test_two_people_write_one_answer_and_choose(service, sign_in):
    story, people = service.story, service.story.people
    bid = make.draft_bid(story)
    here = f"/bids/{bid.reference}/sections/project/"
    author = Walk(sign_in(people.author))
    chief = Walk(sign_in(people.chief, phone=True))
    author.open(here)
    chief.open(here)
    chief.sees("Author Here has this section open")
    chief.page.get_by_label("What will you do?").fill("Cameras at home.")
    chief.page.get_by_text("Saved at").wait_for()
    author.page.get_by_label("What will you do?").fill("Sensors at home.")
    author.page.get_by_text("Chief Here saved “What will you do?”").wait_for()
    author.look()
    author.sees("Chief Here has this section open too")
    author.press("Save and continue")
    author.sees("Cameras at home.", "Sensors at home.", "Saved by Chief Here")
    author.choose("Combine the two")
    author.press("Save my choice")
    answer = Answer.objects.get(bid=bid, question="summary")
    assert answer.value == "Cameras at home.\n\nSensors at home."
    saved = {row.value for row in AnswerRevision.objects.filter(bid=bid, question="summary")}
    assert {"Cameras at home.", answer.value} <= saved
    assert KeptAnswer.objects.get().value == "Sensors at home."
    author.open(f"/bids/{bid.reference}/questions/summary/")
    author.sees("Kept, not chosen", "The answer now")
