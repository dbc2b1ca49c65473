"""Forms that keep what is incomplete and refuse only what cannot be read."""

import re
from datetime import date
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError

from carefund.core.forms import DateField, GovForm, WordLimit

# What one answer may hold; far above every word limit, far below what would hurt.
LONGEST = 100_000
LONGEST_NUMBER = 20
NUMBER = re.compile(r"-?(?:[0-9]{1,3}(?:[, ][0-9]{3})+|[0-9]+)(?:\.[0-9]{1,6})?")


class DraftForm(GovForm, forms.Form):
    """Shows which fields are required without asking for them: a draft may lack answers."""

    def _clean_fields(self):
        wanted = [field for field in self.fields.values() if field.required]
        for field in wanted:
            field.required = False
        try:
            super()._clean_fields()
        finally:
            for field in wanted:
                field.required = True


class WordCount(WordLimit):
    """Lets the page count words; too many are kept as a draft and named before certifying."""

    def __call__(self, value: str) -> None:
        return


class TextField(forms.CharField):
    """Text as it was typed, with one kind of line break."""

    def __init__(self, **kwargs):
        super().__init__(**{"max_length": LONGEST, **kwargs})

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n").replace("\r", "\n")


class NumberField(forms.Field):
    """A number as people write it ("1,200.5") to an exact `Decimal`."""

    widget = forms.TextInput

    def to_python(self, value):
        text = " ".join(str(value or "").split()).replace("−", "-")
        if not text:
            return None
        if len(text) > LONGEST_NUMBER or not NUMBER.fullmatch(text):
            raise ValidationError(
                "%(label)s must be a number, like 12 or 1,200.5",
                code="invalid",
                params={"label": self.label or "The answer"},
            )
        return Decimal(re.sub("[, ]", "", text))


class DayField(forms.CharField):
    """A date in one control, for a cell of a table: 27 3 2027, 27/3/2027, 27 March 2027."""

    parts = DateField()

    def to_python(self, value):
        if isinstance(value, date):
            return value
        text = super().to_python(value).strip()
        if not text:
            return None
        if re.fullmatch(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}", text):
            text = "/".join(reversed(text.split("-")))
        typed = [part for part in re.split(r"[/. -]+", text) if part]
        try:
            return self.parts.to_python(typed if len(typed) == len("dmy") else [text, "0", "0"])
        except ValidationError:
            raise ValidationError("Enter a real date, such as 27/3/2027", code="invalid") from None

    def prepare_value(self, value):
        return f"{value.day}/{value.month}/{value.year}" if isinstance(value, date) else value
