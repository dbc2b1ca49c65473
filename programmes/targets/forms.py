from django import forms

from carefund.core.forms import DateField, GovForm

from . import fields
from .actions import Statement


class StatementForm(GovForm, forms.Form):
    on = DateField(label="Date", help_text="The day the value is for")
    value = fields.value()
    kind = fields.kind()
    statement = fields.statement()
    source = fields.source()

    def said(self) -> Statement:
        return Statement(**self.cleaned_data)
