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
    email = forms.EmailField(label="E-mail address", max_length=254)


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
        label="E-mail domain",
        max_length=120,
        help_text="What comes after the @, like exampleshire.gov.uk. Whoever confirms an address "
        "there may ask to join.",
    )


class MergeForm(GovForm, forms.Form):
    """Which organisations go into which, on what day and why."""

    predecessors = forms.CharField(
        label="Organisations that end",
        help_text="Their identifiers, such as GB-LAE-SHR, one on each line",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
    )
    successor = forms.CharField(
        label="Organisation that goes on", help_text="Its identifier", max_length=60
    )
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

    def clean_predecessors(self) -> list[Organisation]:
        return [_named(text) for text in dict.fromkeys(self.cleaned_data["predecessors"].split())]

    def clean_successor(self) -> Organisation:
        return _named(self.cleaned_data["successor"])

    @property
    def wanted(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {**given, "carry_members": given["carry_members"] == "yes"}


def _named(text: str) -> Organisation:
    found = Organisation.objects.filter(org_id__iexact=text.strip()).first()
    if found is None:
        raise forms.ValidationError(f"There is no organisation with the identifier {text[:60]}")
    return found
