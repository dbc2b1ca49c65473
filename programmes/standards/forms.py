from typing import Any, cast

from django import forms

from carefund.core.forms import DateField, GovForm, RadioField

from .models import Answer, Measure, Standard
from .queries import catalogue

FILES = "PDF, PNG, JPG, DOCX, XLSX, CSV or TXT, up to 20 MB."
HIGHEST = 4


class AnswerForm(GovForm, forms.Form):
    level = RadioField(label="Which level describes you best?", choices=[])
    evidence = forms.CharField(
        label="What shows it?",
        help_text="Needed from level 2 on, here or as a file. Do not name people.",
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=5000,
        required=False,
    )
    file = forms.FileField(label="Attach a file, if you have one", help_text=FILES, required=False)
    marks_optional = False
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(
        self, *args: Any, measure: Measure, answer: Answer | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.levels = {str(level.level): level for level in measure.levels.all()}
        rows = [(key, f"{key}. {level.name}") for key, level in self.levels.items()]
        cast("Any", self.fields["level"]).choices = rows
        hints = {key: level.descriptor for key, level in self.levels.items()}
        self.field_settings = {"level": {"choice_hints": hints}}
        self.initial["seen"] = answer.revision if answer else 0
        if answer:
            self.initial["level"] = str(answer.level.level)
            self.initial["evidence"] = answer.evidence

    @property
    def given(self) -> dict[str, Any]:
        found = self.cleaned_data
        return {
            "level": self.levels[found["level"]],
            "evidence": found["evidence"],
            "file": found["file"],
            "seen": found["seen"] or 0,
        }

    def seen_again(self, refused: Any) -> str:
        """Saving once more is meant: the person has now read what a colleague saved."""
        data = cast("Any", self.data).copy()
        data["seen"] = str(refused.answer.revision)
        self.data = data
        return "evidence"


def wanted_choices() -> tuple[list[tuple[str, Any]], dict[str, tuple[Standard, Measure | None]]]:
    """Every catalogue in force and each of its measures, grouped, with what each choice means."""
    groups: list[tuple[str, Any]] = []
    found: dict[str, tuple[Standard, Measure | None]] = {}
    for standard in catalogue():
        rows = [(f"{standard.pk}:", "Every measure")]
        found[f"{standard.pk}:"] = (standard, None)
        for measure in standard.measures.all():
            rows.append((f"{standard.pk}:{measure.pk}", str(measure)))
            found[f"{standard.pk}:{measure.pk}"] = (standard, measure)
        groups.append((str(standard), rows))
    return groups, found


class WantedForm(GovForm, forms.Form):
    """A measure, or all of a catalogue, and the level that is asked for."""

    what = forms.ChoiceField(label="Which measure?", choices=[])
    level = forms.TypedChoiceField(
        label="Which level?",
        choices=[(n, f"Level {n} or above") for n in range(1, HIGHEST + 1)],
        coerce=int,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups, self.meanings = wanted_choices()
        choices = [("", "Choose a measure"), *groups]
        cast("Any", self.fields["what"]).choices = choices

    @property
    def given(self) -> dict[str, Any]:
        standard, measure = self.meanings[self.cleaned_data["what"]]
        return {"standard": standard, "measure": measure, "level": self.cleaned_data["level"]}


class DemandForm(WantedForm):
    when = RadioField(
        label="When must it be reached?",
        choices=[
            ("bid", "Before an organisation may bid"),
            ("grant", "By a day, as a condition of every grant"),
        ],
    )
    due_on = DateField(label="By which day?", required=False)
    field_settings = {"when": {"conditional": {"grant": "due_on"}}}
    marks_optional = False

    def clean(self) -> Any:
        cleaned = super().clean() or {}
        chosen = cleaned.get("when") == "grant"
        if chosen and not cleaned.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", "Enter the day by which the level must be reached")
        return cleaned

    @property
    def given(self) -> dict[str, Any]:
        by_a_day = self.cleaned_data["when"] == "grant"
        return {**super().given, "due_on": self.cleaned_data["due_on"] if by_a_day else None}
