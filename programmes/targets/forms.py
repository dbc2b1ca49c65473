from django import forms

from carefund.core.forms import DateField, GovForm, RadioField

from .actions import Kind, Statement


class StatementForm(GovForm, forms.Form):
    on = DateField(label="Date", help_text="The day the value is for")
    value = forms.DecimalField(label="Value in per cent", max_digits=5, decimal_places=2)
    kind = RadioField(label="Kind of statement", choices=Kind.choices)
    statement = forms.CharField(label="Statement in words", max_length=300, required=False)
    source = forms.CharField(label="Source", max_length=500, help_text="Where it was published")

    def said(self) -> Statement:
        return Statement(**self.cleaned_data)
