"""What PostgreSQL writes of a list is to the byte what Python writes."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from carefund.core import clock
from carefund.core.sheets import Cell, Sheet, csv_parts
from grants.bids.exports import BidSheet
from grants.bids.models import Bid
from programmes.targets.models import TargetObservation
from tests import make
from tests.reports.make import target as make_target

TEXTS = (
    *("", "plain", "=1+1", "+44 20", "-5", "@x", "\tx", "\rx", "a,b", 'say "yes"', "two\nlines"),
    *("lone\rreturn", "100%s %", "'quoted", "\\.", "\\N", " spaces ", "Żółć 🙂", "a;b"),
)


class SaidSheet(Sheet):
    target = Cell("target__name", "Target")
    statement = Cell("statement", "Statement, in words")
    source = Cell("source", "Source")
    on = Cell("on", "Date")
    value = Cell("value", "Value")
    area = Cell("area__name", "Area")
    recorded = Cell("recorded_at", "Recorded")
    sample = Cell("is_sample", "Sample data")


@pytest.fixture
def said(story):
    target = make_target(story.programme)
    moments = (datetime(2026, 1, 5, 23, 59, 59, 999999, tzinfo=UTC), clock.now())
    for number, text in enumerate(TEXTS):
        TargetObservation.objects.create(
            target=target,
            on=date(2024, 1, 1 + number),
            value=Decimal(number) / 4,
            kind="planned",
            statement=text,
            source=text[::-1],
            area=story.authority if number % 2 else None,
            recorded_at=moments[number % 2],
            is_sample=number % 3 == 0,
        )
    return TargetObservation.objects.filter(source__in=[t[::-1] for t in TEXTS]).order_by("-on")


def both_ways(table):
    """As the database writes it where it can, and as Python does."""
    return (
        b"".join(p.encode() if isinstance(p, str) else p for p in table.csv()),
        "".join(csv_parts(table)).encode(),
    )


def test_text_of_every_kind_is_written_the_same(said, on_postgresql):
    ours, theirs = both_ways(table := SaidSheet().table(said))
    assert ours == theirs
    assert theirs.count(b"\r\n") >= len(TEXTS)
    assert isinstance(list(table.csv())[-1], bytes) == on_postgresql


def test_states_and_money_are_written_the_same(story, on_postgresql):
    make.submitted_bid(story)
    rows = Bid.objects.order_by("reference")
    ours, theirs = both_ways(table := BidSheet().table(rows))
    assert ours == theirs
    assert rows.count() > 0
    assert isinstance(list(table.csv())[-1], bytes) == on_postgresql
