from typing import Any

from django import forms
from django.db.models import QuerySet

from carefund.core.forms import FilterForm, Offered, offer
from programmes.calls.models import Call
from programmes.calls.states import CALL
from programmes.funds.models import Programme, Theme
from programmes.funds.queries import programmes_for, scopes_of
from programmes.organisations.models import Region

from ..states import BID, WITH_DEPARTMENT


class Filters(FilterForm):
    """What cannot be read in the URL filters nothing; it is never an error page."""

    @property
    def wanted(self) -> dict[str, Any]:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


def choose(label: str, rows: Any) -> forms.ModelChoiceField:
    return forms.ModelChoiceField(rows, label=label, empty_label="All")


def choose_state(states: Any) -> forms.ChoiceField:
    choices = [("", "All"), *((state, BID.states[state].label) for state in states)]
    return forms.ChoiceField(label="State", choices=choices)


class BidFilter(Filters):
    q = forms.CharField(label="Reference, organisation or words of the bid", max_length=100)
    programme = choose("Programme", Programme.objects.none())
    call = choose("Call", Call.objects.none())
    state = choose_state(WITH_DEPARTMENT)
    region = choose("Region", Region.objects.all())
    theme = choose("Theme", Theme.objects.none())

    def __init__(self, *args, reader, roles, **kwargs):
        """Offers what belongs to programmes for which the reader holds one of `roles`."""
        super().__init__(*args, **kwargs)
        offer(self, scopes_of(reader, *roles), lambda: _offered(programmes_for(reader, *roles)))


def _offered(programmes: QuerySet[Programme]) -> Offered:
    themes = Theme.objects.filter(programme__in=programmes)
    return {
        "programme": (programmes, "name"),
        "call": (Call.objects.filter(programme__in=programmes), "title"),
        "region": (Region.objects.all(), "name"),
        "theme": (themes.order_by("programme__starts_on", "programme__code", "name"), "name"),
    }


class OwnBidFilter(Filters):
    q = forms.CharField(label="Reference or title", max_length=100)
    state = choose_state(BID.states)


class CallFilter(Filters):
    programme = choose("Programme", Programme.objects.none())
    state = forms.ChoiceField(label="State", choices=[("", "All"), *CALL.choices])

    def __init__(self, *args, programmes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["programme"].queryset = programmes

    @property
    def wanted(self) -> dict[str, Any]:
        return {name: value for name, value in super().wanted.items() if name != "state"}

    @property
    def phase(self) -> str:
        """The state as the clock has it."""
        return str(super().wanted.get("state", ""))
