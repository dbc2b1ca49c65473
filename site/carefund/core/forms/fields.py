import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from carefund.core.formats import money

from .limits import subject

# Commas and spaces only where they separate thousands: "12,50" is a slip, not 1,250.
AMOUNT = re.compile(
    r"(?P<sign>-?)£?(?P<pounds>[0-9]{1,3}(?:[, ][0-9]{3})+|[0-9]+)(?P<pence>\.[0-9]+)?"
)
LONGEST = 40
TEN_BILLION = Decimal(10000000000)


class MoneyField(forms.Field):
    """Pounds as people write them ("£1,200.50") to an exact `Decimal`."""

    widget = forms.TextInput
    default_error_messages = {
        "invalid": "%(subject)s must be an amount in pounds, like 1,200 or 1200.50",
        "pence": "%(subject)s must have no more than 2 digits of pence, like 1200.50",
        "min_value": "%(subject)s must be %(limit)s or more",
        "max_value": "%(subject)s must be %(limit)s or less",
    }

    def __init__(
        self,
        *,
        min_value: Decimal | None = Decimal(0),
        max_value: Decimal | None = TEN_BILLION,
        whole: bool = False,
        **kwargs: Any,
    ) -> None:
        self.min_value, self.max_value, self.whole = min_value, max_value, whole
        super().__init__(**kwargs)
        if whole:
            self.error_messages["pence"] = "%(subject)s must be in whole pounds, without pence"

    def to_python(self, value: Any) -> Decimal | None:
        if value in self.empty_values:
            return None
        if isinstance(value, Decimal):
            return value
        text = " ".join(str(value).split()).replace("£ ", "£").replace("−", "-")
        found = AMOUNT.fullmatch(text)
        if not found or len(text) > LONGEST:
            raise self._error("invalid")
        pence = (found["pence"] or "").rstrip("0") if self.whole else found["pence"] or ""
        if len(pence) > (1 if self.whole else 3):
            raise self._error("pence")
        digits = re.sub("[, ]", "", found["pounds"])
        return Decimal(found["sign"] + digits + pence.rstrip("."))

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is None:
            return
        for code, limit, broken in (
            ("min_value", self.min_value, self.min_value is not None and value < self.min_value),
            ("max_value", self.max_value, self.max_value is not None and value > self.max_value),
        ):
            if broken:
                raise self._error(code, limit=money(limit))

    def _error(self, code: str, **params: str) -> ValidationError:
        given = {"subject": subject(self, "The amount"), **params}
        return ValidationError(self.error_messages[code], code=code, params=given)

    def prepare_value(self, value: Any) -> Any:
        """A stored amount as people write it; what somebody typed stays as it was typed."""
        if not isinstance(value, Decimal):
            return value
        return f"{value:,.0f}" if value == int(value) else f"{value:,.2f}"


class RadioField(forms.ChoiceField):
    widget = forms.RadioSelect


class CheckboxesField(forms.MultipleChoiceField):
    widget = forms.CheckboxSelectMultiple
