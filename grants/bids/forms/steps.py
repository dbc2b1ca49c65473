from django import forms

from carefund.core.forms import GovForm


class StepForm(GovForm, forms.Form):
    """A step that asks for nothing but can be refused with a reason."""


class CertifyForm(GovForm, forms.Form):
    agreed = forms.BooleanField(
        label="I agree with this declaration and certify the bid",
        error_messages={"required": "Agree with the declaration to certify the bid"},
    )


class ReturnForm(GovForm, forms.Form):
    reason = forms.CharField(
        label="What has to change before you can certify it?",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        error_messages={"required": "Say what has to change before you can certify the bid"},
    )


class WithdrawForm(GovForm, forms.Form):
    reason = forms.CharField(
        label="Why are you withdrawing the bid?",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        required=False,
    )
