import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_date

from .limits import subject

PARTS = ("day", "month", "year")
MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
SHORTEST_MONTH = 3
BETWEEN, ISO_YEAR = re.compile(r"[\s/.-]+"), re.compile(r"[0-9]{4}")
ORDINAL = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?", re.IGNORECASE)


class DateParts(forms.MultiWidget):
    """Day, month and year beside each other; never a calendar that must be scrolled."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(dict.fromkeys(PARTS, forms.TextInput), attrs)

    def decompress(self, value: Any) -> list[int | None]:
        if isinstance(value, str):
            value = parse_date(value)
        return [value.day, value.month, value.year] if value else [None, None, None]

    def id_for_label(self, id_: str) -> str:
        return id_


class DateField(forms.Field):
    """Three typed parts to a date. "12th" and "May" are understood; what is not is named.

    A whole date pasted into the first part is one, too.

    An error carries `params["parts"]`, so that only the wrong parts are marked on the page.
    """

    widget = DateParts
    default_error_messages = {
        "invalid": "%(subject)s must be a real date, like 27 3 2026",
        "missing": "%(subject)s must include a %(missing)s",
        "year": "%(subject)s must have a year of 4 numbers",
        "min_value": "%(subject)s must be %(limit)s or later",
        "max_value": "%(subject)s must be %(limit)s or earlier",
    }

    def __init__(
        self, *, min_value: date | None = None, max_value: date | None = None, **kwargs: Any
    ) -> None:
        self.min_value, self.max_value = min_value, max_value
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> date | None:
        if isinstance(value, datetime):
            return value.date()
        if value in self.empty_values or isinstance(value, date):
            return value or None
        texts = _taken_apart([str(part or "").strip() for part in value])
        if not any(texts):
            return None
        missing = [part for part, text in zip(PARTS, texts, strict=True) if not text]
        if missing:
            raise self._error("missing", missing, missing=" and ".join(missing))
        return self._date(*texts)

    def _date(self, day: str, month: str, year: str) -> date:
        found = ORDINAL.fullmatch(day)
        numbers = {"day": int(found[1]) if found else 0, "month": month_number(month)}
        wrong = [part for part in PARTS[:2] if not numbers[part]]
        if wrong:
            raise self._error("invalid", wrong)
        if not re.fullmatch(r"[1-9][0-9]{3}", year):
            raise self._error("year", ["year"])
        try:
            return date(int(year), numbers["month"], numbers["day"])
        except ValueError:
            raise self._error("invalid", ["day"]) from None

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and self.min_value and value < self.min_value:
            raise self._error("min_value", PARTS, limit=spoken(self.min_value))
        if value and self.max_value and value > self.max_value:
            raise self._error("max_value", PARTS, limit=spoken(self.max_value))

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True

    def _error(self, code: str, parts: Iterable[str], **params: str) -> ValidationError:
        message = self.error_messages[code]
        given = {"parts": tuple(parts), "subject": subject(self, "The date"), **params}
        return ValidationError(message, code=code, params=given)


def _taken_apart(texts: list[str]) -> list[str]:
    """Day, month and year, also of a date that stands whole in the first part."""
    pieces = BETWEEN.split(texts[0])
    if any(texts[1:]) or len(pieces) != len(PARTS):
        return texts
    return pieces[::-1] if ISO_YEAR.fullmatch(pieces[0]) else pieces


def month_number(text: str) -> int:
    """1 to 12, or 0 for what is no month."""
    text = text.casefold().rstrip(".")
    if re.fullmatch(r"[0-9]{1,2}", text):
        return int(text) if 1 <= int(text) <= len(MONTHS) else 0
    if len(text) < SHORTEST_MONTH:
        return 0
    return next((n for n, month in enumerate(MONTHS, 1) if month.startswith(text)), 0)


def spoken(value: date) -> str:
    return f"{value.day} {value:%B %Y}"
