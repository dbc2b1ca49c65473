from django import forms

from carefund.core.forms import GovForm
from carefund.core.forms.filters import ListFilter, words


class PeopleFilter(ListFilter):
    q = words("Name or email address")


class RequestForm(GovForm, forms.Form):
    reason = forms.CharField(
        label="Who asked for it, and when",
        help_text="It goes on the record. Do not repeat the person’s details here.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
    )


class AnonymiseForm(RequestForm):
    sure = forms.BooleanField(label="I have read what will change. It cannot be undone.")
