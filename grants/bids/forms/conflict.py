"""Two people saved the same question: both texts are shown, and one decides."""

from collections.abc import Mapping
from typing import Any

from carefund.core.forms import GovForm, RadioField
from carefund.questions.definition import FormDefinition, Question
from carefund.questions.forms.drafts import TextField
from django import forms
from django.core import signing

from ..actions import Clash

SALT = "bids.conflict"
TEXTS = {"short_text", "long_text"}
LISTS = {"milestones", "benefits", "many_of"}


def sealed(clash: Clash) -> str:
    """What the person typed and what it clashed with, to come back as the service wrote it."""
    value = {"question": clash.question, "mine": clash.mine, "revision": clash.revision}
    return signing.dumps({**value, "theirs": clash.theirs}, salt=SALT, compress=True)


class ConflictForm(GovForm, forms.Form):
    """For each question: keep mine, keep theirs, or combine the two."""

    def __init__(self, form: FormDefinition, clashes: list[Any], data: Any = None) -> None:
        super().__init__(data)
        self.field_settings = {}
        self.clashes: list[dict[str, Any]] = []
        for clash in clashes:
            self._add(form.question(clash["question"]), clash)

    @classmethod
    def open(cls, form: FormDefinition, data: Mapping[str, Any]) -> "ConflictForm":
        """From what was posted. Raises `signing.BadSignature` for what the service did not write."""
        clashes = [signing.loads(text, salt=SALT) for text in data.getlist("clash")]  # type: ignore[attr-defined]
        return cls(form, clashes, data)

    def _add(self, question: Question, clash: dict[str, Any]) -> None:
        keep, both = f"keep-{question.key}", f"both-{question.key}"
        choices = [("mine", "Keep my answer"), ("theirs", "Keep the saved answer")]
        if question.kind in TEXTS | LISTS:
            choices.append(("both", "Combine the two"))
        self.fields[keep] = RadioField(label=f"Which answer to “{question.label}” is right?", choices=choices)
        if question.kind in TEXTS:
            text = f"{clash['theirs']}\n\n{clash['mine']}"
            self.fields[both] = TextField(
                label="Combined answer",
                required=False,
                initial=text,
                widget=forms.Textarea(attrs={"rows": 8}),
            )
            self.field_settings[keep] = {"conditional": {"both": both}}
        self.clashes.append({**clash, "kind": question.kind, "keep": keep, "both": both})

    def values(self) -> dict[str, Any]:
        """What to save; questions whose saved answer stays are left out."""
        found = {}
        for clash in self.clashes:
            chosen = self.cleaned_data[clash["keep"]]
            if chosen == "mine":
                found[clash["question"]] = clash["mine"]
            elif chosen == "both":
                found[clash["question"]] = self._both(clash)
        return found

    def _both(self, clash: dict[str, Any]) -> Any:
        if clash["kind"] in TEXTS:
            return self.cleaned_data[clash["both"]]
        theirs = clash["theirs"] or []
        return [*theirs, *(item for item in clash["mine"] if item not in theirs)]

    def revisions(self) -> dict[str, int]:
        return {clash["question"]: clash["revision"] for clash in self.clashes}
