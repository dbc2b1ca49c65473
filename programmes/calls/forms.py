from datetime import datetime
from typing import Any, cast

from django import forms
from django.db.models import Q
from django.http import QueryDict

from carefund.core import clock
from carefund.core.clock import LONDON
from carefund.core.forms import CheckboxesField, DateField, FilterForm, GovForm, RadioField
from programmes.funds.models import Theme
from programmes.organisations.models import Region

from .actions.asking import LONGEST
from .models import Call
from .search import AMOUNTS, STATUS, Counts, kinds


def themes_in_use() -> list[tuple[str, str]]:
    """Themes of calls that the public knows; the same name in two programmes says which."""
    rows = Theme.objects.filter(calls__in=Call.objects.public()).distinct()
    found = list(rows.select_related("programme").order_by("name", "programme__name"))
    names = [theme.name for theme in found]
    return [
        (str(t.pk), t.name if names.count(t.name) == 1 else f"{t.name} ({t.programme.name})")
        for t in found
    ]


class CallSearch(FilterForm):
    """What the public asks of the list of calls. What is no valid choice asks nothing."""

    q = forms.CharField(label="Search", required=False, max_length=100)
    status = CheckboxesField(label="Status", choices=list(STATUS.items()), required=False)
    theme = CheckboxesField(label="Theme", choices=[], required=False)
    kind = CheckboxesField(label="Who can bid", choices=kinds(), required=False)
    region = CheckboxesField(label="Region", choices=[], required=False)
    amount = CheckboxesField(
        label="Amount of an award",
        choices=[(key, words) for key, (words, _, _) in AMOUNTS.items()],
        required=False,
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self._field("theme").choices = themes_in_use()
        self._field("region").choices = list(Region.objects.values_list("code", "name"))

    def _field(self, name: str) -> forms.MultipleChoiceField:
        return cast("forms.MultipleChoiceField", self.fields[name])

    @property
    def wanted(self) -> dict[str, Any]:
        """What was chosen, without what cannot be chosen."""
        given: dict[str, Any] = {"q": str(self.data.get("q", ""))[:100].replace("\x00", "")}
        for name, field in self.fields.items():
            if isinstance(field, forms.MultipleChoiceField):
                known = {str(value) for value, _ in cast("Any", field.choices)}
                asked = cast("QueryDict", self.data).getlist(name)
                given[name] = [one for one in asked if one in known]
        return given

    def facets(self, counts: Counts) -> list[dict[str, Any]]:
        """Each filter with its choices: words, how many calls it would show, whether chosen."""
        wanted = self.wanted
        found = []
        for name in counts:
            field = self._field(name)
            tally = counts[name]
            items = [
                {
                    "value": value,
                    "words": words,
                    "count": tally.get(str(value), 0) + tally.get("", 0),
                    "chosen": str(value) in wanted[name],
                }
                for value, words in cast("Any", field.choices)
            ]
            shown = [item for item in items if item["count"] or item["chosen"]]
            found.append({"name": name, "label": field.label, "items": shown})
        return found


class MomentForm(GovForm, forms.Form):
    """A day and the time of that day, as people in the UK read it."""

    day = DateField(label="Date")
    time = forms.TimeField(
        label="Time",
        help_text="UK time, such as 16:00",
        input_formats=["%H:%M", "%H.%M"],
        widget=forms.TimeInput(format="%H:%M", attrs={"class": "govuk-input--width-5"}),
    )

    @property
    def moment(self) -> datetime:
        return datetime.combine(self.cleaned_data["day"], self.cleaned_data["time"], LONDON)


class ExtendForm(MomentForm):
    day = DateField(label="New closing date")
    reason = forms.CharField(
        label="Reason",
        help_text="Everybody reads it on the page of the call, and all who began a bid get it.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
    )


class CutOffForm(MomentForm):
    day = DateField(label="Date of the cut-off")


class UpdateForm(GovForm, forms.Form):
    text = forms.CharField(
        label="What has changed?",
        help_text="One or two sentences. They stand on the page of the call for good.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
    )


class ReasonForm(GovForm, forms.Form):
    reason = forms.CharField(
        label="Reason", widget=forms.Textarea(attrs={"rows": 3}), max_length=1000
    )


class CopyForm(GovForm, forms.Form):
    title = forms.CharField(label="Title of the new call", max_length=200)
    code = forms.SlugField(
        label="Address of its page",
        max_length=40,
        help_text="Small letters, digits and hyphens, such as night-monitoring-2027",
    )
    opens_on = DateField(
        label="Opens on",
        help_text="At 9:00am",
        error_messages={"required": "Enter the day it opens"},
    )
    closes_on = DateField(
        label="Closes on",
        help_text="At 4:00pm",
        error_messages={"required": "Enter the day it closes"},
    )

    def clean(self) -> Any:
        cleaned = super().clean() or {}
        opens, closes = cleaned.get("opens_on"), cleaned.get("closes_on")
        if opens and closes and closes <= opens:
            self.add_error("closes_on", "The call must close after it opens")
        return cleaned


class AskForm(GovForm, forms.Form):
    text = forms.CharField(
        label="Your question",
        help_text="We publish the question and our answer without saying who asked. Leave out what "
        "would tell others who you are.",
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=LONGEST,
    )


class AnswerForm(GovForm, forms.Form):
    to = RadioField(
        label="Who gets the answer?",
        choices=[("all", "Everybody, on the page of the call"), ("one", "Only who asked")],
    )
    question = forms.CharField(
        label="The question as everybody will read it",
        help_text="Take out what would tell who asked. What was asked stays in the record.",
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=LONGEST,
        required=False,
    )
    answer = forms.CharField(
        label="Your answer", widget=forms.Textarea(attrs={"rows": 8}), max_length=6000
    )
    marks_optional = False

    def clean(self) -> Any:
        cleaned = super().clean() or {}
        if cleaned.get("to") == "all" and not (cleaned.get("question") or "").strip():
            self.add_error("question", "Write the question as everybody will read it")
        return cleaned


class FollowForm(GovForm, forms.Form):
    """What to hear of; the address only of who is not signed in."""

    email = forms.EmailField(label="Your email address", max_length=254)
    everything = forms.BooleanField(label="Tell me when a call is announced", required=False)
    themes = CheckboxesField(label="Themes", choices=[], required=False)
    regions = CheckboxesField(label="Areas", choices=[], required=False)
    calls = CheckboxesField(label="Calls that I follow", choices=[], required=False)
    marks_optional = False

    def __init__(self, *args: Any, signed_in: bool, chosen: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if signed_in:
            del self.fields["email"]
        lists = {
            "themes": themes_in_use(),
            "regions": [(str(row.pk), row.name) for row in Region.objects.all()],
            "calls": _calls_to_follow(chosen),
        }
        for name, choices in lists.items():
            cast("forms.MultipleChoiceField", self.fields[name]).choices = choices
            if not choices:
                del self.fields[name]

    def clean(self) -> Any:
        cleaned = super().clean() or {}
        if not cleaned.get("everything") and not cleaned.get("calls"):
            self.add_error("everything", "Choose to hear of new calls, or choose a call to follow")
        return cleaned

    @property
    def wishes(self) -> dict[str, Any]:
        given = self.cleaned_data
        names = ("themes", "regions", "calls")
        return {
            "everything": given["everything"],
            **{name: [int(key) for key in given.get(name, [])] for name in names},
        }


def _calls_to_follow(chosen: Any) -> list[tuple[str, str]]:
    """Calls that are not over, and those that were chosen."""
    now = clock.now()
    live = Q(state__in=["forecast", "open"], closes_at__gt=now) | Q(pk__in=list(chosen))
    rows = Call.objects.public().filter(live).order_by("closes_at")
    return [(str(row.pk), row.title) for row in rows]
