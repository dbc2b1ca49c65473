"""What the editor of a call is told before it can be saved for publication."""

from django import forms
from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm

from carefund.core import clock, years
from carefund.core.formats import money
from carefund.core.money import ZERO
from carefund.questions.definition import BadDefinition, FormDefinition, breaks
from programmes.calls.models import Call
from programmes.calls.rules import MANAGERS, managed_by
from programmes.funds.models import BudgetLine
from programmes.funds.queries import programmes_for
from programmes.organisations.models import Organisation

from .designer.design import of_call, readable
from .designer.naming import name_all
from .designer.writing import definition

WHOLE = 100  # per cent
# What bidders rely on from the announcement.
FIXED = {
    "programme",
    "opens_at",
    "closes_at",
    "total",
    "smallest_award",
    "largest_award",
    "eligible_kinds",
    "project_starts_on",
    "project_ends_on",
    "assessors_per_bid",
    "assessors_read_all",
    "anonymous_assessment",
    "questions_until",
    "always_open",
    "regions",
    "several_bids_allowed",
    "follows",
    "invited_only",
    "late_by_grace",
}
PREPARED = {"draft", "in_review"}


class KindsField(forms.MultipleChoiceField):
    """Kinds of organisation, kept as their values with commas between them."""

    widget = forms.CheckboxSelectMultiple

    def prepare_value(self, value):
        return value.split(",") if isinstance(value, str) else value

    def clean(self, value):
        return ",".join(super().clean(value))

    def has_changed(self, initial, data):
        return super().has_changed(self.prepare_value(initial), data)


class CriterionForm(WagtailAdminModelForm):
    """A criterion with the questions that feed it, chosen from the form of its call."""

    questions = forms.MultipleChoiceField(
        label="Questions that feed it",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Assessors see these answers beside the criterion. None: all answers. New "
        "questions can be chosen here once the draft is saved and the page opened again.",
    )

    def __init__(self, *args, asked=(), **kwargs):
        super().__init__(*args, **kwargs)
        known = {key for key, _ in asked}
        gone = [(key, f"{key} (no longer asked)") for key in self.instance.questions or []]
        self.fields["questions"].choices = [*asked, *(one for one in gone if one[0] not in known)]

    def clean(self):
        cleaned = super().clean()
        highest, threshold = cleaned.get("highest_score"), cleaned.get("threshold")
        if highest is None:
            return cleaned
        if highest < 1:
            self.add_error("highest_score", "The highest score must be 1 or more.")
        if threshold is not None and threshold > highest:
            self.add_error("threshold", "This must not be above the highest score.")
        lines = [line for line in (cleaned.get("scale") or "").splitlines() if line.strip()]
        if lines and len(lines) != highest + 1:
            self.add_error(
                "scale",
                f"Write {highest + 1} lines, one for each score from 0 to {highest}; "
                f"there are {len(lines)}.",
            )
        return cleaned


def questions_of(page):
    """(key, words) of each question that bidders to the page's call are asked."""
    form = readable(page)[0] if page.form else None
    latest = page.call.forms.order_by("-version").first() if page.call_id else None
    if form is None and latest:
        form = FormDefinition.parse(latest.definition)
    return [(question.key, question.label) for question in form.questions()] if form else []


