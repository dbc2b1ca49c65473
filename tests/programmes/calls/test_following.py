"""Following calls: by confirmed address, one message about many changes, out with one click."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from carefund.core.errors import Refused
from carefund.notify.models import OutboxMessage
from programmes.calls import actions as calls
from programmes.calls.models import Follower, FollowRequest
from programmes.calls.queries import stop_path
from programmes.funds.models import Theme
from tests import make
from tests.pages import get, post, redirected, text

FOLLOW, SENT = reverse("calls:follow"), reverse("calls:follow_sent")
ALL = {"email": "Reader@Example.org", "everything": "on"}


def link_of(row):
    return re.search(r"https?://[^/]+(/calls/follow/confirm/\S+)", row.text)[1]


@pytest.fixture
def reader(story, client, run_jobs):
    """Somebody without an account who follows everything."""
    run_jobs()  # the call opens
    client.post(FOLLOW, ALL)
    client.post(link_of(OutboxMessage.objects.get(kind="calls.confirm_following")))
    return Follower.objects.get()


def changes():
    """The mails that told of changes; whoever has no account reads them nowhere else."""
    return [str(m.body) for m in mail.outbox if "/calls/stop/" in m.body]


def note(story, words):
    calls.add_update(call=story.call, text=words, by=story.people.officer)


def test_address_is_confirmed_before_anything_is_sent_to_it(story, client):
    answer = client.post(FOLLOW, ALL)
    assert answer.url == SENT
    assert not Follower.objects.exists()
    row = OutboxMessage.objects.get(kind="calls.confirm_following")
    assert row.address == "reader@example.org"
    link = link_of(row)
    client.get(link)
    assert not Follower.objects.exists()  # programs that look at mail open links
    assert "You follow funding calls" in text(client.post(link))
    assert "You follow funding calls" in text(client.post(link))
    assert Follower.objects.get().email == "reader@example.org"
    assert link.split("/")[-2] not in FollowRequest.objects.get().token_hash


def test_link_runs_out_and_an_unknown_one_is_not_found(story, client, known_time):
    client.post(FOLLOW, ALL)
    link = link_of(OutboxMessage.objects.get(kind="calls.confirm_following"))
    known_time.shift(timedelta(days=2))
    client.post(link)
    assert not Follower.objects.exists()
    assert client.get("/calls/follow/confirm/unknown/").status_code == 404


def test_nobody_learns_from_the_page_who_follows_or_has_an_account(story, reader, client):
    answers = {
        client.post(FOLLOW, {**ALL, "email": address}).url
        for address in ("reader@example.org", story.people.author.email, "new@example.org")
    }
    assert answers == {SENT}
    for _ in range(5):
        client.post(FOLLOW, {**ALL, "email": "victim@example.org"})
    assert OutboxMessage.objects.filter(address="victim@example.org").count() == 3


def test_many_changes_are_one_message(story, reader, known_time, run_jobs):
    note(story, "Guidance is corrected.")
    note(story, "A template was added.")
    run_jobs()
    assert not OutboxMessage.objects.filter(kind="calls.changed").exists()
    known_time.shift(timedelta(minutes=16))
    run_jobs()
    (message,) = changes()
    assert "Guidance is corrected." in message
    assert "A template was added." in message
    run_jobs()
    assert calls.tell_followers() == 0
    known_time.shift(timedelta(hours=1))
    note(story, "A third thing.")
    known_time.shift(timedelta(minutes=16))
    run_jobs()
    assert len(changes()) == 2
    assert "Guidance" not in changes()[-1]


def test_mail_ends_with_one_click(story, reader, known_time, run_jobs, client):
    note(story, "Guidance is corrected.")
    known_time.shift(timedelta(minutes=16))
    run_jobs()
    sent = next(m for m in mail.outbox if "Guidance" in m.body)
    header = sent.extra_headers["List-Unsubscribe"]
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = re.fullmatch(r"<https?://[^/]+(/calls/stop/\S+)>", header)[1]
    assert path in sent.body
    machine = Client(enforce_csrf_checks=True)
    assert machine.get(path).status_code == 200
    assert Follower.objects.current().exists()
    answer = machine.post(path, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    row = Follower.objects.get()
    assert (row.ended_at is None, row.email) == (False, "")
    assert machine.post(path).status_code == 200
    used = OutboxMessage.objects.get(kind="calls.confirm_following")
    assert used.text == ""  # the link is nowhere kept, and works once
    assert client.get(path[:-3] + "xx/").status_code == 404


def test_themes_and_areas_narrow_what_is_told(story, known_time, run_jobs, client):
    other = Theme.objects.create(programme=story.programme, code="other", name="Other")
    north, south = make.region(), make.region("South West")
    story.call.eligible_regions.add(north)
    people = story.people
    wishes = {"everything": True, "themes": [], "regions": [], "calls": []}
    calls.follow(wishes={**wishes, "themes": [story.theme.pk]}, by=people.author)
    calls.follow(wishes={**wishes, "themes": [other.pk]}, by=people.certifier)
    calls.follow(wishes={**wishes, "regions": [north.pk]}, by=people.lead)
    calls.follow(wishes={**wishes, "regions": [south.pk]}, by=people.chief)
    only = {**wishes, "everything": False, "calls": [story.call.pk]}
    calls.follow(wishes=only, by=people.viewer)
    calls.follow(wishes={**wishes, "everything": False}, by=people.stranger)
    note(story, "News.")
    calls.tell_followers()
    told = OutboxMessage.objects.filter(kind="calls.changed")
    assert {row.recipient for row in told} == {people.author, people.lead, people.viewer}


def test_who_is_signed_in_follows_at_once_and_stops(story):
    author = story.people.author
    page = text(get(author, f"{FOLLOW}?call={story.call.code}"))
    assert "Your email address" not in page
    assert redirected(post(author, FOLLOW, {"calls": [story.call.pk]}), FOLLOW)
    row = Follower.objects.get()
    assert (row.person, row.everything) == (author, False)
    assert "You follow calls now" in text(get(author, FOLLOW))
    assert "Choose to hear" in text(post(author, FOLLOW, {}))
    assert redirected(post(author, reverse("calls:stop")))
    assert not Follower.objects.current().exists()


def test_new_follower_hears_nothing_of_the_past(story, reader, known_time, run_jobs):
    known_time.shift(timedelta(minutes=16))
    run_jobs()
    assert not OutboxMessage.objects.filter(kind="calls.changed").exists()


def test_used_link_makes_nobody_follow_again(story, client):
    client.post(FOLLOW, ALL)
    link = link_of(OutboxMessage.objects.get(kind="calls.confirm_following"))
    client.post(link)
    client.post(stop_path(Follower.objects.get()))
    assert "has been used" in text(client.post(link))
    assert not Follower.objects.current().exists()


@pytest.mark.parametrize("code", ["%00", "unknown", "x" * 500, "%C3%A9"])
def test_follow_page_bears_any_call(story, client, code):
    assert client.get(f"{FOLLOW}?call={code}").status_code == 200


def test_draft_calls_are_told_to_nobody(story, reader):
    hidden = make.call(story.programme, [], title="Secret")
    with pytest.raises(Refused):
        calls.add_update(call=hidden, text="x", by=story.people.officer)
    assert stop_path(reader).startswith("/calls/stop/")
