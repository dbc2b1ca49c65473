"""Calls to the workers are made at once when it is quiet, and together when there are many."""

import time

import pytest

from carefund.core.work.waking import Together

WITHIN = 0.05


@pytest.fixture
def sent():
    return []


def wait_for(condition):
    until = time.monotonic() + 5
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.005)


def test_a_call_when_it_is_quiet_is_made_at_once(sent):
    wake = Together(sent.append, WITHIN)
    wake([1, 2])
    assert sent == [[1, 2]]
    time.sleep(2 * WITHIN)
    wake([3])
    assert sent == [[1, 2], [3]]


def test_many_calls_are_made_together_and_none_is_lost(sent):
    wake = Together(sent.append, WITHIN)
    for number in range(50):
        wake([number, 100 + number])
    wait_for(lambda: sum(map(len, sent)) == 100)
    assert len(sent) <= 5
    assert sorted(number for call in sent for number in call) == [*range(50), *range(100, 150)]


def test_a_broker_that_is_down_keeps_nobody_from_calling_later():
    tried = []

    def send(job_ids):
        tried.append(job_ids)
        raise ConnectionError

    wake = Together(send, WITHIN)
    with pytest.raises(ConnectionError):
        wake([1])
    wake([2])
    wake([3])
    wait_for(lambda: len(tried) == 2)
    time.sleep(2 * WITHIN)
    with pytest.raises(ConnectionError):
        wake([4])
    assert tried == [[1], [2, 3], [4]]
