"""Many write at once and two seal: every entry gets one place, and none is left out."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction
from django.db.models import Count, Max, Min

from carefund.audit.actions import seal
from carefund.audit.chain import verify
from carefund.audit.models import Entry, Link, Unsealed
from carefund.core.record import record
from tests import make

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
WRITERS, EACH, SEALERS = 20, 5, 2


def test_two_sealers_and_twenty_writers_leave_a_whole_chain():
    people = [make.user() for _ in range(WRITERS)]
    before = Entry.objects.count()
    barrier = Barrier(WRITERS + SEALERS)

    def write(person):
        barrier.wait(timeout=30)
        for number in range(EACH):
            with transaction.atomic():
                record("bid.start", person, by=person, changes={"number": (None, number)})

    def keep_sealing(_):
        barrier.wait(timeout=30)
        return sum(seal() for _ in range(EACH * 4))

    def at_once(job):
        work, argument = job
        try:
            connection.ensure_connection()
            return work(argument) or 0
        finally:
            connection.close()

    jobs = [(write, p) for p in people] + [(keep_sealing, n) for n in range(SEALERS)]
    with ThreadPoolExecutor(len(jobs)) as pool:
        sealed_meanwhile = sum(pool.map(at_once, jobs))
    sealed = sealed_meanwhile + seal()

    assert Entry.objects.count() == before + WRITERS * EACH
    assert sealed == Link.objects.count() == Entry.objects.count()
    assert not Unsealed.objects.exists()
    assert not Link.objects.values("entry").annotate(n=Count("pk")).filter(n__gt=1).exists()
    ends = Link.objects.aggregate(first=Min("position"), last=Max("position"))
    assert (ends["first"], ends["last"]) == (1, sealed)  # no gap: as many places as numbers
    report = verify()
    assert (report.whole, report.checked, report.breaks) == (True, sealed, [])


def test_a_second_sealer_finds_nothing_while_the_first_works():
    record("bid.start", make.user(), by=make.user())
    waiting = Unsealed.objects.count()

    def another():
        try:
            return seal()
        finally:
            connection.close()

    with transaction.atomic():
        assert seal() == waiting
        with ThreadPoolExecutor(1) as pool:
            assert pool.submit(another).result(timeout=10) == 0
    assert verify().whole


def test_an_entry_of_a_transaction_that_ends_late_comes_later_and_is_not_lost():
    person = make.user()
    seal()
    ready, go = Barrier(2), Barrier(2)

    def slowly():
        try:
            with transaction.atomic():
                record("bid.start", person, by=person)
                ready.wait(timeout=10)
                go.wait(timeout=10)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        late = pool.submit(slowly)
        ready.wait(timeout=10)
        record("bid.submit", person, by=person)
        assert seal() == 1
        go.wait(timeout=10)
        late.result(timeout=10)
    assert seal() == 1
    in_order = [link.entry.verb for link in Link.objects.order_by("-position")[:2]]
    assert in_order == ["bid.start", "bid.submit"]
    report = verify()
    assert (report.whole, report.unsealed) == (True, 0)
