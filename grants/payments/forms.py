from typing import Any, cast

from django import forms
from django.db.models import Q, QuerySet

from carefund.core import years
from carefund.core.formats import money
from carefund.core.forms import DateField, GovForm, MoneyField, RadioField
from carefund.core.forms.filters import ListFilter, choice, words
from carefund.core.forms.uploads import FilesField

from .states import CLAIM, WITH_DEPARTMENT

LONG = forms.Textarea(attrs={"rows": 5})
FILES = "Invoices or ledger reports: PDF, PNG, JPG, DOCX, XLSX, CSV or TXT, up to 20 MB each."


def field_of(year: int, kind: str) -> str:
    return f"amount_{year}_{kind}"


class ClaimForm(GovForm, forms.Form):
    """A claim with one amount for each year and kind that the grant has, as `left` says."""

    period_starts_on = DateField(label="First day of the period you claim for")
    period_ends_on = DateField(label="Last day of the period you claim for")
    narrative = forms.CharField(label="What was the money spent on?", widget=LONG, max_length=5000)
    evidence = FilesField(label="Evidence", required=False, help_text=FILES)

    def __init__(self, *args: Any, left: dict, **kwargs: Any) -> None:
        self.left = left
        super().__init__(*args, **kwargs)
        for (year, kind), room in sorted(left.items()):
            self.fields[field_of(year, kind)] = MoneyField(
                label=f"{years.label(year)}, {kind}",
                required=False,
                help_text=f"The grant has {money(room)} left here.",
            )
        self.order_fields(["period_starts_on", "period_ends_on", *self.amount_names])

    @property
    def amount_names(self) -> list[str]:
        return [field_of(year, kind) for year, kind in sorted(self.left)]

    def wanted(self) -> dict[str, Any]:
        """What the actions take."""
        given = self.cleaned_data
        amounts = {
            (year, kind): given[field_of(year, kind)]
            for year, kind in self.left
            if given.get(field_of(year, kind))
        }
        names = ("period_starts_on", "period_ends_on", "narrative", "evidence")
        return {"amounts": amounts, **{name: given[name] for name in names}}


class ReasonForm(GovForm, forms.Form):
    reason = forms.CharField(label="Reason", widget=LONG, max_length=2000)


class ApproveForm(GovForm, forms.Form):
    reason = forms.CharField(label="What makes the claim eligible?", widget=LONG, max_length=2000)


class RecoverForm(GovForm, forms.Form):
    pot = RadioField(label="Year and kind")
    amount = MoneyField(label="Amount to recover")
    reason = forms.CharField(label="Reason", widget=LONG, max_length=2000)

    def __init__(self, *args: Any, pots: list, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["pot"]).choices = [
            (f"{year}-{kind}", f"{years.label(year)}, {kind}: {money(paid)} paid")
            for (year, kind), paid in pots
        ]

    def wanted(self) -> dict[str, Any]:
        year, _, kind = self.cleaned_data["pot"].partition("-")
        given = {name: self.cleaned_data[name] for name in ("amount", "reason")}
        return {"financial_year": int(year), "kind": kind, **given}


class ClaimFilter(ListFilter):
    q = words("Claim, project or authority")
    state = choice("Status", [(s, CLAIM.states[s].label) for s in WITH_DEPARTMENT])

    def apply(self, rows: QuerySet) -> QuerySet:
        if found := self.chosen("q"):
            rows = rows.filter(
                Q(reference__icontains=found)
                | Q(project__reference__icontains=found)
                | Q(project__title__icontains=found)
                | Q(project__organisation__name__icontains=found)
            )
        return rows.filter(state=self.chosen("state")) if self.chosen("state") else rows
