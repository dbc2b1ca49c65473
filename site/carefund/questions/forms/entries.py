"""One question on the page: what stands saved, what was typed, what will be stored."""

from collections.abc import Mapping
from typing import Any

from ..definition import Question
from .drafts import DraftForm
from .single import KINDS


class Entry:
    """`forms` hold every field of the question, so that errors are listed in their order."""

    template = ""
    wide = False
    # Which revision of the answer the person was looking at; when the question is asked.
    revision = 0
    revealed: Any = None

    def __init__(self, question: Question, value: Any, data: Mapping[str, Any] | None) -> None:
        self.question, self.value, self.data = question, value, data
        self.forms = self.make_forms()

    def make_forms(self) -> list[Any]:
        raise NotImplementedError

    def stored(self) -> Any:
        """What to keep; only after every form of the entry was found valid."""
        raise NotImplementedError

    @property
    def refused(self) -> str:
        """Why the answer as a whole cannot be kept, beside what its fields say."""
        return ""

    def is_valid(self) -> bool:
        return not self.refused and not [form for form in self.forms if not form.is_valid()]


class SingleEntry(Entry):
    template = "questions/single.html"

    def make_forms(self) -> list[Any]:
        question, kind = self.question, KINDS[self.question.kind]
        form = DraftForm(self.data, initial={question.key: kind.show(self.value)})
        base = {"label": question.label, "required": question.required}
        form.fields[question.key] = kind.make(question, base)
        return [form]

    @property
    def field(self) -> Any:
        return self.forms[0][self.question.key]

    @property
    def hint(self) -> dict[str, str]:
        """Component parameters of the hint; none where there is nothing to say."""
        words = [self.revealed.words if self.revealed else "", self.question.hint]
        text = " ".join(word for word in words if word)
        return {"text": text} if text else {}

    def stored(self) -> Any:
        return KINDS[self.question.kind].store(self.forms[0].cleaned_data[self.question.key])
