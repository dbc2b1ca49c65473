"""What a type lets its author set, declared so that a designer can be made from it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from carefund.core import years
from carefund.core.money import InexactMoney, pounds

KINDS = (
    *("integer", "decimal", "money", "text", "boolean"),
    *("lines", "choices", "columns", "categories", "years"),
)
MOST_CHOICES = 200
MOST_COLUMNS = 50
MOST_YEARS = 15
LONGEST_LABEL = 300
LONGEST_TEXT = 5000
LONGEST_NUMBER = 20
VALUE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,59}")
KEY = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,59}")


@dataclass(frozen=True)
class Setting:
    """One thing to set. `default` counts where the author leaves it empty."""

    name: str
    label: str
    kind: str
    default: Any = None
    help: str = ""
    required: bool = False
    lowest: int | None = None
    highest: int | None = None

    def value(self, options: Mapping[str, Any]) -> Any:
        found = options.get(self.name)
        return self.default if found in (None, "", []) else found

    def problem(self, options: Mapping[str, Any]) -> str:
        """What is wrong with what was set, as words that follow the name of the question."""
        value = options.get(self.name)
        name = f"{self.label[:1].lower()}{self.label[1:]}"
        if value in (None, "", [], {}):
            return f"needs {name}" if self.required else ""
        wrong = CHECKS[self.kind](value, self)
        return f"has a problem with {name}: {wrong}" if wrong else ""


def _range(number: Decimal, setting: Setting) -> str:
    if setting.lowest is not None and number < setting.lowest:
        return f"it must be {setting.lowest:,} or more"
    if setting.highest is not None and number > setting.highest:
        return f"it must be {setting.highest:,} or less"
    return ""


def _integer(value: Any, setting: Setting) -> str:
    if not isinstance(value, int) or isinstance(value, bool):
        return "it must be a whole number"
    if len(str(abs(value))) > LONGEST_NUMBER:
        return "the number is too large"
    return _range(Decimal(value), setting)


def _decimal(value: Any, setting: Setting) -> str:
    try:
        number = Decimal(str(value)) if len(str(value)) <= LONGEST_NUMBER else None
    except (InvalidOperation, ValueError):
        number = None
    if number is None or isinstance(value, bool) or not number.is_finite():
        return "it must be a number"
    return _range(number, setting)


def _money(value: Any, setting: Setting) -> str:
    try:
        amount = pounds(value) if not isinstance(value, bool) else None
    except InexactMoney:
        amount = None
    if amount is None:
        return "it must be pounds and pence"
    return _range(amount, setting)


def _text(value: Any, _setting: Setting) -> str:
    if not isinstance(value, str):
        return "it must be text"
    return f"it must be {LONGEST_TEXT:,} characters or fewer" if len(value) > LONGEST_TEXT else ""


def _boolean(value: Any, _setting: Setting) -> str:
    return "" if isinstance(value, bool) else "it must be yes or no"


def _lines(value: Any, setting: Setting) -> str:
    if not isinstance(value, list) or not all(isinstance(line, str) for line in value):
        return "it must be a list of texts"
    if len(value) > (setting.highest or MOST_CHOICES):
        return f"there can be no more than {setting.highest or MOST_CHOICES}"
    if any(not line.strip() or len(line) > LONGEST_LABEL for line in value):
        return f"each must be text of 1 to {LONGEST_LABEL} characters"
    return "one of them stands there twice" if len(set(value)) < len(value) else ""


def _choices(value: Any, setting: Setting) -> str:
    """A list of {"value", "label"}."""
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        return "it must be a list of values and labels"
    most = setting.highest or MOST_CHOICES
    if len(value) > most:
        return f"there can be no more than {most}"
    if setting.lowest and len(value) < setting.lowest:
        return f"there must be at least {setting.lowest}"
    for item in value:
        if not isinstance(item.get("value"), str) or not VALUE.fullmatch(item["value"]):
            return "each needs a value of letters, digits, hyphens and underscores"
        label = item.get("label")
        if not isinstance(label, str) or not label.strip() or len(label) > LONGEST_LABEL:
            return f"each needs a label of 1 to {LONGEST_LABEL} characters"
    values = [item["value"] for item in value]
    return "a choice is offered twice" if len(set(values)) < len(values) else ""


def _columns(value: Any, setting: Setting) -> str:
    """A list of {"key", "label", "kind"} and what else a question has; see `columns`."""
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        return "it must be a list of columns"
    most = setting.highest or MOST_COLUMNS
    if len(value) > most:
        return f"there can be no more than {most}"
    for item in value:
        if not isinstance(item.get("key"), str) or not KEY.fullmatch(item["key"]):
            return "each needs a key of letters, digits and underscores that begins with a letter"
        label = item.get("label")
        if not isinstance(label, str) or not label.strip() or len(label) > LONGEST_LABEL:
            return f"each needs a label of 1 to {LONGEST_LABEL} characters"
    keys = [item["key"] for item in value]
    return "two have the same key" if len(set(keys)) < len(keys) else ""


def _years(value: Any, _setting: Setting) -> str:
    if not isinstance(value, list) or len(value) > MOST_YEARS:
        return f"it must be a list of no more than {MOST_YEARS} financial years"
    for year in value:
        if not isinstance(year, int) or not years.EARLIEST <= year <= years.LATEST:
            return f"each must be a year from {years.EARLIEST} to {years.LATEST}"
    return "" if value == sorted(set(value)) else "they must follow each other, each once"


CHECKS: dict[str, Callable[[Any, Setting], str]] = {
    "integer": _integer,
    "decimal": _decimal,
    "money": _money,
    "text": _text,
    "boolean": _boolean,
    "lines": _lines,
    "choices": _choices,
    "categories": _choices,
    "columns": _columns,
    "years": _years,
}
