from typing import Any, cast

from django import forms

from carefund.accounts.roles import AuthorityRole
from carefund.core.forms import CheckboxesField, GovForm, RadioField

from .models import Capacity

ROLE_HINTS = {
    AuthorityRole.ADMINISTRATOR: "Invites people, changes roles, accepts offers",
    AuthorityRole.BID_AUTHOR: "Writes and submits bids",
    AuthorityRole.FINANCE_CERTIFIER: "Certifies bids and claims that somebody else prepared",
    AuthorityRole.PROJECT_LEAD: "Reports on projects and prepares claims",
    AuthorityRole.VIEWER: "Reads everything, changes nothing",
}


class RolesForm(GovForm, forms.Form):
    """Roles in an organisation; who certifies says as what."""

    roles = CheckboxesField(label="What may they do?", choices=AuthorityRole.choices)
    capacity = RadioField(
        label="As what do they certify?", choices=Capacity.choices, required=False
    )
    field_settings: dict[str, Any] = {
        "roles": {
            "choice_hints": {role.value: hint for role, hint in ROLE_HINTS.items()},
            "conditional": {AuthorityRole.FINANCE_CERTIFIER.value: "capacity"},
        }
    }

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        certifies = AuthorityRole.FINANCE_CERTIFIER.value in given.get("roles", [])
        if certifies and not given.get("capacity"):
            cast("Any", self).add_error(
                "capacity", "Choose whether they are section 151 officer or a deputy"
            )
        return given


class InviteForm(RolesForm):
    name = forms.CharField(label="Full name", max_length=150)
    email = forms.EmailField(label="Email address", max_length=254)
    field_order = ["name", "email", "roles", "capacity"]


class ReasonForm(GovForm, forms.Form):
    reason = forms.CharField(
        label="Reason", widget=forms.Textarea(attrs={"rows": 3}), max_length=1000
    )


class ApproveForm(RolesForm):
    """Let somebody in with roles, or decline and say why."""

    decision = RadioField(
        label="What do you decide?",
        choices=[("approve", "Let them in"), ("decline", "Decline")],
    )
    roles = CheckboxesField(
        label="What may they do?", choices=AuthorityRole.choices, required=False
    )
    reason = forms.CharField(
        label="Why do you decline? They are told.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        required=False,
    )
    field_order = ["decision", "roles", "capacity", "reason"]

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("decision") == "approve" and not given.get("roles"):
            cast("Any", self).add_error("roles", "Choose at least one role")
        if given.get("decision") == "decline" and not (given.get("reason") or "").strip():
            cast("Any", self).add_error("reason", "Say why you decline")
        return given


class JoinForm(GovForm, forms.Form):
    name = forms.CharField(label="Full name", max_length=150)
    email = forms.EmailField(
        label="Work email address",
        max_length=254,
        help_text="The address that your organisation gave you.",
    )


class ChooseOrganisation(GovForm, forms.Form):
    organisation = RadioField(label="Which organisation do you want to join?")

    def __init__(self, *args: Any, organisations: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisations = {str(row.pk): row for row in organisations}
        field = cast("forms.ChoiceField", self.fields["organisation"])
        field.choices = [(key, row.name) for key, row in self.organisations.items()]
        if len(organisations) == 1:
            self.initial["organisation"] = next(iter(self.organisations))
