from typing import Any

from ..fields import DraftForm
from .base import Entry


class SingleEntry(Entry):
    """A question with one field."""

    template = "questions/single.html"

    def make_forms(self) -> list[Any]:
        question, kind = self.question, self.question.type
        form = DraftForm(self.data, initial={question.key: kind.show(self.value)})
        base = {"label": question.label, "required": self.required}
        form.fields[question.key] = kind.field(question, base)
        form.field_settings = {question.key: kind.field_settings(question)}
        return [form]

    @property
    def field(self) -> Any:
        return self.forms[0][self.question.key]

    def stored(self) -> Any:
        return self.question.type.store(self.forms[0].cleaned_data[self.question.key])
