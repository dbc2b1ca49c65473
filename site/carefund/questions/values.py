"""What is stored as text, read: numbers, days, money."""

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from carefund.core.money import InexactMoney, pounds

LONGEST = 40


def number(value: Any) -> Decimal | None:
    """The number that is stored, or None for what is none."""
    if isinstance(value, bool) or not isinstance(value, str | int) or len(str(value)) > LONGEST:
        return None
    try:
        found = Decimal(str(value))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def grouped(value: Any) -> str:
    """A stored number for people: 11,960. What is none stays as it is."""
    found = number(value)
    return str(value) if found is None else f"{found:,f}"


def day(value: Any) -> date | None:
    """The day that is stored, or None for what is none."""
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        return None


def spoken(value: Any) -> str:
    """27 March 2027; nothing for what is no day."""
    found = day(value)
    return f"{found.day} {found:%B %Y}" if found else ""


def is_money(value: Any) -> bool:
    try:
        return pounds(value) >= 0
    except InexactMoney:
        return False
