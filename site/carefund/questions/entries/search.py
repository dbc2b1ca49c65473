from typing import Any

from django import forms

from carefund.core.forms import CheckboxesField, RadioField

from ..fields import DraftForm, TextField
from ..sources import Found, source
from .base import Entry

LONGEST_WORDS = 100


class SearchEntry(Entry):
    """Search a register, then choose: what is chosen stays, what is found stands below it."""

    template = "questions/search.html"

    def make_forms(self) -> list[Any]:
        question = self.question
        self.register = source(question.type.source)
        self.chosen = [Found(item["id"], item["name"]) for item in self._items()]
        key, words = self.page.find
        self.words = words[:LONGEST_WORDS] if key == question.key else ""
        self.found = self.register.search(self.words) if self.words else []
        self.known = self._known()
        form = DraftForm(self.data, initial=self._initial())
        form.fields[question.key] = self._field()
        form.fields[f"{question.key}-words"] = TextField(label="Search by name", required=False)
        form.field_settings = {question.key: {"choice_hints": self._hints()}}
        form.marks_optional = False
        return [form]

    def _items(self) -> list[dict[str, str]]:
        return self.question.type.items(self.value)

    def _known(self) -> dict[str, Found]:
        """What may be chosen: what was, what is found, and whatever was sent if it exists."""
        known = {entry.id: entry for entry in [*self.chosen, *self.found]}
        sent = self.data.getlist(self.question.key) if self.data is not None else []
        unknown = [id_ for id_ in sent if id_ and id_ not in known]
        return {**known, **(self.register.named(unknown) if unknown else {})}

    def _field(self) -> forms.Field:
        choices = [(entry.id, entry.name) for entry in self.known.values()]
        base = {"label": self.question.label, "required": self.required, "choices": choices}
        return CheckboxesField(**base) if self.many else RadioField(**base)

    def _initial(self) -> dict[str, Any]:
        ids = [entry.id for entry in self.chosen]
        return {
            self.question.key: ids if self.many else next(iter(ids), ""),
            f"{self.question.key}-words": self.words,
        }

    def _hints(self) -> dict[str, str]:
        return {entry.id: entry.hint for entry in self.known.values() if entry.hint}

    @property
    def many(self) -> bool:
        return bool(self.question.type.many)

    @property
    def field(self) -> Any:
        return self.forms[0][self.question.key]

    @property
    def search_label(self) -> str:
        if not self.known:
            return "Search by name"
        return "Search for more by name" if self.many else "Search for another by name"

    @property
    def words_field(self) -> Any:
        return self.forms[0][f"{self.question.key}-words"]

    def stored(self) -> Any:
        cleaned = self.forms[0].cleaned_data[self.question.key]
        ids = cleaned if self.many else [cleaned] if cleaned else []
        items = [{"id": id_, "name": self.known[id_].name} for id_ in ids]
        return items if self.many else next(iter(items), "")
