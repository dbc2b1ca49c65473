"""How amounts, percentages and dates are written, the same in every picture and document."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal, localcontext
from enum import StrEnum
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
MINUS = "\u2212"
NO_VALUE = "–"
FEW_THOUSAND = 10_000  # below it, pounds are written out
SCALES = (
    (Decimal(10) ** 9, "billion", "bn"),
    (Decimal(10) ** 6, "million", "m"),
)


class Unit(StrEnum):
    MONEY = "money"
    PERCENT = "percent"
    NUMBER = "number"


def _rounded(value: Decimal, places: int) -> Decimal:
    with localcontext() as context:
        context.prec = 60
        return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def _plain(value: Decimal, most: int) -> str:
    """Grouped digits with at most so many decimals and no trailing zeros."""
    text = f"{_rounded(value, most):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _sign(value: Decimal) -> str:
    return MINUS if value < 0 else ""


def number(value: Decimal | int) -> str:
    value = Decimal(value)
    return f"{_sign(value)}{_plain(abs(value), 2)}"


def digits(value: Decimal | int, decimals: int, symbol: str = "") -> str:
    """With exactly so many decimals."""
    value = _rounded(Decimal(value), decimals)
    return f"{_sign(value)}{symbol}{abs(value):,.{decimals}f}"


def percent(value: Decimal | int) -> str:
    value = Decimal(value)
    return f"{_sign(value)}{_plain(abs(value), 1)}%"


def pounds(value: Decimal | int, symbol: str = "£") -> str:
    """Whole pounds, with pence only where there are any: £1,191,597 or £0.50."""
    value = _rounded(Decimal(value), 2)
    digits = f"{abs(value):,.0f}" if value == value.to_integral() else f"{abs(value):,.2f}"
    return f"{_sign(value)}{symbol}{digits}"


def pounds_in_words(value: Decimal | int) -> str:
    """Amounts from a million on as £4.5 million; smaller ones in full."""
    value = Decimal(value)
    for scale, word, _ in SCALES:
        if abs(value) >= scale:
            return f"{_sign(value)}£{_plain(abs(value) / scale, 2)} {word}"
    return pounds(value)


def short_pounds(value: Decimal | int) -> str:
    """For labels in pictures: £4.5m, £320k, £950."""
    value = Decimal(value)
    size = abs(value)
    for scale, _, letter in SCALES:
        if size >= scale:
            return f"{_sign(value)}£{_plain(size / scale, 1 if size >= 10 * scale else 2)}{letter}"
    if size >= FEW_THOUSAND:
        return f"{_sign(value)}£{_plain(size / 1000, 1)}k"
    return pounds(value)


SHORT: dict[Unit, Callable[[Decimal | int], str]] = {
    Unit.MONEY: short_pounds,
    Unit.PERCENT: percent,
    Unit.NUMBER: number,
}
FULL: dict[Unit, Callable[[Decimal | int], str]] = {**SHORT, Unit.MONEY: pounds}


def short(value: Decimal | int | None, unit: Unit) -> str:
    return NO_VALUE if value is None else SHORT[unit](value)


def full(value: Decimal | int | None, unit: Unit) -> str:
    return NO_VALUE if value is None else FULL[unit](value)


def local_day(moment: date | datetime) -> date:
    """The day in the United Kingdom; a moment must know its time zone."""
    if not isinstance(moment, datetime):
        return moment
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return moment.astimezone(LONDON).date()


def day(moment: date | datetime) -> str:
    moment = local_day(moment)
    return f"{moment.day} {moment:%B} {moment.year}"


def month(moment: date | datetime) -> str:
    moment = local_day(moment)
    return f"{moment:%b} {moment.year}"
