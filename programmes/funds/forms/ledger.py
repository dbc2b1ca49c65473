from datetime import date
from typing import Any, cast

from django import forms

from carefund.core import clock, years
from carefund.core.forms import DateField, GovForm, MoneyField, RadioField
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


class VirementForm(GovForm, forms.Form):
    """What moves: between two budget lines, into the budget, or out of it."""

    what = RadioField(
        label="What changes?",
        choices=[
            ("move", "Money moves from one line to another"),
            ("bring", "New money comes in"),
            ("give", "Money is given back"),
        ],
    )
    from_year = forms.TypedChoiceField(
        label="From: financial year",
        help_text="Not needed when new money comes in",
        coerce=int,
        required=False,
    )
    from_kind = forms.ChoiceField(label="From: capital or revenue", required=False)
    to_year = forms.TypedChoiceField(
        label="To: financial year",
        help_text="Not needed when money is given back",
        coerce=int,
        required=False,
    )
    to_kind = forms.ChoiceField(label="To: capital or revenue", required=False)
    amount = MoneyField(label="How much?")
    dated_on = DateField(label="Date of the change", help_text="From which day it counts")
    reason = forms.CharField(
        label="Reason", widget=forms.Textarea(attrs={"rows": 3}), max_length=1000
    )
    authority = forms.CharField(
        label="Authority to turn capital into revenue",
        help_text="Only where capital becomes revenue, such as a letter of the Treasury",
        max_length=300,
        required=False,
    )
    # The same form sent twice is one proposal.
    key = forms.CharField(widget=forms.HiddenInput, max_length=60)
    marks_optional = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years_there = [("", "Choose a year"), *choices_of_years()]
        kinds_there = [("", "Choose capital or revenue"), *years.Kind.choices]
        for end in ("from", "to"):
            cast("forms.ChoiceField", self.fields[f"{end}_year"]).choices = years_there
            cast("forms.ChoiceField", self.fields[f"{end}_kind"]).choices = kinds_there
        self.fields["dated_on"].initial = clock.today()

    def clean_amount(self):
        amount = self.cleaned_data["amount"]
        if not amount:
            raise forms.ValidationError("The amount must be more than nothing")
        return amount

    def clean(self) -> Any:
        cleaned = super().clean() or {}
        needed = {"move": ("from", "to"), "bring": ("to",), "give": ("from",)}
        for end in needed.get(cleaned.get("what", ""), ()):
            for part, words in (("year", "the year"), ("kind", "capital or revenue")):
                name = f"{end}_{part}"
                if cleaned.get(name) in {None, ""} and name not in self.errors:
                    self.add_error(name, f"Choose {words} that the money {ENDS[end]}")
        return cleaned

    @property
    def values(self) -> dict[str, Any]:
        given = self.cleaned_data
        ends = {
            end: (given[f"{end}_year"], given[f"{end}_kind"])
            for end in ("from", "to")
            if given["what"] != {"from": "bring", "to": "give"}[end]
        }
        names = ("amount", "dated_on", "reason", "authority", "key")
        return {
            "source": ends.get("from"),
            "target": ends.get("to"),
            **{name: given[name] for name in names},
        }


ENDS = {"from": "comes from", "to": "goes to"}
