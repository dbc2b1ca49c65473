"""How the service writes money, dates and spans of time: the same on screen, paper and mail."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any

from django.utils import timezone

from . import clock, years

SCALES = ((Decimal(1_000_000_000), "billion"), (Decimal(1_000_000), "million"))
TENTH = Decimal("0.1")
DAY, HOUR, MINUTE = 86_400, 3_600, 60
NOON = 12


@lru_cache(maxsize=5_000, typed=True)
def money(value: Any) -> str:
    """Pounds; pence only where there are any: £1,191,597 or £1,200.50."""
    value = Decimal(value)
    sign, size = ("−" if value < 0 else ""), abs(value)
    return f"{sign}£{size:,.0f}" if size == int(size) else f"{sign}£{size:,.2f}"


def money_short(value: Any) -> str:
    """£4.5 million for headlines; below a million the amount in full pounds."""
    value = Decimal(value)
    sign, size = ("−" if value < 0 else ""), abs(value)
    for scale, word in SCALES:
        # 999,960 would read "1.0 million": what rounds up to a scale belongs to it.
        if (tenths := (size / scale).quantize(TENTH, ROUND_HALF_UP)) >= 1:
            return f"{sign}£{tenths.normalize():f} {word}"
    return f"{sign}£{size.quantize(Decimal(1), ROUND_HALF_UP):,}"


def financial_year(start: int) -> str:
    return years.label(int(start))


def uk_date(value: Any) -> str:
    return _day(_london(value).date() if isinstance(value, datetime) else value)


@lru_cache(maxsize=5_000)
def _day(value: date) -> str:
    return f"{value.day} {value:%B %Y}"


def uk_instant(value: datetime) -> str:
    return _instant(value, "%M")


def uk_exact(value: datetime) -> str:
    """To the second, for a receipt: which side of a deadline it lies on is never in doubt."""
    return f"{_instant(value, '%M:%S')} (UK time)"


def _instant(value: datetime, after_the_hour: str) -> str:
    local = _london(value)
    hour = local.hour % NOON or NOON
    half = "am" if local.hour < NOON else "pm"
    return f"{uk_date(local)} at {hour}:{local.strftime(after_the_hour)}{half}"


def percent(value: Any) -> str:
    """A number of per cent, as `money.percentage` gives it: 80.0 as 80%, 72.5 as 72.5%."""
    text = f"{Decimal(str(value)):.1f}"
    return f"{text.removesuffix('.0')}%"


def tenths(value: Decimal) -> str:
    """A measured number: with one decimal place where it is no whole one, halves rounded up."""
    if value == (whole := int(value)):
        return str(whole)
    rounded = value.quantize(TENTH, ROUND_HALF_UP)
    return str(rounded or abs(rounded))


def span(seconds: float) -> str:
    """Plain words, rounded down, so that nobody is promised more time than there is."""
    seconds = int(seconds)
    for size, word, up_to in (
        (MINUTE, "minute", HOUR),
        (HOUR, "hour", 2 * DAY),
        (DAY, "day", None),
    ):
        if up_to is None or seconds < up_to:
            count = seconds // size
            return "less than a minute" if count == 0 else f"{count:,} {word}{'s'[: count != 1]}"
    raise AssertionError


def ago(value: datetime, now: datetime | None = None) -> str:
    seconds = ((now or clock.now()) - value).total_seconds()
    if seconds < 0:
        return f"in {span(-seconds)}"
    return "just now" if seconds < MINUTE else f"{span(seconds)} ago"


def time_left(value: datetime, now: datetime | None = None) -> str:
    seconds = (value - (now or clock.now())).total_seconds()
    return f"{span(seconds)} left" if seconds > 0 else "no time left"


def closes(value: datetime, now: datetime | None = None) -> str:
    seconds = (value - (now or clock.now())).total_seconds()
    return f"closes in {span(seconds)}" if seconds > 0 else f"closed {uk_date(value)}"


def _london(value: datetime) -> datetime:
    return timezone.localtime(value, clock.LONDON) if timezone.is_aware(value) else value
