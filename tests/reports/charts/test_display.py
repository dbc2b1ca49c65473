from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from reports.charts import display
from reports.charts.axis import axis_for
from reports.charts.placing import spread

D = Decimal


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (D(1191597), "£1,191,597"),
        (D("0.5"), "£0.50"),
        (D("1234.56"), "£1,234.56"),
        (D(-20), "−£20"),
        (0, "£0"),
    ],
)
def test_pounds_shows_pence_only_when_there_are_any(value: D, text: str) -> None:
    assert display.pounds(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (D(4500000), "£4.5m"),
        (D(320000), "£320k"),
        (D(950), "£950"),
        (D(10) ** 12, "£1,000bn"),
        (D(-4500000), "−£4.5m"),
    ],
)
def test_short_pounds_fit_a_label(value: D, text: str) -> None:
    assert display.short_pounds(value) == text


def test_pounds_in_words_speaks_of_millions() -> None:
    assert display.pounds_in_words(D(4500000)) == "£4.5 million"
    assert display.pounds_in_words(D(999999)) == "£999,999"


def test_day_is_that_of_the_united_kingdom() -> None:
    assert display.day(datetime(2018, 5, 31, 23, 30, tzinfo=UTC)) == "1 June 2018"
    assert display.day(date(2018, 6, 1)) == "1 June 2018"


def test_day_refuses_a_moment_without_time_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        display.day(datetime(2018, 6, 1))  # noqa: DTZ001 - the mistake under test


@pytest.mark.parametrize("values", [[], [D(0)], [D(-3)], [D(7), D(-2)], [D(10) ** 18]])
def test_axis_includes_zero_and_every_value(values: list[D]) -> None:
    axis = axis_for(values)
    assert D(0) in axis.ticks
    assert all(0 <= axis.share(value) <= 1 for value in values)
    assert len(axis.ticks) <= 8


def test_spread_keeps_the_order_and_the_distance() -> None:
    placed = spread([50, 10, 11, 49], [10, 10, 10, 10], 0, 60)
    assert placed == [50, 10, 20, 40]
