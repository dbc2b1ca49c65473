from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.template.defaultfilters import floatformat

from carefund.core import formats

NOW = datetime(2026, 6, 15, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("1191597", "£1,191,597"),
        ("1200.50", "£1,200.50"),
        ("0", "£0"),
        ("-1200", "−£1,200"),
        ("1200.00", "£1,200"),
    ],
)
def test_money_shows_pence_only_where_there_are_any(value, text):
    assert formats.money(Decimal(value)) == text


@pytest.mark.parametrize(
    "value", ["0", "0.00", "34", "34.00", "34.04", "34.05", "-34.25", "-0.04", "1234.567", "99.95"]
)
def test_measured_numbers_are_written_as_templates_write_them(value):
    assert formats.tenths(Decimal(value)) == floatformat(Decimal(value))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (4_500_000, "£4.5 million"),
        (3_004_449, "£3 million"),
        (150_000_000, "£150 million"),
        (1_000_000_000, "£1 billion"),
        (960_000, "£1 million"),
        (20_000, "£20,000"),
        (-4_500_000, "−£4.5 million"),
    ],
)
def test_money_short_is_for_headlines(value, text):
    assert formats.money_short(value) == text


def test_instants_are_shown_in_london_whatever_the_season():
    assert formats.uk_instant(datetime(2018, 6, 1, 15, 0, tzinfo=UTC)) == "1 June 2018 at 4:00pm"
    assert formats.uk_instant(datetime(2018, 1, 1, 0, 5, tzinfo=UTC)) == "1 January 2018 at 12:05am"
    exact = formats.uk_exact(datetime(2018, 6, 1, 14, 59, 59, tzinfo=UTC))
    assert exact == "1 June 2018 at 3:59:59pm (UK time)"
    assert formats.uk_date(datetime(2018, 6, 1, 23, 30, tzinfo=UTC)) == "2 June 2018"
    assert formats.uk_date(date(2018, 6, 1)) == "1 June 2018"


@pytest.mark.parametrize(
    ("ahead", "left", "closing"),
    [
        (timedelta(days=12, hours=3), "12 days left", "closes in 12 days"),
        (timedelta(hours=47), "47 hours left", "closes in 47 hours"),
        (timedelta(hours=1), "1 hour left", "closes in 1 hour"),
        (timedelta(minutes=25), "25 minutes left", "closes in 25 minutes"),
        (timedelta(seconds=5), "less than a minute left", "closes in less than a minute"),
        (timedelta(0), "no time left", "closed 15 June 2026"),
        (timedelta(days=-3), "no time left", "closed 12 June 2026"),
    ],
)
def test_time_left_promises_no_more_than_there_is(ahead, left, closing):
    assert formats.time_left(NOW + ahead, NOW) == left
    assert formats.closes(NOW + ahead, NOW) == closing


def test_ago_reads_as_people_speak():
    assert formats.ago(NOW - timedelta(days=3), NOW) == "3 days ago"
    assert formats.ago(NOW - timedelta(seconds=3), NOW) == "just now"
    assert formats.ago(NOW + timedelta(hours=3), NOW) == "in 3 hours"


def test_percent_drops_a_decimal_that_says_nothing():
    assert (formats.percent(Decimal("80.0")), formats.percent(72.5)) == ("80%", "72.5%")
