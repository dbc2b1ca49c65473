from collections.abc import Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import F, Q, QuerySet

from carefund.core import clock, years
from carefund.core.formats import money
from carefund.core.forms import DateField, GovForm, MoneyField, RadioField
from carefund.core.forms.filters import ListFilter, choice, words
from carefund.core.forms.wording import required_message
from grants.awards.solver.problem import Pot
from programmes.standards.forms import WantedForm

from .actions import RestChanged
from .models import CONFIDENCE, ChangeRequest
from .states import MILESTONE, PROJECT, RETURN

FILES = "PDF, PNG, JPG, DOCX, XLSX, CSV or TXT, up to 20 MB."
HINTS = {
    "dates": "Which milestone, from which day to which",
    "scope": "What you will do, or no longer do, and what was agreed",
}
FIVE = [(1, "1, lowest"), (2, "2"), (3, "3"), (4, "4"), (5, "5, highest")]
SOON_DAYS = 30


def text(label: str, *, required: bool = True, most: int = 5000, hint: str = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 5})
    return forms.CharField(
        label=label, required=required, max_length=most, help_text=hint, widget=widget
    )


class ReportForm(GovForm, forms.Form):
    achieved_on = DateField(label="Date it was achieved")
    note = text("What was achieved?", required=False, hint="Needed where no file can show it.")
    evidence = forms.FileField(label="Evidence", required=False, help_text=FILES)


class ForecastForm(GovForm, forms.Form):
    on = DateField(label="Date now expected")
    note = text("Why has the date changed?")


class ConfirmForm(GovForm, forms.Form):
    note = text("Note", required=False)


class SendBackForm(GovForm, forms.Form):
    note = text("What is missing?")


class AskReturnForm(GovForm, forms.Form):
    starts_on = DateField(label="First day of the period")
    ends_on = DateField(label="Last day of the period")
    due_on = DateField(label="Due date")

    def clean(self):
        starts, ends = self.cleaned_data.get("starts_on"), self.cleaned_data.get("ends_on")
        if starts and ends and ends <= starts:
            self.add_error("ends_on", "The period must end after it starts")


class ReturnForm(GovForm, forms.Form):
    confidence = RadioField(
        label="Is the project on track?",
        choices=CONFIDENCE,
    )
    progress = text("What has happened in this period, and what comes next?", most=10000)


class SendBackReturnForm(GovForm, forms.Form):
    reason = text("What is missing?")


class AssessRiskForm(GovForm, forms.Form):
    likelihood = forms.TypedChoiceField(
        label="How likely is it?", choices=FIVE, coerce=int, widget=forms.RadioSelect
    )
    impact = forms.TypedChoiceField(
        label="How bad would it be?", choices=FIVE, coerce=int, widget=forms.RadioSelect
    )


class RiskForm(AssessRiskForm):
    field_order = ["title", "mitigation", "likelihood", "impact"]
    title = forms.CharField(label="Risk", max_length=200)
    mitigation = text("What are you doing about it?", required=False)


class KindForm(GovForm, forms.Form):
    kind = RadioField(label="What should change?", choices=ChangeRequest.Kind.choices)


class ChangeForm(GovForm, forms.Form):
    what = text("What exactly?")
    why = text("Why?", hint="What happened, and what it means for the benefits you promised")

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].help_text = HINTS[kind]


def amount_field(year: int, kind: str) -> str:
    return f"amount_{year}_{kind}"


