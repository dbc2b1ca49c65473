from datetime import timedelta

import pytest
from django.db import connection

from carefund.core import clock, work
from carefund.core.models import Job
from carefund.core.work import queue, registry, tasks


@pytest.fixture
def kind(monkeypatch):
    """A kind of job that notes what it did and fails on request."""
    done = []

    def handle(*, number, fail=False):
        done.append(number)
        if fail:
            raise RuntimeError("The printer is on fire")

    monkeypatch.setitem(registry._handlers, "test.note", handle)
    return done


def test_job_is_recorded_once_per_key_and_done_once(db, kind):
    first = work.enqueue("test.note", key="a", payload={"number": 1})
    assert work.enqueue("test.note", key="a", payload={"number": 2}) == first
    assert [queue.run(first.pk), queue.run(first.pk)] == [True, False]
    assert (kind, Job.objects.get().state) == ([1], "done")


def test_job_for_later_waits_for_its_moment(db, kind, known_time):
    job = work.enqueue(
        "test.note", key="a", payload={"number": 1}, due_at=clock.now() + timedelta(hours=1)
    )
    assert queue.run(job.pk) is False
    known_time.shift(timedelta(hours=2))
    assert queue.run(job.pk) is True


def test_job_in_steps_has_no_transaction_around_it(db, monkeypatch):
    """Others need not wait for long work; what it did stays done when it fails later."""
    depths = []
    monkeypatch.setitem(
        registry._handlers, "test.steps", lambda: depths.append(len(connection.savepoint_ids))
    )
    monkeypatch.setattr(registry, "_in_steps", {"test.steps"})
    outside = len(connection.savepoint_ids)
    assert queue.run(work.enqueue("test.steps", key="a").pk) is True
    monkeypatch.setattr(registry, "_in_steps", set())
    assert queue.run(work.enqueue("test.steps", key="b").pk) is True
    assert depths == [outside, outside + 1]
    assert set(Job.objects.values_list("state", flat=True)) == {"done"}


def test_job_of_a_killed_worker_is_taken_up_when_its_lease_ends(db, kind, known_time):
    job = work.enqueue("test.note", key="a", payload={"number": 1})
    assert queue.take(job.pk) is not None  # and here the worker dies
    assert queue.run(job.pk) is False
    known_time.shift(queue.LEASE + timedelta(seconds=1))
    assert queue.run(job.pk) is True
    assert Job.objects.get().attempts == 2


def test_failing_job_is_tried_again_later_and_given_up_visibly(db, kind, known_time):
    job = work.enqueue("test.note", key="a", payload={"number": 1, "fail": True})
    for _ in range(queue.MOST_ATTEMPTS):
        with pytest.raises(RuntimeError):
            queue.run(job.pk)
        known_time.shift(timedelta(days=1))
    job.refresh_from_db()
    assert (job.state, len(kind)) == ("failed", queue.MOST_ATTEMPTS)
    assert "on fire" in job.last_error
    assert queue.run(job.pk) is False


def test_broker_that_is_down_does_not_undo_the_work_that_asked(
    db, kind, monkeypatch, django_capture_on_commit_callbacks
):
    def broken(job_id):
        raise ConnectionError("no broker")

    monkeypatch.setattr(queue, "_wakers", [broken])
    with django_capture_on_commit_callbacks(execute=True):
        work.enqueue("test.note", key="a", payload={"number": 1})
    assert Job.objects.due().count() == 1


def test_sweep_wakes_what_is_due_only(db, kind, monkeypatch):
    due = work.enqueue("test.note", key="a", payload={"number": 1})
    work.enqueue("test.note", key="b", payload={}, due_at=clock.now() + timedelta(hours=1))
    woken = []
    monkeypatch.setattr(tasks.run_job, "delay", woken.append)
    tasks.sweep()
    assert woken == [due.pk]


def test_unknown_kind_is_refused_when_asked_for(db):
    with pytest.raises(KeyError):
        work.enqueue("no.such", key="a")


def test_two_handlers_for_one_kind_are_refused():
    with pytest.raises(ValueError, match="Two handlers"):
        work.handles("notify.deliver")(lambda: None)
