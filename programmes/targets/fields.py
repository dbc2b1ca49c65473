"""What a person may type in a statement about a target: on its form and in a spreadsheet."""

from typing import Any

from django import forms

from carefund.core.forms import RadioField

from .models import TargetObservation


class PercentField(forms.DecimalField):
    """In per cent, with the sign or without it."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.strip().removesuffix("%") if type(value) is str else value)


def value() -> forms.Field:
    return PercentField(label="Value in per cent", max_digits=5, decimal_places=2)


def kind() -> forms.Field:
    return RadioField(label="Kind of statement", choices=TargetObservation.Kind.choices)


def statement() -> forms.Field:
    return forms.CharField(label="Statement in words", max_length=300, required=False)


def source() -> forms.Field:
    return forms.CharField(label="Source", max_length=500, help_text="Where it was published")