class MoneyChangeForm(GovForm, forms.Form):
    """One amount for each year and kind where money of the grant may be."""

    marks_optional = False
    why = text("Why?", hint="What happened, and what it means for the benefits you promised")

    def __init__(
        self,
        *args: Any,
        pots: Sequence[Pot],
        now: Mapping[Pot, Decimal],
        claimed: Mapping[Pot, Decimal],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.pots = {amount_field(*pot): pot for pot in pots}
        for name, pot in self.pots.items():
            said = [f"{money(now[pot])} now." if pot in now else "Nothing now."]
            if taken := claimed.get(pot):
                said.append(f"{money(taken)} of it is claimed or paid.")
            self.fields[name] = MoneyField(
                label=f"{years.label(pot[0])}, {pot[1]}",
                help_text=" ".join(said),
                initial=now.get(pot),
                required=False,
            )
        self.order_fields([*self.pots, "why"])

    def wanted(self) -> dict[str, Any]:
        given = {pot: self.cleaned_data.get(name) for name, pot in self.pots.items()}
        amounts = {pot: amount for pot, amount in given.items() if amount}
        return {"amounts": amounts, "why": self.cleaned_data["why"]}


class ReasonForm(GovForm, forms.Form):
    """Why a project is paused, goes on, ends or is completed: its authority reads it."""

    reason = text("Reason", most=2000)

    def __init__(self, *args: Any, label: str, hint: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["reason"]
        field.label, field.help_text = label, hint
        field.error_messages["required"] = required_message(field, label)


class ClosingForm(ReasonForm):
    """As that, where `rest` pounds go back: an amount that nobody was shown is not confirmed.

    Where it has changed, the page comes back with the new one, and with what was typed.
    """

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, rest: Decimal, **kwargs: Any) -> None:
        self.rest, self.shown = rest, f"{rest:.2f}"
        super().__init__(*args, initial={"seen": self.shown}, **kwargs)

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("seen") != self.shown:
            self.add_error(None, RestChanged.message)
            self.data = dict(self.data.items()) | {"seen": self.shown}
        return {**self.cleaned_data, "seen": self.rest}


class DecideForm(GovForm, forms.Form):
    approve = forms.TypedChoiceField(
        label="Decision",
        choices=[("yes", "Approve"), ("no", "Refuse")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    reason = text("Reason")


class ConditionForm(WantedForm):
    due_on = DateField(label="By which day?")
    reason = text("How was this agreed with the authority?", most=1000)

    @property
    def given(self) -> dict[str, Any]:
        found = self.cleaned_data
        return {**super().given, "due_on": found["due_on"], "reason": found["reason"]}


class ReleaseForm(GovForm, forms.Form):
    reason = text("Why is the condition released?", most=1000)


class StoryForm(GovForm, forms.Form):
    story = text(
        "Story",
        required=False,
        hint="Two or three paragraphs in plain words, for the public and for ministers.",
    )


class ProjectFilter(ListFilter):
    q = words("Reference, project or authority")
    state = choice("Status", [(s.value, s.label) for s in PROJECT.states.values()])
    behind = choice("Milestones", [("yes", "With a milestone overdue")])

    def apply(self, rows: QuerySet) -> QuerySet:
        if found := self.chosen("q"):
            rows = rows.filter(
                Q(reference__icontains=found)
                | Q(title__icontains=found)
                | Q(organisation__name__icontains=found)
            )
        if state := self.chosen("state"):
            rows = rows.filter(state=state)
        return rows.filter(behind__gt=0) if self.chosen("behind") else rows


class MilestoneFilter(ListFilter):
    q = words("Project, authority or milestone")
    show = choice(
        "Show",
        [
            ("confirm", "Reported, to be confirmed"),
            ("overdue", "Overdue"),
            ("late", "Forecast late"),
            ("soon", "Due in 30 days"),
            ("achieved", "Achieved"),
        ],
    )

    def apply(self, rows: QuerySet) -> QuerySet:
        if found := self.chosen("q"):
            rows = rows.filter(
                Q(title__icontains=found)
                | Q(project__reference__icontains=found)
                | Q(project__title__icontains=found)
                | Q(project__organisation__name__icontains=found)
            )
        return rows.filter(*self._shown())

    def _shown(self) -> list[Q]:
        today = clock.today()
        planned = Q(state="planned", project__state="active")
        soon = Q(baseline_on__range=(today, today + timedelta(days=SOON_DAYS)))
        kinds = {
            "confirm": Q(state="reported"),
            "overdue": planned & Q(baseline_on__lt=today),
            "late": planned & Q(baseline_on__gte=today, expected_on__gt=F("baseline_on")),
            "soon": planned & soon,
            "achieved": Q(state="achieved"),
        }
        chosen = self.chosen("show")
        return [kinds[chosen]] if chosen else []

    @property
    def only_states(self) -> list[str]:
        """The states of the rows, where these and nothing else say which they are."""
        if self.chosen("q"):
            return []
        states = {None: [*MILESTONE.states], "confirm": ["reported"], "achieved": ["achieved"]}
        return states.get(self.chosen("show"), [])


class ReturnFilter(ListFilter):
    q = words("Project or authority")
    state = choice(
        "Status", [("overdue", "Overdue"), *((s.value, s.label) for s in RETURN.states.values())]
    )

    def apply(self, rows: QuerySet) -> QuerySet:
        if found := self.chosen("q"):
            rows = rows.filter(
                Q(project__reference__icontains=found)
                | Q(project__title__icontains=found)
                | Q(project__organisation__name__icontains=found)
            )
        state = self.chosen("state")
        if state == "overdue":
            return rows.filter(state="due", due_on__lt=clock.today(), project__state="active")
        return rows.filter(state=state) if state else rows

    @property
    def only_states(self) -> list[str]:
        """As of milestones."""
        state = self.chosen("state")
        if self.chosen("q") or state == "overdue":
            return []
        return [state] if state else [*RETURN.states]
