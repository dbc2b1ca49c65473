"""Before the day of publication a bidder and the public learn nothing, from anything."""

import re
from datetime import UTC, date, datetime

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from carefund.notify.models import OutboxMessage
from grants.awards import actions
from grants.awards.models import Letter, Offer
from tests.pages import get, text

TITLE = "Sensors"
# What is asked, by whom, and what stands there when the award is published, and when accepted.
FACES = [
    ("the bid", "author", "/bids/{bid}/", "/letters/", ""),
    ("its history", "author", "/bids/{bid}/history/", "", ""),
    ("the list of bids", "author", "/bids/", "Offer", ""),
    ("bids that are found by words", "author", "/bids/?q=Sensors", "Offer", ""),
    ("a copy of the bid", "author", "/bids/{bid}/copy/csv/", "", ""),
    ("the offers", "chief", "/offers/", "£40,000", ""),
    ("offers that are exported", "chief", "/offers/?export=csv", "40000", ""),
    ("the dashboard", "chief", "/your-organisation/", "offer", ""),
    ("the messages", "author", "/messages/", "Decision on bid", ""),
    ("the page of the call", "", "/calls/", "", ""),
    ("what is funded", "", "/funded/", "", "£40,000"),
    ("a search of what is funded", "", "/funded/?q=Sensors", "", "£40,000"),
    ("what is funded, exported", "", "/funded/?format=csv", "", "40000"),
    ("open data", "", "/data/360giving.json", "", "40000"),
    ("the API: awards", "", "/api/awards", "", "40000"),
    ("the API: calls", "", "/api/calls", "", ""),
    ("the feed of calls", "", "/calls/feed.atom", "", ""),
    ("a search of calls", "", "/calls/?q=Sensors", "", ""),
    ("reports", "", "/reports/", "", ""),
    ("section 31 grants", "", "/determinations/", "", ""),
]


def _seen(people, who, address):
    answer = get(getattr(people, who), address) if who else Client().get(address)
    if answer.streaming:
        return b"".join(answer.streaming_content).decode()
    words = text(answer) if answer.status_code == 200 else str(answer.status_code)
    # What differs between two answers to the same question.
    return re.sub(
        r'(nonce|value|id|for|content)="[\w+/=-]{20,}"|\d\d:\d\d:\d\d[.\dZ+:]*', "", words
    )


def _all_seen(people, bid):
    return {name: _seen(people, who, at.format(bid=bid)) for name, who, at, *_ in FACES}


@pytest.fixture
def embargoed(story, assessed):
    allocation = actions.make_round(call=story.call, minimum_score=50, by=story.people.officer)
    return assessed, allocation


def test_nothing_is_learned_before_the_day_and_all_of_it_then(
    story, embargoed, known_time, run_jobs
):
    (bid, allocation), people = embargoed, story.people
    run_jobs()
    before, mails = _all_seen(people, bid.reference), len(mail.outbox)
    actions.recommend(
        allocation=allocation, rationale="Best.", by=people.officer, publish_on=date(2026, 6, 16)
    )
    actions.approve(allocation=allocation, by=people.senior)
    run_jobs()
    now = _all_seen(people, bid.reference)
    assert _differing(before, now) == []
    outside = [people.author, people.chief, people.certifier, people.lead, people.viewer]
    heard = OutboxMessage.objects.filter(recipient__in=outside, kind__startswith="awards.")
    assert not heard.exists()
    assert {to for sent in mail.outbox[mails:] for to in sent.to} <= {people.senior.email}
    for name in ("offer", "letter"):
        assert _guessed(people.author, name, bid) == 404
    known_time.move_to(datetime(2026, 6, 16, 8, 31, tzinfo=UTC))
    run_jobs()
    after = _all_seen(people, bid.reference)
    assert [n for n, _, _, told, _ in FACES if told.lower() not in after[n].lower()] == []
    assert heard.exists()
    actions.accept(offer=Offer.objects.get(bid=bid), by=people.chief)
    later = _all_seen(people, bid.reference)
    assert [n for n, *_, told in FACES if told not in later[n]] == []


def _differing(before, after):
    return [name for name in before if before[name] != after[name]]


def _guessed(person, name, bid):
    assert not Letter.objects.exists()
    args = {"offer": ["TSTO-2026-00001-A"], "letter": [bid.reference, 1]}[name]
    return get(person, reverse(f"awards:{name}", args=args)).status_code
