from typing import Any

from django import forms

from carefund.core.forms import GovForm, MoneyField, RadioField


class ChangePartnerForm(GovForm, forms.Form):
    part = forms.CharField(
        label="What will they do?", widget=forms.Textarea(attrs={"rows": 4}), max_length=4000
    )
    contribution = MoneyField(
        label="What will they give, in pounds?",
        help_text="Money, or the value of people’s time and equipment. Enter 0 if nothing.",
    )


class AskPartnerForm(ChangePartnerForm):
    organisation = forms.CharField(label="Name of the organisation", max_length=200)
    name = forms.CharField(label="Full name of the person who confirms", max_length=150)
    email = forms.EmailField(label="Their email address", max_length=254)
    field_order = ["organisation", "name", "email", "part", "contribution"]


class PartnerAnswerForm(GovForm, forms.Form):
    answer = RadioField(
        label="Do you confirm this for your organisation?",
        choices=[("confirm", "Yes, we confirm it"), ("decline", "No, something has to change")],
    )
    remark = forms.CharField(
        label="What has to change, or what you want to add",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("answer") == "decline" and not cleaned.get("remark", "").strip():
            self.add_error("remark", "Say what has to change before you can confirm")
        return cleaned
