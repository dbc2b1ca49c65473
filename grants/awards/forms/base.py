from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from carefund.accounts.models import User
from carefund.core.forms import DateField, GovForm, MoneyField, RadioField
from carefund.core.forms.filters import ListFilter, choice, words
from carefund.core.years import Kind

from ..models import ApprovalStep, Choice
from ..states import OFFER, ROUND

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
    share = forms.IntegerField(
        label="Part of what was asked for, in per cent",
        help_text="Less than 100 only where a constraint of the round lets the bid be cut.",
        min_value=1,
        max_value=100,
        initial=100,
        required=False,
    )
    reason = forms.CharField(
        label="Reason",
        help_text="The authority reads this sentence in our decision.",
        widget=LONG,
        max_length=2000,
    )
    conditions = forms.CharField(
        label="Conditions of the grant",
        help_text="They become part of the offer and of the agreement.",
        widget=LONG,
        max_length=2000,
        required=False,
    )
    field_settings = {"decision": {"conditional": {"fund": "share"}}}

    def clean_share(self) -> int:
        return self.cleaned_data["share"] or 100


class RecommendForm(GovForm, forms.Form):
    rationale = forms.CharField(
        label="Why do you recommend this selection?", widget=LONG, max_length=5000
    )
    publish_on = DateField(
        label="Day of publication",
        help_text="Nobody outside learns of the decision before 9:30am on that day. "
        "Without a day it is published with the last approval.",
        required=False,
    )
    release_scores = forms.BooleanField(label="Letters show the scores", required=False)
    release_comments = forms.BooleanField(
        label="Letters show the assessors’ comments, without names", required=False
    )


class ApproveForm(GovForm, forms.Form):
    remark = forms.CharField(label="Remark", widget=LONG, max_length=2000, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)


class NameForm(GovForm, forms.Form):
    name = forms.CharField(label="Name of the scenario", max_length=100)


class StepForm(GovForm, forms.Form):
    title = forms.CharField(
        label="Who approves", help_text="For example: Senior responsible owner", max_length=100
    )
    role = RadioField(label="Given by", choices=ApprovalStep.Role.choices)
    person = forms.ModelChoiceField(
        User.objects.none(), label="Only this person", empty_label="Anybody", required=False
    )
    from_amount = MoneyField(label="For rounds that promise this much or more", initial=Decimal(0))

    def __init__(self, *args: Any, people: QuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["person"].queryset = people


class ReasonForm(GovForm, forms.Form):
    reason = forms.CharField(label="Reason", widget=LONG, max_length=2000)


class AcceptForm(GovForm, forms.Form):
    declared = forms.BooleanField(
        label=DECLARATION,
        error_messages={"required": "Tick the box to say that you accept the agreement"},
    )
    # The version of the offer that is accepted.
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1, required=False)


class MessageForm(GovForm, forms.Form):
    text = forms.CharField(
        label="Your message",
        help_text="The other side reads it, and it stays with the offer.",
        widget=LONG,
        max_length=4000,
        error_messages={"required": "Write your message"},
    )


class SignForm(GovForm, forms.Form):
    declared = forms.BooleanField(
        label="I have the authority to sign this agreement for the funder, and I have read it.",
        error_messages={"required": "Tick the box to say that you sign the agreement"},
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)


class ClauseForm(GovForm, forms.Form):
    text = forms.CharField(
        label="Text of the clause",
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=5000,
    )
    reason = forms.CharField(label="Why it changes", widget=LONG, max_length=2000)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=9999)


class DeterminationForm(GovForm, forms.Form):
    title = forms.CharField(label="Title", max_length=200)
    purpose = forms.CharField(label="Purpose of the grant", widget=LONG, max_length=4000)
    financial_year = forms.IntegerField(
        label="Financial year",
        help_text="The year it begins in: 2026 for 2026 to 2027.",
        min_value=2000,
        max_value=2100,
    )
    kind = RadioField(label="Capital or revenue?", choices=Kind.choices)
    total = MoneyField(
        label="Total of all amounts",
        help_text="The amounts of the spreadsheet must add up to it, to the penny.",
        min_value=Decimal("0.01"),
    )
    ring_fenced = RadioField(
        label="Is the grant ring-fenced?",
        choices=[
            ("yes", "Yes, it is spent on its purpose only"),
            ("no", "No, authorities decide what it is spent on"),
        ],
    )
    conditions = forms.CharField(label="Conditions", widget=LONG, max_length=4000, required=False)
    pay_on = DateField(
        label="Day of payment",
        help_text="Every authority is paid its amount in one payment, not before this day.",
        required=False,
    )

    def clean_ring_fenced(self) -> bool:
        return self.cleaned_data["ring_fenced"] == "yes"


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


class RoundFilter(ListFilter):
    state = choice("Status", [(s.value, s.label) for s in ROUND.states.values()])

    def apply(self, rows: QuerySet) -> QuerySet:
        return rows.filter(state=self.chosen("state")) if self.chosen("state") else rows
