"""Statements about a target: recorded by the right people, never overwritten."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from carefund.core import clock
from carefund.core.errors import NotAllowed, Refused
from programmes.targets import queries
from programmes.targets.actions import Statement, record_observation
from tests.reports.make import target as make_target

SAID = Statement(date(2026, 3, 31), Decimal("81.50"), "actual", "Above 80%", "Official statistics")


@pytest.fixture
def target(story):
    return make_target(story.programme)


def test_correction_supersedes_and_the_past_stays(story, target, known_time):
    analyst = story.people.analyst
    first = record_observation(target=target, said=SAID, by=analyst)
    then = clock.now()
    known_time.shift(3600)
    second = record_observation(
        target=target, said=replace(SAID, value=Decimal("80.90")), by=analyst
    )
    assert second.supersedes == first
    assert queries.latest(target).value == Decimal("80.90")
    assert queries.latest(target, then).value == Decimal("81.50")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"value": Decimal(101)}, "between 0 and 100"),
        ({"value": Decimal(-1)}, "between 0 and 100"),
        ({"on": date(2027, 1, 1)}, "future"),
        ({"source": " "}, "where the value was published"),
        ({"kind": "guess"}, "kinds"),
    ],
)
def test_statement_that_cannot_be_is_refused(story, target, change, words):
    with pytest.raises(Refused, match=words):
        record_observation(target=target, said=replace(SAID, **change), by=story.people.analyst)


def test_forecast_may_lie_ahead(story, target):
    ahead = replace(SAID, on=date(2027, 3, 31), kind="forecast")
    assert record_observation(target=target, said=ahead, by=story.people.analyst).pk


def test_others_do_not_record(story, target, client):
    for person in (story.people.author, story.people.adviser, story.people.elsewhere):
        with pytest.raises(NotAllowed):
            record_observation(target=target, said=SAID, by=person)
        client.force_login(person)
        assert client.get("/manage/targets/records/record/").status_code == 403


def test_statement_is_recorded_on_a_page(story, target, client):
    client.force_login(story.people.analyst)
    assert client.get("/manage/targets/none/record/").status_code == 404
    typed = {
        "on_day": "31",
        "on_month": "3",
        "on_year": "2026",
        "value": "81.5",
        "kind": "actual",
        "statement": "",
        "source": "Official statistics",
    }
    wrong = client.post("/manage/targets/records/record/", {**typed, "value": "120"})
    assert wrong.status_code == 400
    assert "between 0 and 100" in wrong.content.decode()
    assert client.post("/manage/targets/records/record/", typed).status_code == 302
    assert queries.latest(target).value == Decimal("81.50")
