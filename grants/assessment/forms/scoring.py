from typing import Any

from django import forms

from carefund.accounts.models import User
from carefund.core.forms import GovForm, RadioField
from programmes.calls.models import Criterion

from ..actions import Typed
from ..models import Score, ScoreDraft


class DeclareForm(GovForm, forms.Form):
    """Asked before the bid can be read."""

    conflict = RadioField(
        label="Do you have a conflict of interest with this bid?",
        choices=[("no", "No, I can assess it"), ("yes", "Yes, or there may seem to be one")],
    )
    note = forms.CharField(
        label="What is the conflict?",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
    )
    field_settings = {
        "conflict": {"conditional": {"yes": "note"}},
        "note": {"label": {"text": "What is the conflict?"}},
    }

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("conflict") == "yes" and not cleaned.get("note"):
            self.add_error("note", "Say what the conflict is")
        return cleaned


class EligibilityForm(GovForm, forms.Form):
    passed = RadioField(
        label="Is the bid eligible?",
        choices=[("yes", "Yes, it can be assessed"), ("no", "No")],
    )
    reason = forms.CharField(
        label="Reason",
        help_text="If the bid is not eligible, its organisation reads this reason.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        required=False,
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("passed") == "no" and not cleaned.get("reason"):
            self.add_error("reason", "Give the reason why the bid is not eligible")
        return cleaned


class AssignForm(GovForm, forms.Form):
    assessor = forms.ModelChoiceField(
        User.objects.none(), label="Assessor", empty_label="Choose an assessor"
    )

    def __init__(self, *args, assessors, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["assessor"].queryset = assessors


class ReopenForm(GovForm, forms.Form):
    reason = forms.CharField(
        label="Why should the scores be changed?",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
    )


def _begun(score: Score | None, draft: ScoreDraft | None) -> dict[str, Any]:
    """What was typed last stands in the form, handed in or not."""
    begun: dict[str, Any] = {}
    if score:
        begun = {"score": score.score, "reason": score.justification}
    if draft:
        begun = {
            "score": draft.score,
            "reason": draft.justification,
            "note": draft.private_note,
            "flag": draft.flag,
        }
    return begun


class ScoreForm(GovForm, forms.Form):
    """One criterion: a score and the reason for it, both or neither."""

    marks_optional = False

    def __init__(
        self, criterion: Criterion, score: Score | None, draft: ScoreDraft | None, data: Any
    ) -> None:
        super().__init__(data, prefix=criterion.code, initial=_begun(score, draft))
        self.criterion, self.standing, self.draft = criterion, score, draft
        words = {str(item["score"]): item["text"] for item in criterion.descriptors}
        choices = [(str(n), str(n)) for n in range(criterion.highest_score + 1)]
        self.fields["score"] = RadioField(label="Score", choices=choices, required=False)
        self.fields["reason"] = forms.CharField(
            label="Reason for the score",
            widget=forms.Textarea(attrs={"rows": 4}),
            max_length=8000,
            required=False,
        )
        self.fields["flag"] = forms.ChoiceField(
            label="Flag for officers and the panel",
            choices=[("", "Nothing to flag"), *ScoreDraft.Flag.choices[1:]],
            required=False,
        )
        self.fields["note"] = forms.CharField(
            label="Private note",
            help_text="Only you read it.",
            widget=forms.Textarea(attrs={"rows": 2}),
            max_length=8000,
            required=False,
        )
        self.field_settings = {"score": {"choice_hints": words}}

    def clean(self):
        cleaned = super().clean()
        title = self.criterion.title
        if cleaned.get("score") and not cleaned.get("reason") and "reason" not in self.errors:
            self.add_error("reason", f"Give the reason for your score for “{title}”")
        if cleaned.get("reason") and not cleaned.get("score") and "score" not in self.errors:
            self.add_error("score", f"Choose a score for “{title}”")
        return cleaned

    @property
    def typed(self) -> Typed | None:
        """What is to be kept of it; None where the form was not sent."""
        if self.data is None or f"{self.prefix}-reason" not in self.data:
            return None
        kept = self.cleaned_data
        score = kept.get("score")
        return Typed(
            self.criterion,
            int(score) if score else None,
            kept.get("reason", ""),
            kept.get("note", ""),
            kept.get("flag", ""),
        )

    @property
    def given(self) -> tuple[Criterion, int, str] | None:
        """The pair to save, where both halves are there and can be read."""
        if self.errors or not self.cleaned_data["score"]:
            return None
        return self.criterion, int(self.cleaned_data["score"]), self.cleaned_data["reason"]


class ScoreForms:
    """The forms of all criteria; looks like a formset to the tags that list errors."""

    management_form = None

    def __init__(
        self,
        criteria: Any,
        standing: dict[int, Score],
        drafts: dict[int, ScoreDraft],
        data: Any = None,
    ) -> None:
        self.forms = [ScoreForm(c, standing.get(c.pk), drafts.get(c.pk), data) for c in criteria]
        self.is_bound = data is not None
        self.refused = ""

    def non_form_errors(self) -> list[str]:
        return [self.refused] if self.refused else []

    def is_valid(self) -> bool:
        return not [form for form in self.forms if not form.is_valid()]

    def typed(self) -> list[Typed]:
        return [form.typed for form in self.forms if form.typed]

    def given(self) -> list[tuple[Criterion, int, str]]:
        return [form.given for form in self.forms if form.given]

    def ask_for(self, criteria: list[Criterion]) -> None:
        missing = {criterion.pk for criterion in criteria}
        for form in self.forms:
            if form.criterion.pk in missing:
                form.add_error("score", f"Score “{form.criterion.title}”")

    def of(self, criteria: list[Criterion]) -> list[ScoreForm]:
        wanted = {criterion.pk for criterion in criteria}
        return [form for form in self.forms if form.criterion.pk in wanted]

    @property
    def left(self) -> list[Criterion]:
        """The criteria that have no score yet."""
        return [form.criterion for form in self.forms if form.standing is None]


class ReasonForm(GovForm, forms.Form):
    """One reason; the label says for what."""

    reason = forms.CharField(
        label="Reason", widget=forms.Textarea(attrs={"rows": 4}), max_length=4000
    )

    def __init__(self, *args, label="Reason", **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = label
