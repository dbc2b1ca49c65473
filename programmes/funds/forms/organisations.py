from typing import Any

from django import forms

from carefund.core.forms import DateField, GovForm, RadioField
from carefund.core.forms.filters import ListFilter, choice, words
from programmes.organisations.models import Organisation


class OrganisationFilter(ListFilter):
    q = words("Name or code, also former ones")
    kind = choice("Kind", Organisation.Kind.choices)
    without = choice("Administrator", [("1", "Has none")])


class AdministratorForm(GovForm, forms.Form):
    name = forms.CharField(label="Full name", max_length=150)
    email = forms.EmailField(label="Email address", max_length=254)


class RenameForm(GovForm, forms.Form):
    name = forms.CharField(label="New name", max_length=200)
    short_name = forms.CharField(label="Short name for tables", max_length=120)
    on = DateField(label="First day of the new name")
    reason = forms.CharField(
        label="Reason", widget=forms.Textarea(attrs={"rows": 3}), max_length=1000
    )


class CodeForm(GovForm, forms.Form):
    gss_code = forms.CharField(label="New GSS code", max_length=9, help_text="Like E06000063")
    on = DateField(label="First day of the new code")


class DomainForm(GovForm, forms.Form):
    domain = forms.CharField(
        label="Email domain",
        max_length=120,
        help_text="What comes after the @, like exampleshire.gov.uk. Whoever confirms an address "
        "there may ask to join.",
    )


class MergeForm(GovForm, forms.Form):
    """Which organisations go into which, on what day and why."""

    on = DateField(label="First day of the successor’s responsibility")
    carry_members = RadioField(
        label="What about the people of those that end?",
        choices=[
            ("yes", "They get the same roles in the successor"),
            ("no", "They only read what was theirs; the successor invites whom it wants"),
        ],
    )
    reason = forms.CharField(
        label="Reason",
        help_text="Such as the order that creates the new authority",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
    )

    def __init__(self, *args: Any, picked: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.picked = picked

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.picked.gone:
            raise forms.ValidationError("Choose the organisations that end.")
        if self.picked.successor is None:
            raise forms.ValidationError("Choose the organisation that goes on.")
        return given

    @property
    def wanted(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            **given,
            "predecessors": list(self.picked.gone),
            "successor": self.picked.successor,
            "carry_members": given["carry_members"] == "yes",
        }
