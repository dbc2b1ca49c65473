"""A constraint, with the fields of its kind; a scenario, with what it aims at."""

from typing import Any

from django import forms

from carefund.core.forms import GovForm, MoneyField, RadioField
from grants.bids.models import Bid
from programmes.funds.models import Theme
from programmes.organisations.models import Organisation, Region

from ..models import AllocationRound, Constraint

Kind = Constraint.Kind
PLACES = {
    Kind.LEAST_REGION: "region",
    Kind.LEAST_BOARD: "board",
    Kind.MOST_THEME: "theme",
    Kind.MOST_AUTHORITY: "authority",
}
WITH_BID = {Kind.MUST, Kind.NEVER, Kind.EITHER, Kind.PART}


class WishForm(GovForm, forms.Form):
    """The fields that its kind of constraint has, and no others."""

    region = forms.ModelChoiceField(Region.objects.order_by("name"), label="Region")
    board = forms.ModelChoiceField(
        Organisation.objects.filter(kind="icb", valid_to__isnull=True).order_by("name"),
        label="Integrated care board",
    )
    theme = forms.ModelChoiceField(Theme.objects.none(), label="Theme")
    authority = forms.ModelChoiceField(
        Organisation.objects.none(),
        label="Authority",
        empty_label="Any one authority",
        required=False,
    )
    bid = forms.ModelChoiceField(Bid.objects.none(), label="Bid")
    other_bid = forms.ModelChoiceField(Bid.objects.none(), label="Other bid")
    percent = forms.IntegerField(
        label="Least part of what was asked for, in per cent", min_value=1, max_value=99
    )
    measure = RadioField(label="What is counted?", choices=[("bids", "Bids"), ("pounds", "Pounds")])
    number = forms.IntegerField(label="How many bids", min_value=0, max_value=10000, required=False)
    amount = MoneyField(label="How many pounds", required=False)
    note = forms.CharField(label="Why is this constraint set?", max_length=300)
    field_settings = {"measure": {"conditional": {"bids": "number", "pounds": "amount"}}}

    def __init__(self, *args: Any, allocation: AllocationRound, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        bids = Bid.objects.filter(choices__round=allocation).select_related("organisation")
        fields: Any = self.fields
        fields["bid"].queryset = bids.order_by("reference")
        fields["other_bid"].queryset = bids.order_by("reference")
        fields["theme"].queryset = allocation.call.themes.order_by("name")
        own = Organisation.objects.filter(bids__choices__round=allocation)
        fields["authority"].queryset = own.distinct().order_by("name")
        if kind == Kind.PART:
            fields["bid"].required = False
            fields["bid"].empty_label = "Any bid"
        for name in set(self.fields) - self._wanted():
            del self.fields[name]

    def _wanted(self) -> set[str]:
        if self.kind in PLACES:
            return {PLACES[Kind(self.kind)], "measure", "number", "amount", "note"}
        more = {Kind.EITHER: {"other_bid"}, Kind.PART: {"percent"}}
        return {"bid", "note"} | more.get(Kind(self.kind), set())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        wanted = {"bids": "number", "pounds": "amount"}.get(cleaned.get("measure", ""))
        if wanted and cleaned.get(wanted) is None and wanted not in self.errors:
            self.add_error(wanted, f"Enter {str(self.fields[wanted].label).lower()}")
        return cleaned

    def values(self) -> dict[str, Any]:
        """As `actions.add_constraint` takes them."""
        found = {key: value for key, value in self.cleaned_data.items() if value is not None}
        measure = found.pop("measure", "")
        if measure:
            found.pop("amount" if measure == "bids" else "number", None)
        if percent := found.pop("percent", None):
            found["number"] = percent
        return found


class ScenarioForm(GovForm, forms.Form):
    name = forms.CharField(label="Name of the scenario", max_length=100)
    objective = RadioField(
        label="What should the selection aim at?",
        choices=[
            ("score", "The highest total score"),
            ("benefit", "The most benefit for the money"),
            ("both", "A weighting of both"),
        ],
    )
    weight = forms.IntegerField(
        label="Weight of the score, in per cent",
        help_text="The rest is the weight of the benefits that the bids forecast.",
        min_value=1,
        max_value=99,
        required=False,
    )
    minimum_score = forms.DecimalField(
        label="Lowest fundable score, in per cent",
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
    )
    field_settings = {"objective": {"conditional": {"both": "weight"}}}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("objective") == "both" and not cleaned.get("weight"):
            self.add_error("weight", "Enter weight of the score, in per cent")
        return cleaned

    def aim(self) -> dict[str, Any]:
        """As `Scenario.aim` has it."""
        given = self.cleaned_data
        weights = {"score": 100, "benefit": 0, "both": given.get("weight")}
        return {
            "objective": given["objective"],
            "weight": weights[given["objective"]],
            "minimum_score": str(given["minimum_score"]),
        }
