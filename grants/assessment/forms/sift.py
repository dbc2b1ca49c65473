from django import forms

from carefund.core.forms import DateField, GovForm, MoneyField, RadioField

from ..models import DueDiligence, Likeness, SubsidyTest
from ..queries import FRAUD_QUESTIONS

FIELDS = (
    "organisation_name",
    "organisation_type",
    "address_line_1",
    "city_town",
    "postcode",
    "country",
    "charity_number",
    "company_number",
    "application_amount",
    "application_number",
    "scheme_id",
    "funder_id",
)
ANSWERS = [("no", "No"), ("yes", "Yes"), ("unknown", "Cannot tell")]


class DueDiligenceForm(GovForm, forms.ModelForm):
    application_amount = MoneyField(label="Amount applied for")
    outcome = RadioField(label="What came of it?", choices=DueDiligence.Outcome.choices)
    note = forms.CharField(
        label="What was found",
        help_text="Needed where there are concerns. It stays inside the department.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=8000,
        required=False,
    )

    class Meta:
        model = DueDiligence
        fields = FIELDS

    def __init__(self, *args, fraud=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.field_settings = {}
        given = fraud or {}
        for key, text in FRAUD_QUESTIONS:
            answer = given.get(key, {})
            self.fields[f"fraud-{key}"] = RadioField(
                label=text, choices=ANSWERS, initial=answer.get("answer")
            )
            self.fields[f"fraud-{key}-note"] = forms.CharField(
                label="What was found?",
                max_length=2000,
                required=False,
                initial=answer.get("note"),
            )
            self.field_settings[f"fraud-{key}"] = {"conditional": {"yes": f"fraud-{key}-note"}}
        self.order_fields(
            [*FIELDS, *(name for name in self.fields if name.startswith("fraud")), "outcome"]
        )

    def clean(self):
        cleaned = super().clean()
        for key, _ in FRAUD_QUESTIONS:
            if cleaned.get(f"fraud-{key}") == "yes" and not cleaned.get(f"fraud-{key}-note"):
                self.add_error(f"fraud-{key}-note", "Say what was found")
        if cleaned.get("outcome") == "concerns" and not cleaned.get("note"):
            self.add_error("note", "Say what the concerns are")
        return cleaned

    def record_fields(self):
        return {name: self.cleaned_data[name] for name in (*FIELDS, "outcome", "note")}

    def fraud(self):
        given = self.cleaned_data
        return {
            key: {"answer": given[f"fraud-{key}"], "note": given[f"fraud-{key}-note"]}
            for key, _ in FRAUD_QUESTIONS
        }

    def _post_clean(self):
        """The action makes the row; nothing is put together here."""


class SubsidyForm(GovForm, forms.Form):
    finding = RadioField(label="What would the award be?", choices=SubsidyTest.Finding.choices)
    earlier = MoneyField(
        label="Other minimal financial assistance in these years",
        help_text="What the enterprise has received from anybody, as its statement says.",
    )
    decided_on = DateField(
        label="When was the award confirmed?",
        help_text="Leave it empty until it is.",
        required=False,
    )
    entered_on = DateField(
        label="When was it entered in the subsidy database?",
        help_text="Leave it empty until it is.",
        required=False,
    )
    note = forms.CharField(
        label="Reasons and where the statement is kept",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        required=False,
    )


class LikenessForm(GovForm, forms.Form):
    finding = RadioField(
        label="What are the two bids to each other?",
        choices=[choice for choice in Likeness.Finding.choices if choice[0]],
    )
    note = forms.CharField(label="Why?", widget=forms.Textarea(attrs={"rows": 4}), max_length=4000)
