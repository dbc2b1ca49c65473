"""What is typed is kept while it is typed, and no text of one person buries another's."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from carefund.audit.models import Entry
from grants.bids import actions as bids
from grants.bids.models import Answer, AnswerRevision, KeptAnswer
from tests import make


@pytest.fixture
def bid(story):
    return bids.start_bid(
        call=story.call,
        organisation=story.authority,
        title="Sensors",
        theme=story.theme,
        by=story.people.author,
    )


@pytest.fixture
def at(bid):
    """Somebody's browser with a section open: `at(person)` gives what sends typed answers."""

    def open_page(person, page="PageOne", section="project"):
        client = Client()
        client.force_login(person)

        def keep(revision=0, **typed):
            data = {"form-version": "1", "page": page}
            if typed:
                data |= {"revision-summary": str(revision), **typed}
            response = client.post(reverse("bids:keep", args=[bid.reference, section]), data)
            assert response.status_code == 200
            return response.json()

        return keep

    return open_page


def texts(bid):
    """Every text that anybody saved for the first question."""
    kept = [*AnswerRevision.objects.filter(bid=bid), *KeptAnswer.objects.filter(bid=bid)]
    return {row.value for row in kept if row.question == "summary"}


def test_typed_text_is_saved_and_told_once_in_a_while(bid, at, story, known_time):
    keep = at(story.people.author)
    first = keep(summary="Sen")
    assert first["saved"].startswith("Saved at ")
    assert first["revisions"] == {"summary": 1}
    assert keep(1, summary="Sensors")["revisions"] == {"summary": 2}
    assert Answer.objects.get(bid=bid).value == "Sensors"
    assert texts(bid) == {"Sen", "Sensors"}
    assert Entry.objects.about(bid).filter(verb="bid.save_answers").count() == 1
    known_time.shift(timedelta(minutes=11))
    keep(2, summary="Sensors at home")
    assert Entry.objects.about(bid).filter(verb="bid.save_answers").count() == 2


def test_lost_reply_does_not_make_a_person_clash_with_themselves(bid, at, story):
    keep = at(story.people.author)
    keep(0, summary="One")
    assert keep(0, summary="One two")["warning"] == ""  # never heard that revision 1 was made
    assert Answer.objects.get(bid=bid).value == "One two"


def test_the_same_person_on_another_device_is_asked(bid, at, story):
    at(story.people.author, "Laptop")(0, summary="On the laptop")
    told = at(story.people.author, "Phone")(0, summary="On the phone")
    assert "Author Here saved “What will you do?” while you were typing" in told["warning"]
    assert texts(bid) == {"On the laptop", "On the phone"}


def test_two_people_in_a_section_see_each_other(bid, at, story, known_time):
    author, chief = at(story.people.author), at(story.people.chief)
    assert author()["others"] == ""
    assert chief()["others"].startswith("Author Here has this section open too.")
    client = Client()
    client.force_login(story.people.author)
    page = client.get(reverse("bids:section", args=[bid.reference, "project"])).content.decode()
    assert "<strong>Chief Here</strong> has this section open, seen just now." in page
    tasks = client.get(reverse("bids:task_list", args=[bid.reference])).content.decode()
    assert "Chief Here has it open now" in tasks
    known_time.shift(timedelta(minutes=16))
    assert author()["others"] == ""


def test_saving_and_going_on_leaves_the_section(bid, at, story):
    author, chief = at(story.people.author), at(story.people.chief)
    chief()
    client = Client()
    client.force_login(story.people.chief)
    client.post(reverse("bids:section", args=[bid.reference, "project"]), {"form-version": "1"})
    assert author()["others"] == ""


def test_clashing_text_is_kept_when_it_arrives(bid, at, story):
    at(story.people.chief, "Theirs")(0, summary="Cameras")
    mine = at(story.people.author, "Mine")
    told = mine(0, summary="Sensors")
    assert told["revisions"] == {}
    assert "Chief Here" in told["warning"]
    mine(0, summary="Sensors")
    kept = KeptAnswer.objects.get()  # twice the same is once
    assert (kept.value, kept.met, kept.saved_by) == ("Sensors", 1, story.people.author)
    assert Answer.objects.get(bid=bid).value == "Cameras"


def test_what_was_not_touched_does_not_clash(bid, at, story):
    bids.save_answers(bid=bid, values={"summary": "One"}, revisions={}, by=story.people.author)
    bids.save_answers(
        bid=bid, values={"summary": "Two"}, revisions={"summary": 1}, by=story.people.chief
    )
    told = at(story.people.author)(1, summary="One", **{"revision-partners": "0", "partners": "no"})
    assert told["warning"] == ""
    assert Answer.objects.get(bid=bid, question="summary").value == "Two"
    assert Answer.objects.get(bid=bid, question="partners").value is False


def test_text_that_comes_after_the_draft_is_kept(story, at, bid):
    bids.withdraw(bid=bid, reason="", by=story.people.author)
    told = at(story.people.author)(0, summary="Too late")
    assert "can no longer be changed" in told["warning"]
    assert texts(bid) == {"Too late"}


def test_what_cannot_be_read_is_named_and_the_rest_is_saved(bid, at, story):
    more = {"revision-partners": "0", "partners": "perhaps"}
    told = at(story.people.author)(0, summary="Read", **more)
    assert told["warning"].startswith("Not saved yet: ")
    assert texts(bid) == {"Read"}


def test_corrected_form_stops_the_keeping(bid, at, story):
    client = Client()
    client.force_login(story.people.author)
    address = reverse("bids:keep", args=[bid.reference, "project"])
    told = client.post(address, {"form-version": "7", "revision-summary": "0", "summary": "x"})
    assert "corrected while you were typing" in told.json()["warning"]
    assert not texts(bid)


def test_earlier_text_becomes_the_answer_again(bid, at, story, client):
    keep = at(story.people.author)
    for number, text in enumerate(["<b>One</b>", "Two"]):
        keep(number, summary=text)
    client.force_login(story.people.author)
    here = reverse("bids:question", args=[bid.reference, "summary"])
    page = client.get(here).content.decode()
    assert "&lt;b&gt;One&lt;/b&gt;" in page
    assert "<b>One" not in page
    first = AnswerRevision.objects.get(bid=bid, revision=1)
    use = reverse("bids:use_version", args=[bid.reference, "summary"])
    assert client.post(use, {"version": f"revision-{first.pk}", "seen": "2"}).url == here
    assert Answer.objects.get(bid=bid).value == "<b>One</b>"
    assert AnswerRevision.objects.filter(bid=bid).count() == 3
    response = client.post(use, {"version": f"revision-{first.pk + 1}", "seen": "1"}, follow=True)
    assert "Look at it first" in response.content.decode()  # somebody saved since it was read


@pytest.mark.parametrize("key", ["", "revision-", "revision-x", "kept-99999999", "bid-1"])
def test_version_that_does_not_exist_is_refused(bid, story, client, key):
    client.force_login(story.people.author)
    use = reverse("bids:use_version", args=[bid.reference, "summary"])
    assert client.post(use, {"version": key}).status_code == 400


def test_version_of_another_bid_is_refused(bid, story, client):
    other = make.story_again(story)
    other_bid = make.draft_bid(other)
    row = AnswerRevision.objects.filter(bid=other_bid, question="summary").get()
    client.force_login(story.people.author)
    use = reverse("bids:use_version", args=[bid.reference, "summary"])
    assert client.post(use, {"version": f"revision-{row.pk}"}).status_code == 400
