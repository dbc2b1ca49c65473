"""Values of the record as people write them: money, dates, choices, names."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models

from carefund.core import formats
from carefund.core.money import MoneyField
from carefund.core.states import StateField

from .content import PERSON
from .models import NAMELESS

PENCE = re.compile(r"-?\d+\.\d\d")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d.*")
NOTHING = "nothing"
LONGEST = 300


def label(model: type[models.Model] | None, name: str) -> str:
    field = _field(model, name)
    words = str(field.verbose_name) if field is not None else name.replace("_", " ")
    return words[:1].upper() + words[1:]


def value(model: type[models.Model] | None, name: str, raw: Any, people: Mapping[int, str]) -> str:
    """One side of a change, in words; `people` are the names by number."""
    if raw is None or raw in ("", [], {}):
        return NOTHING
    if isinstance(raw, dict) and PERSON in raw:
        return people.get(raw[PERSON], NAMELESS)
    if isinstance(raw, bool):
        return "Yes" if raw else "No"
    if isinstance(raw, list):
        return ", ".join(value(model, name, item, people) for item in raw)
    text = _by_field(_field(model, name), raw) or _by_shape(str(raw))
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def people_in(changes: Mapping[str, Any]) -> set[int]:
    sides = (side for pair in changes.values() for side in _flat(pair))
    return {side[PERSON] for side in sides if isinstance(side, dict) and PERSON in side}


def _flat(pair: Any) -> list[Any]:
    if not isinstance(pair, list):
        return [pair]
    return [inner for item in pair for inner in _flat(item)]


def _field(model: type[models.Model] | None, name: str) -> Any:
    if model is None:
        return None
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    return field if field.concrete else None


def _by_field(field: Any, raw: Any) -> str:
    """What the field knows about its values; empty when that is nothing."""
    if isinstance(field, StateField) and field.table and raw in field.table.states:
        return field.table.states[raw].label
    if isinstance(field, MoneyField):
        try:
            return formats.money(Decimal(str(raw)))
        except InvalidOperation:
            return ""
    choices = dict(getattr(field, "flatchoices", None) or ())
    return str(choices.get(raw, ""))


def _by_shape(text: str) -> str:
    if PENCE.fullmatch(text):
        return formats.money(Decimal(text))
    try:
        if DAY.fullmatch(text):
            return formats.uk_date(date.fromisoformat(text))
        if INSTANT.fullmatch(text):
            return formats.uk_instant(datetime.fromisoformat(text))
    except ValueError:
        return text
    return text
