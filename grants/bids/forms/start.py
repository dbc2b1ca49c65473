from collections.abc import Sequence
from typing import Any

from django import forms

from carefund.core.forms import GovForm, RadioField
from carefund.questions.definition import Screening
from programmes.calls.models import Call
from programmes.organisations.models import Organisation

from ..models import Bid

NOTHING = "none"


class StartForm(GovForm, forms.Form):
    """Which organisation bids, what the bid is called and what it is for."""

    title = forms.CharField(
        label="Title of your project",
        max_length=200,
        help_text="You can find the bid by it. It is published if the bid is funded.",
    )

    def __init__(
        self,
        *args: Any,
        call: Call,
        organisations: list[Organisation],
        screening: Sequence[Screening] = (),
        earlier: Sequence[Bid] = (),
        carried: Sequence[Bid] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.asked = {f"screening_{one.key}": one for one in screening}
        self.organisations = {str(row.pk): row for row in organisations}
        self.themes = {str(theme.pk): theme for theme in call.themes.all()}
        if len(organisations) > 1:
            choices = [(key, row.name) for key, row in self.organisations.items()]
            field = RadioField(label="Which organisation is bidding?", choices=choices)
            self.fields = {"organisation": field, **self.fields}
        if self.themes:
            choices = [(key, theme.name) for key, theme in self.themes.items()]
            self.fields["theme"] = RadioField(label="What is it for?", choices=choices)
        self.earlier = {str(bid.pk): bid for bid in earlier if bid not in carried}
        if self.earlier:
            self.fields["copy_from"] = self._copying(again=bool(carried))
        self._ask()
        for name in ("organisation", "theme", *self.asked):
            if name in self.fields:
                label = self.fields[name].label
                self.fields[name].error_messages["required"] = f"Answer the question: {label}"

    def _copying(self, *, again: bool) -> RadioField:
        """`again`: answers of the first phase are taken over already, unless others are chosen."""
        told = [(key, f"{bid.reference}: {bid.title}") for key, bid in self.earlier.items()]
        nothing = "No, take those of the first phase" if again else "No, start with an empty form"
        return RadioField(
            label=f"Copy answers from {'another' if again else 'an earlier'} bid?",
            help_text="Answers to the same questions are copied. Files are not.",
            choices=[(NOTHING, nothing), *told],
            required=False,
            initial=NOTHING,
        )

    def _ask(self) -> None:
        """The questions on eligibility come first: who cannot bid is told before anything else."""
        found = {
            name: one.type.field(one, {"label": one.label, "required": True})
            for name, one in self.asked.items()
        }
        self.fields = {**found, **self.fields}
        self.field_settings = {
            name: {"hint": {"text": one.hint}} for name, one in self.asked.items() if one.hint
        }

    @property
    def screening(self) -> dict[str, Any]:
        return {
            one.key: one.type.store(self.cleaned_data[name]) for name, one in self.asked.items()
        }

    @property
    def organisation(self) -> Organisation:
        chosen = self.cleaned_data.get("organisation") or next(iter(self.organisations))
        return self.organisations[chosen]

    @property
    def copy_from(self) -> Bid | None:
        return self.earlier.get(self.cleaned_data.get("copy_from", ""))

    @property
    def theme(self) -> Any:
        return self.themes.get(self.cleaned_data.get("theme", ""))
