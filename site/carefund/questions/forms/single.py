"""The field for each kind of question that is answered in one place."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from carefund.core.forms import CheckboxesField, DateField, MoneyField, RadioField

from ..definition import Question
from .drafts import NumberField, TextField, WordCount

YES_NO = {"yes": True, "no": False}


def _same(value: Any) -> Any:
    return value


def _or_nothing(write: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """An empty answer is stored as empty text whatever its kind."""
    return lambda value: "" if value is None or value == "" else write(value)


@dataclass(frozen=True)
class Kind:
    """`make` the field, `show` a stored value in it, `store` what it cleaned."""

    make: Callable[[Question, dict[str, Any]], forms.Field]
    show: Callable[[Any], Any] = _same
    store: Callable[[Any], Any] = _same


def _long_text(question: Question, base: dict[str, Any]) -> forms.Field:
    limit = question.options.get("words", 500)
    rows = min(max(limit // 25, 4), 14)
    field = TextField(**base, widget=forms.Textarea(attrs={"rows": rows}))
    field.validators.append(WordCount(limit))
    return field


def _choices(question: Question) -> list[tuple[str, str]]:
    return [(choice["value"], choice["label"]) for choice in question.options["choices"]]


def _money(value: Any) -> Any:
    return Decimal(value) if value not in (None, "") else None


def _email(question: Question, base: dict[str, Any]) -> forms.Field:
    wrong = "Enter an e-mail address, such as name@example.gov.uk"
    return forms.EmailField(**base, error_messages={"invalid": wrong})


def _yes_no(question: Question, base: dict[str, Any]) -> forms.Field:
    return RadioField(**base, choices=[("yes", "Yes"), ("no", "No")])


def _declaration(question: Question, base: dict[str, Any]) -> forms.Field:
    return forms.BooleanField(**{**base, "label": question.options.get("text", question.label)})


KINDS: dict[str, Kind] = {
    "short_text": Kind(lambda question, base: TextField(**base)),
    "long_text": Kind(_long_text),
    "number": Kind(
        lambda question, base: NumberField(**base),
        store=_or_nothing(lambda value: format(value, "f")),
    ),
    "money": Kind(
        lambda question, base: MoneyField(**base),
        show=_money,
        store=_or_nothing(lambda value: f"{value:.2f}"),
    ),
    "date": Kind(
        lambda question, base: DateField(**base),
        show=lambda value: date.fromisoformat(value) if value else None,
        store=_or_nothing(lambda value: value.isoformat()),
    ),
    "email": Kind(_email),
    "yes_no": Kind(
        _yes_no,
        show=lambda value: {True: "yes", False: "no"}.get(value, "") if value != "" else "",
        store=lambda value: YES_NO.get(value, ""),
    ),
    "one_of": Kind(lambda question, base: RadioField(**base, choices=_choices(question))),
    "many_of": Kind(lambda question, base: CheckboxesField(**base, choices=_choices(question))),
    "declaration": Kind(_declaration, show=lambda value: value is True, store=bool),
}
