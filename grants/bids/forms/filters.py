from typing import Any

from django import forms
from django.db.models import QuerySet

from carefund.core.forms import GovForm
from programmes.calls.models import Call
from programmes.funds.models import Programme, Theme
from programmes.organisations.models import Region

from ..states import BID, WITH_DEPARTMENT


class Filters(GovForm, forms.Form):
    """Filters sent in the URL: what cannot be read is left out, never an error page."""

    @property
    def wanted(self) -> dict[str, Any]:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


def choose(label: str, rows: Any) -> forms.ModelChoiceField:
    return forms.ModelChoiceField(rows, label=label, required=False, empty_label="All")


class BidFilter(Filters):
    q = forms.CharField(label="Reference, title or organisation", required=False, max_length=100)
    programme = choose("Programme", Programme.objects.none())
    call = choose("Call", Call.objects.none())
    state = forms.ChoiceField(
        label="State",
        required=False,
        choices=[("", "All"), *((s, BID.states[s].label) for s in WITH_DEPARTMENT)],
    )
    region = choose("Region", Region.objects.all())
    theme = choose("Theme", Theme.objects.none())

    field_settings = {
        name: {"label": {"text": label}}
        for name, label in (
            ("q", "Reference, title or organisation"),
            ("programme", "Programme"),
            ("call", "Call"),
            ("state", "State"),
            ("region", "Region"),
            ("theme", "Theme"),
        )
    }

    def __init__(self, *args: Any, programmes: QuerySet[Programme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["programme"].queryset = programmes
        self.fields["call"].queryset = Call.objects.filter(programme__in=programmes)
        self.fields["theme"].queryset = Theme.objects.filter(programme__in=programmes)


class OwnBidFilter(Filters):
    q = forms.CharField(label="Reference or title", required=False, max_length=100)
    state = forms.ChoiceField(label="State", required=False, choices=[("", "All"), *BID.choices])

    field_settings = {
        "q": {"label": {"text": "Reference or title"}},
        "state": {"label": {"text": "State"}},
    }


class CallFilter(Filters):
    programme = choose("Programme", Programme.objects.none())
    field_settings = {"programme": {"label": {"text": "Programme"}}}

    def __init__(self, *args: Any, programmes: QuerySet[Programme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["programme"].queryset = programmes
