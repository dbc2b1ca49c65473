from django import forms
from django.db.models import Q, QuerySet

from carefund.core.forms import GovForm, RadioField
from carefund.core.forms.filters import ListFilter, choice, words

from .models import Choice
from .states import OFFER

LONG = forms.Textarea(attrs={"rows": 4})
DECLARATION = (
    "I have the authority to accept this grant for my organisation, and I accept the agreement "
    "with its schedule of amounts and its clauses."
)


class NewRoundForm(GovForm, forms.Form):
    minimum_score = forms.DecimalField(
        label="Lowest fundable score, in per cent",
        help_text="A bid that scored less is not funded, whatever money is left.",
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
    )


class ChoiceForm(GovForm, forms.Form):
    decision = RadioField(label="What should happen to this bid?", choices=Choice.Decision.choices)
    reason = forms.CharField(
        label="Reason",
        help_text="The authority reads this sentence in our decision.",
        widget=LONG,
        max_length=2000,
    )


class RecommendForm(GovForm, forms.Form):
    rationale = forms.CharField(
        label="Why do you recommend this selection?", widget=LONG, max_length=5000
    )


class ReasonForm(GovForm, forms.Form):
    reason = forms.CharField(label="Reason", widget=LONG, max_length=2000)


class AcceptForm(GovForm, forms.Form):
    declared = forms.BooleanField(
        label=DECLARATION,
        error_messages={"required": "Tick the box to say that you accept the agreement"},
    )


class OfferFilter(ListFilter):
    q = words("Reference, authority or project")
    state = choice("Status", [(s.value, s.label) for s in OFFER.states.values()])

    def apply(self, rows: QuerySet) -> QuerySet:
        if text := self.chosen("q"):
            rows = rows.filter(
                Q(reference__icontains=text)
                | Q(organisation__name__icontains=text)
                | Q(bid__title__icontains=text)
            )
        return rows.filter(state=self.chosen("state")) if self.chosen("state") else rows
