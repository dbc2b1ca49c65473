from collections.abc import Sequence
from typing import Any

from django import forms

from carefund.core.forms import GovForm
from carefund.questions.definition import Section


class StepForm(GovForm, forms.Form):
    """A step that asks for nothing but can be refused with a reason."""


class CertifyForm(GovForm, forms.Form):
    agreed = forms.BooleanField(
        label="I agree with this declaration and certify the bid",
        error_messages={"required": "Agree with the declaration to certify the bid"},
    )


class ReturnForm(GovForm, forms.Form):
    reason = forms.CharField(
        label="What has to change in the bid as a whole?",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
        required=False,
    )

    def __init__(self, *args: Any, sections: Sequence[Section], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = {f"section-{section.key}": section.key for section in sections}
        for section in sections:
            self.fields[f"section-{section.key}"] = forms.CharField(
                label=f"What has to change in “{section.title}”?",
                widget=forms.Textarea(attrs={"rows": 2}),
                max_length=4000,
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not any(cleaned.values()):
            self.add_error("reason", "Say what has to change before you can certify the bid")
        return cleaned

    @property
    def sections(self) -> dict[str, str]:
        return {key: self.cleaned_data[name] for name, key in self.asked.items()}


class WithdrawForm(GovForm, forms.Form):
    reason = forms.CharField(
        label="Why are you withdrawing the bid?",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        required=False,
    )
