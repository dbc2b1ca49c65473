from django import forms

from carefund.core import clock
from carefund.core.errors import Refused
from carefund.core.forms import DateField, GovForm

from . import queries


class AsAtForm(GovForm, forms.Form):
    """Any past day. Its address says the day as `as_at=2026-03-31`."""

    as_at = DateField(label="As at", help_text="Any past day, for example 31 3 2026")

    def clean_as_at(self):
        try:
            return queries.possible(self.cleaned_data["as_at"])
        except Refused as error:
            raise forms.ValidationError(error.message) from None

    @classmethod
    def of(cls, data):
        """Bound when a day was typed; else showing the day in the address, or today."""
        if "as_at_year" in data:
            return cls(data)
        return cls(initial={"as_at": data.get("as_at") or clock.today()})


class WithdrawForm(GovForm, forms.Form):
    reason = forms.CharField(
        label="Why is the report withdrawn?",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