class CallPageForm(WagtailAdminPageForm):
    eligible_kinds = KindsField(
        label="Who can bid", choices=Organisation.Kind.choices, initial=["local_authority"]
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.for_user is not None and "programme" in self.fields:
            self.fields["programme"].queryset = programmes_for(self.for_user, *MANAGERS)
        if self.for_user is not None and "follows" in self.fields:
            rows = managed_by(self.for_user).exclude(pk=self.instance.call_id)
            self.fields["follows"].queryset = rows
        if "criteria" in self.formsets:
            self.formsets["criteria"].form_kwargs["asked"] = questions_of(self.instance)

    def clean(self):
        cleaned = super().clean()
        self._check_order(cleaned)
        self._check_budget(cleaned)
        self._check_times(cleaned)
        self._check_announced()
        self._check_form(cleaned)
        return cleaned

    def _check_form(self, data):
        """A draft may be unfinished, but nothing that others rest on is taken away unnoticed."""
        if not {"form", "form_rules", "screening"} <= data.keys():
            return
        name_all(data["form"], data["screening"])
        before = readable(self.instance)[0] if self.instance.pk else None
        after = definition(data["form"], data["form_rules"], data["screening"], of_call={})
        criteria = self.instance.criteria.all()
        for sentence in breaks(before, after, criteria) if before else []:
            self.add_error("form", sentence)

    @property
    def _is_being_published(self):
        """Published or sent for approval, and its call not announced before."""
        call = self.instance.call
        return not self.is_deferred_validation and (call is None or call.state in PREPARED)

    def _check_announced(self):
        call = self.instance.call
        if call is None or call.state in PREPARED:
            return
        if self.formsets["cut_offs"].has_changed() if "cut_offs" in self.formsets else False:
            self.add_error(None, "Cut-offs of an announced call are changed on its own page.")
        for name in FIXED & set(self.changed_data):
            self.add_error(
                name, "The call has been announced, so this no longer changes. Nothing was lost."
            )

    def _check_order(self, data):
        rules = [
            ("opens_at", "closes_at", "The call must close after it opens."),
            ("project_starts_on", "project_ends_on", "Projects must end after they start."),
            (
                "smallest_award",
                "largest_award",
                "The largest award must not be below the smallest.",
            ),
            ("largest_award", "total", "The total must not be below the largest award."),
        ]
        for lower, upper, message in rules:
            low, high = data.get(lower), data.get(upper)
            strict = lower in {"opens_at", "project_starts_on"}
            if low is not None and high is not None and (high <= low if strict else high < low):
                self.add_error(upper, message)

    def _check_budget(self, data):
        programme, first, last = (
            data.get(k) for k in ("programme", "project_starts_on", "project_ends_on")
        )
        if not (programme and first and last):
            return
        lines = BudgetLine.objects.filter(
            programme=programme,
            financial_year__gte=years.financial_year(first),
            financial_year__lte=years.financial_year(last),
        )
        rows = list(lines)
        if not rows:
            self.add_error(
                "programme", "This programme has no budget for the years in which projects run."
            )
            return
        free = sum((max(line.free, ZERO) for line in rows), ZERO)
        asked = data.get("total")
        if self._is_being_published and asked is not None and asked > free:
            self.add_error(
                "total",
                f"{money(free)} is free in the years in which projects run. The rest of the "
                "budget is promised or set aside for other calls.",
            )

    def _check_times(self, data):
        """What matters once the page is to be published, not in a draft."""
        if not self._is_being_published:
            return
        closes = data.get("closes_at")
        if closes and closes <= clock.now():
            self.add_error("closes_at", "This has passed. The call would never open.")
        code = self.instance.slug or data.get("slug")
        other = Call.objects.filter(code=code).exclude(pk=self.instance.call_id)
        if code and other.exists():
            self.add_error("slug", "Another call has this address already. Choose another.")

    def _form_problems(self):
        """What keeps the form from being used; a draft is told in its preview."""
        data = self.cleaned_data
        if not data.get("form"):
            kept = self.instance.call_id and not self.initial.get("form")
            return [] if kept else ["The form has no section."]
        found = definition(
            data["form"], data["form_rules"], data["screening"], of_call=of_call(self.instance)
        )
        try:
            FormDefinition.parse(found)
        except BadDefinition as error:
            return error.problems
        return []

    def is_valid(self):
        valid = super().is_valid()
        criteria = self.formsets.get("criteria")
        if self.is_deferred_validation or criteria is None or not valid:
            return valid
        for problem in self._form_problems():
            self.add_error("form", problem)
        weights = [
            form.cleaned_data.get("weight") or 0
            for form in criteria.forms
            if form.cleaned_data and not form.cleaned_data.get("DELETE")
        ]
        if sum(weights) != WHOLE:
            self.add_error(
                None, f"The weights of the criteria add up to {sum(weights)}; they must make 100."
            )
            return False
        return not self.errors
