from datetime import date
from typing import Any, cast

from django import forms

from carefund.core import clock, years
from carefund.core.forms import GovForm, MoneyField, RadioField
from carefund.core.forms.filters import ListFilter

AHEAD, BACK = 10, 15


def choices_of_years() -> list[tuple[int, str]]:
    now = years.financial_year(clock.today())
    return [(year, years.label(year)) for year in range(now - BACK, now + AHEAD + 1)]


class AsAtForm(ListFilter):
    """A day in the past or today; what is no such day is today."""

    as_at = forms.DateField(label="As at", widget=forms.DateInput(attrs={"type": "date"}))

    @property
    def day(self) -> date:
        return min(self.chosen("as_at") or clock.today(), clock.today())


class BudgetForm(GovForm, forms.Form):
    financial_year = forms.TypedChoiceField(label="Financial year", coerce=int)
    kind = RadioField(label="Kind", choices=years.Kind.choices)
    direction = RadioField(
        label="What happens to the budget?", choices=[("raise", "It rises"), ("lower", "It falls")]
    )
    amount = MoneyField(label="By how much?")
    reason = forms.CharField(
        label="Reason", widget=forms.Textarea(attrs={"rows": 3}), max_length=300
    )
    # The same form sent twice is one change.
    key = forms.CharField(widget=forms.HiddenInput, max_length=60)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["financial_year"]).choices = choices_of_years()

    def clean_amount(self):
        amount = self.cleaned_data["amount"]
        if not amount:
            raise forms.ValidationError("The amount must be more than nothing")
        return amount
