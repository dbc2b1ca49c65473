from typing import cast

from django import forms
from django.db.models import Q, QuerySet

from carefund.core import clock, years
from carefund.core.forms import DateField, GovForm, MoneyField
from carefund.core.forms.filters import ListFilter, choice, words

from .queries import undecided

LONG = forms.Textarea(attrs={"rows": 5})
FILES = "PDF, PNG, JPG, DOCX, XLSX, CSV or TXT, up to 20 MB."
YEARS_AHEAD = 15


class ObservationForm(GovForm, forms.Form):
    period_starts_on = DateField(label="First day of the period")
    period_ends_on = DateField(label="Last day of the period")
    measured = forms.DecimalField(
        label="Measured value",
        help_text="At the yearly scale of the baseline.",
        max_digits=14,
        decimal_places=2,
    )
    method = forms.CharField(label="How was it measured?", widget=LONG, max_length=5000)
    evidence = forms.FileField(label="Evidence", required=False, help_text=FILES)


class ForecastForm(GovForm, forms.Form):
    financial_year = forms.TypedChoiceField(label="Financial year", coerce=int)
    amount = MoneyField(label="New forecast")
    reason = forms.CharField(label="Why does it change?", widget=LONG, max_length=2000)

    def __init__(self, *args, first_year: int, **kwargs):
        super().__init__(*args, **kwargs)
        last = years.financial_year(clock.today()) + YEARS_AHEAD
        cast("forms.ChoiceField", self.fields["financial_year"]).choices = [
            (year, years.label(year)) for year in range(first_year, last + 1)
        ]


class VerifyForm(GovForm, forms.Form):
    accepted = forms.TypedChoiceField(
        label="Does the observation hold?",
        choices=[("yes", "Yes, verify it"), ("no", "No, refuse it")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label="Note",
        help_text="Needed when you refuse it.",
        widget=LONG,
        max_length=2000,
        required=False,
    )


class ObservationFilter(ListFilter):
    q = words("Benefit, project or authority")
    show = choice(
        "Show", [("waiting", "Waiting"), ("verified", "Verified"), ("refused", "Not accepted")]
    )

    def apply(self, rows: QuerySet) -> QuerySet:
        if found := self.chosen("q"):
            rows = rows.filter(
                Q(benefit__title__icontains=found)
                | Q(benefit__project__reference__icontains=found)
                | Q(benefit__project__title__icontains=found)
                | Q(benefit__project__organisation__name__icontains=found)
            )
        chosen = self.chosen("show")
        if chosen == "waiting":
            return undecided(rows)
        return rows.filter(verification__accepted=chosen == "verified") if chosen else rows
