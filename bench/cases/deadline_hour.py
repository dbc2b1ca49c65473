"""The last hour of a call: 100 bidders save and submit at once, through two web processes.

Its floor takes the same requests in as many processes and writes the same rows, no more. The two
take turns; while one works the other only waits.
"""

import os
from datetime import timedelta
from statistics import median

import psycopg
from django.conf import settings
from django.db import connection
from django.test import Client

from bench import rush
from bench.measure import high
from carefund.accounts.models import User
from carefund.core import clock
from grants.bids.models import Answer, AnswerRevision, Bid, Submission
from programmes.calls.models import Call
from tests.support import signing_in

TARGET, SLOWEST = 2, 10
SIZES = (1_000,)
BIDDERS, SAVES, PORT = 100, 4, 8220
TURNS = 5  # with other bidders each time: what disturbs one disturbs the next
TOKEN = "a" * 32
TEXT = "Night visits wake people who sleep well and miss those who do not. " * 12


def measured(bench):
    """In a copy of the database, which is dropped afterwards."""
    url = os.environ["DATABASE_URL"]
    name = url.rpartition("/")[2]
    copy = f"{name}_deadline"
    # A template may have no other visitors: this process leaves it, and comes back to the copy.
    bench.__dict__.pop("plain", None)
    connection.close()
    with psycopg.connect(f"{url.rpartition('/')[0]}/postgres", autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{copy}" WITH (FORCE)')
        server.execute(f'CREATE DATABASE "{copy}" TEMPLATE "{name}"')
        connection.settings_dict["NAME"] = copy
        try:
            return _hour(bench, f"{url.rpartition('/')[0]}/{copy}")
        finally:
            connection.close()
            server.execute(f'DROP DATABASE IF EXISTS "{copy}" WITH (FORCE)')


def _hour(bench, url):
    bidders = _bidders(2 * (1 + TURNS) * BIDDERS)
    hours = [bidders[at : at + BIDDERS] for at in range(0, len(bidders), BIDDERS)]
    warm, hours = hours[:2], hours[2:]
    found, floor = rush.Outcome(), rush.Outcome()
    with (
        rush.serving("carefund.wsgi", PORT, url),
        rush.serving("bench.bare", PORT + 1, url),
    ):
        # As other cases have turns to warm up: every thread has its statements planned by then.
        for port, some in ((PORT, warm[0]), (PORT + 1, warm[1])):
            _nothing_lost(some, rush.rush(port, [_asked(one) for one in some]))
        for ours, theirs in zip(hours[::2], hours[1::2], strict=True):
            found += rush.rush(PORT, [_asked(one) for one in ours])
            floor += rush.rush(PORT + 1, [_asked(one) for one in theirs])
    for some, outcome in ((hours[::2], found), (hours[1::2], floor)):
        _nothing_lost([one for hour in some for one in hour], outcome)
    slowest = sorted(found.times)[round(len(found.times) * 0.99) - 1]
    return {
        "case": "deadline_hour",
        "variant": "100 bidders",
        "size": bench.size,
        "queries": 0,
        "median_ms": round(median(found.times), 3),
        "p95_ms": round(high(found.times), 3),
        "p99_ms": round(slowest, 3),
        "p99_to_median": round(slowest / median(found.times), 2),
        "a_second": round(found.rate, 1),
        "floor_a_second": round(floor.rate, 1),
        "errors": len(found.errors),
        "floor_ms": round(median(floor.times), 3),
        "floor_p95_ms": round(high(floor.times), 3),
        "ratio": round(floor.rate / found.rate, 2),
        "target": TARGET,
        "most_queries": None,
        "growth_target": None,
        "peak_mb": 0,
        "more_mb": 0,
        "turns": len(found.times),
    }


def _bidders(count):
    """(Person, headers, draft, certified bid): every author has one of each in a call now open."""
    call = Call.objects.filter(code__endswith="-1", bids__isnull=False).order_by("-pk").first()
    now = clock.now()
    hours = timedelta(hours=1)
    Call.objects.filter(pk=call.pk).update(
        state="open", opens_at=now - hours, closes_at=now + hours, several_bids_allowed=True
    )
    model = Bid.objects.filter(call=call, state="submitted").first() or call.bids.first()
    people = User.objects.filter(
        memberships__role="bid_author", memberships__ended_at=None,
        memberships__organisation__kind="local_authority",
    ).distinct().order_by("pk")  # fmt: skip
    people = [people[number % len(people)] for number in range(count)] if people else []
    headers = {person.pk: _headers(person) for person in set(people)}
    return [
        (person, headers[person.pk], *_bids(model, person, number))
        for number, person in enumerate(people)
    ]


def _headers(person):
    client = Client()
    signing_in.force_login(client, person)
    signing_in.list_session(client, person)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    cookies = f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={TOKEN}"
    return {"Cookie": cookies, "Host": "localhost"}


def _bids(model, person, number):
    own = person.memberships.filter(role="bid_author", ended_at=None).first()
    common = {
        "call": model.call, "form": model.form, "organisation_id": own.organisation_id,
        "theme": model.theme, "requested": model.requested, "is_sample": True,
    }  # fmt: skip
    draft = Bid.objects.create(
        reference=f"RUSH-{number}-D", title="A draft", state="draft", **common
    )
    sure = Bid.objects.create(
        reference=f"RUSH-{number}-C", title="A bid", state="certified",
        certified_at=clock.now(), **common,
    )  # fmt: skip
    now = clock.now()
    Answer.objects.bulk_create(
        Answer(bid=sure, question=row.question, value=row.value, saved_at=now, saved_by=person)
        for row in model.answers.all()
    )
    return draft, sure


def _text(number):
    return f"{number}. {TEXT}"


def _asked(bidder):
    _, headers, draft, sure = bidder
    form = {"csrfmiddlewaretoken": TOKEN, "page": "rush", "later": "1"}
    address = f"/bids/{draft.reference}/sections/need/"
    asked = [
        (address, {**form, "need": _text(n), "revision-need": str(n - 1)}, headers)
        for n in range(1, SAVES + 1)
    ]
    return [*asked, (f"/bids/{sure.reference}/submit/", form, headers)]


def _nothing_lost(bidders, found):
    """Every text that was taken is there, every bid is in once."""
    if found.errors:
        raise AssertionError(f"{len(found.errors)} failed: {found.errors[:3]}")
    drafts, sure = [one[2].pk for one in bidders], [one[3].pk for one in bidders]
    kept = set(
        AnswerRevision.objects.filter(bid__in=drafts, question="need")
        .values_list("bid", "value")
    )  # fmt: skip
    wanted = {(pk, _text(n).strip()) for pk in drafts for n in range(1, SAVES + 1)}
    if missing := wanted - {(pk, text.strip()) for pk, text in kept}:
        raise AssertionError(f"{len(missing)} saved texts are lost.")
    if Submission.objects.filter(bid__in=sure).count() != len(sure):
        raise AssertionError("Not every bid is in exactly once.")
