from typing import Any, cast

from django import forms

from carefund.core.forms import DateField, GovForm, RadioField
from carefund.core.forms.filters import ListFilter, choice
from programmes.funds.models import Programme
from programmes.organisations.models import Organisation

from . import registry
from .states import WAIVER


class WaiverFilter(ListFilter):
    rule = choice("Rule", [])
    state = choice("State", WAIVER.choices)
    programme = choice("Programme", [])

    def __init__(self, data: Any, *, programmes: Any) -> None:
        super().__init__(data)
        rules = [(rule.key, rule.title) for rule in registry.rules()]
        cast("Any", self.fields["rule"]).choices = [("", "All"), *rules]
        found = [(row.code, row.name) for row in programmes]
        cast("Any", self.fields["programme"]).choices = [("", "All"), *found]
        self.full_clean()


class AskForm(GovForm, forms.Form):
    rule = RadioField(label="Which rule?")
    programme = forms.ChoiceField(label="Programme")
    organisation = forms.ChoiceField(label="Organisation")
    subject = forms.CharField(
        label="Only for one call, bid or project",
        help_text="Its reference or code. Without it the waiver is for all in the programme.",
        max_length=40,
        required=False,
    )
    reason = forms.CharField(
        label="Reason", widget=forms.Textarea(attrs={"rows": 4}), max_length=2000
    )
    starts_on = DateField(label="First day")
    ends_on = DateField(label="Last day")

    def __init__(self, *args: Any, programmes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        rules = registry.rules()
        fields["rule"].choices = [(rule.key, rule.title) for rule in rules]
        self.field_settings = {"rule": {"choice_hints": {r.key: r.sentence for r in rules}}}
        fields["programme"].choices = [(row.code, row.name) for row in programmes]
        names = Organisation.objects.exclude(kind="department").values_list("org_id", "name")
        fields["organisation"].choices = [("", "Choose an organisation"), *names]

    def clean_programme(self) -> Programme:
        return Programme.objects.get(code=self.cleaned_data["programme"])

    def clean_organisation(self) -> Organisation:
        return Organisation.objects.get(org_id=self.cleaned_data["organisation"])

    def clean_subject(self) -> Any:
        text = self.cleaned_data["subject"].strip()
        found = registry.find(text) if text else None
        if text and found is None:
            raise forms.ValidationError("There is no call, bid or project with this reference")
        return found


class DecisionForm(GovForm, forms.Form):
    reason = forms.CharField(
        label="Reason", widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )
