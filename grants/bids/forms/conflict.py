"""Two people saved the same question: both texts are shown, and one decides."""

from datetime import datetime
from typing import Any

from django import forms
from django.core import signing

from carefund.core.forms import GovForm, RadioField
from carefund.questions.definition import FormDefinition, Question
from carefund.questions.fields import TextField

from ..actions import Clash
from ..beside import beside

SALT = "bids.conflict"


def sealed(clash: Clash) -> str:
    """What the person typed and what it clashed with, to come back as the service wrote it."""
    value = {
        "question": clash.question,
        "mine": clash.mine,
        "theirs": clash.theirs,
        "revision": clash.revision,
        "who": str(clash.saved_by or "The system"),
        "when": clash.saved_at.isoformat(),
    }
    return signing.dumps(value, salt=SALT, compress=True)


class ConflictForm(GovForm, forms.Form):
    """For each question: keep mine, keep theirs, or combine the two."""

    def __init__(self, form: FormDefinition, seals: list[str], data: Any = None) -> None:
        """Raises `signing.BadSignature` for a seal that the service did not write."""
        super().__init__(data)
        self.field_settings = {}
        self.clashes: list[dict[str, Any]] = []
        for seal in seals:
            clash = signing.loads(seal, salt=SALT)
            self._add(form.question(clash["question"]), clash, seal)

    def _add(self, question: Question, clash: dict[str, Any], seal: str) -> None:
        keep, both = f"keep-{question.key}", f"both-{question.key}"
        choices = [("mine", "Keep my answer"), ("theirs", "Keep the saved answer")]
        if question.type.joins:
            choices.append(("both", "Combine the two"))
        self.fields[keep] = RadioField(
            label=f"Which answer to “{question.label}” is right?", choices=choices
        )
        if question.type.joins == "text":
            text = question.type.joined(clash["theirs"], clash["mine"])
            self.fields[both] = TextField(
                label="Combined answer",
                required=False,
                initial=text,
                widget=forms.Textarea(attrs={"rows": 8}),
            )
            self.field_settings[keep] = {"conditional": {"both": both}}
        self.clashes.append(
            {**clash, "asked": question, "keep": keep, "both": both} | {"seal": seal}
        )

    @property
    def shown(self) -> list[dict[str, Any]]:
        """The two answers of each question, with the words in which they differ marked."""
        return [self._shown(clash) for clash in self.clashes]

    def _shown(self, clash: dict[str, Any]) -> dict[str, Any]:
        question, keep = clash["asked"], self[clash["keep"]]
        shown = {"label": question.label, "who": clash["who"], "field": keep, "seal": clash["seal"]}
        shown["when"] = datetime.fromisoformat(clash["when"])
        return {**shown, **beside(question, clash["theirs"], clash["mine"])}

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
        kind = clash["asked"].type
        if kind.joins == "text":
            return self.cleaned_data[clash["both"]]
        return kind.joined(clash["theirs"], clash["mine"])

    def revisions(self) -> dict[str, int]:
        return {clash["question"]: clash["revision"] for clash in self.clashes}
