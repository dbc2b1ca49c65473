from typing import Any, cast

from django import forms

from carefund.accounts.roles import StaffRole
from carefund.core.forms import GovForm, RadioField
from carefund.core.forms.filters import ListFilter, choice, words

from ..models import Programme

ALL = ""
ROLE_HINTS = {
    StaffRole.PROGRAMME_OFFICER: "Checks bids, recommends rounds, approves claims",
    StaffRole.SENIOR_OFFICER: "Approves rounds, agrees to waivers, clears reports",
    StaffRole.FINANCE_OFFICER: "Releases payments that an officer has approved",
    StaffRole.ASSESSOR: "Scores the bids that are assigned to them",
    StaffRole.EDITOR: "Writes calls, guidance and news",
    StaffRole.ANALYST: "Makes reports, verifies benefits",
    StaffRole.MINISTERS_TEAM: "Reads reports",
    StaffRole.AUDITOR: "Reads everything, changes nothing",
    StaffRole.ADMINISTRATOR: "Gives roles, looks after organisations",
}


class PeopleFilter(ListFilter):
    q = words("Name or email address")
    role = choice("Role", StaffRole.choices)
    programme = choice("Programme", [])

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        choices = [("", "All"), *Programme.objects.values_list("code", "name")]
        cast("forms.ChoiceField", self.fields["programme"]).choices = choices
        self.full_clean()


class StaffRoleForm(GovForm, forms.Form):
    role = RadioField(label="Which role?", choices=StaffRole.choices)
    programme = forms.ChoiceField(label="For which programme?", required=False)
    field_settings: dict[str, Any] = {
        "role": {"choice_hints": {role.value: hint for role, hint in ROLE_HINTS.items()}}
    }
    marks_optional = False

    def __init__(self, *args: Any, programmes: Any, everything: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.programmes = {row.code: row for row in programmes}
        choices = [(code, row.name) for code, row in self.programmes.items()]
        field = cast("forms.ChoiceField", self.fields["programme"])
        field.choices = [(ALL, "All programmes"), *choices] if everything else choices

    def clean_programme(self) -> Programme | None:
        return self.programmes.get(self.cleaned_data["programme"])


class InviteStaffForm(StaffRoleForm):
    name = forms.CharField(label="Full name", max_length=150)
    email = forms.EmailField(label="Email address", max_length=254)
    field_order = ["name", "email", "role", "programme"]


class EndRoleForm(GovForm, forms.Form):
    reason = forms.CharField(
        label="Reason", widget=forms.Textarea(attrs={"rows": 3}), max_length=1000
    )
