"""A person's messages in the service."""

from django.urls import reverse

from carefund.notify.actions import note_bounce
from carefund.notify.message import Topic
from carefund.notify.models import OutboxMessage
from carefund.notify.queries import preferences_of, topics_to_choose
from tests import make
from tests.grants.support import queries, text

LIST = reverse("notify:list")


def test_messages_are_listed_and_marked_when_read(story, client, submitted):
    client.force_login(story.people.author)
    page = text(client.get(LIST))
    message = OutboxMessage.objects.get(recipient=story.people.author)
    assert "1 not read yet" in page
    assert message.subject_line in page
    detail = client.get(reverse("notify:detail", args=[message.pk]))
    assert "Fingerprint of the content" in text(detail)
    assert make.fresh(message).read_at is not None
    assert "0 not read yet" in text(client.get(LIST))


def test_message_of_another_person_does_not_exist(story, client, submitted):
    message = OutboxMessage.objects.filter(recipient=story.people.author).first()
    client.force_login(story.people.certifier)
    assert client.get(reverse("notify:detail", args=[message.pk])).status_code == 404
    assert make.fresh(message).read_at is None


def test_all_own_messages_are_marked_read_at_once(story, client, submitted):
    client.force_login(story.people.certifier)
    assert client.get(reverse("notify:read_all")).status_code == 405
    assert client.post(reverse("notify:read_all")).url == LIST
    unread = OutboxMessage.objects.filter(read_at__isnull=True)
    assert set(unread.values_list("recipient", flat=True)) == {story.people.author.pk}


def test_list_without_messages_and_without_sign_in(story, client):
    assert client.get(LIST).status_code == 302
    client.force_login(story.people.nobody)
    assert "No messages yet" in text(client.get(LIST))


def test_list_takes_as_many_queries_for_three_as_for_one(story, client, submitted):
    client.force_login(story.people.certifier)
    first, second = OutboxMessage.objects.filter(recipient=story.people.certifier)
    second.delete()
    one = queries(client, LIST)
    for number in range(2):
        first.pk, first.key = None, f"copy:{number}"
        first.save()
    assert queries(client, LIST) == one


PREFERENCES = reverse("notify:preferences")


def test_a_person_chooses_how_to_hear_of_each_topic(story, client):
    client.force_login(story.people.author)
    assert "How we write to you" in text(client.get(PREFERENCES))
    wishes = dict.fromkeys(topics_to_choose(), "daily")
    assert {Topic.BIDS, Topic.PAYMENTS} <= set(wishes)
    assert Topic.ASSESSMENT not in wishes  # each of its messages needs somebody now
    assert client.post(PREFERENCES, {**wishes, "bids": "service"}).status_code == 302
    others = dict.fromkeys(Topic.values, "now")
    assert preferences_of(story.people.author) == {**others, **wishes, "bids": "service"}
    assert preferences_of(story.people.certifier) == others
    refused = text(client.post(PREFERENCES, {**wishes, "bids": "never"}))
    assert "There is a problem" in refused
    assert "Choose how to hear about bids" in text(client.post(PREFERENCES, {"payments": "now"}))


def test_stopped_list_takes_as_many_queries_for_three_as_for_one(story, client):
    client.force_login(story.people.administrator)
    page = reverse("notify:stopped")
    note_bounce(address="one@example.org", reason="550")
    one = queries(client, page)
    note_bounce(address="two@example.org", reason="550")
    note_bounce(address="three@example.org", reason="550")
    assert queries(client, page) == one
