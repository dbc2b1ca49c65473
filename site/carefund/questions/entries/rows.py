"""Questions answered by as many rows as wanted: milestones, benefits, partners, a group."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms

from ..fields import DraftForm
from .base import Entry


class RowForm(DraftForm):
    row_number = 0  # as in the names of its fields, not as it is counted on the page


def typed_rows(data: Any, key: str) -> list[int]:
    """The numbers of the rows that were sent for a question."""
    pattern = re.compile(rf"{re.escape(key)}-([0-9]{{1,3}})-")
    return sorted({int(match[1]) for name in data or () if (match := pattern.match(name))})


def is_filled(cleaned: Mapping[str, Any]) -> bool:
    return any(value is not None and value not in ("", []) for value in cleaned.values())


class RowsEntry(Entry):
    """Rows that are added and removed by buttons; rows left wholly empty are dropped."""

    template = "questions/rows.html"

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.noun = self.question.type.noun(self.question.options)

    def make_forms(self) -> list[Any]:
        question, page = self.question, self.page
        if self.data is not None:
            removed = page.removed[1] if page.removed and page.removed[0] == question.key else None
            numbers = [n for n in typed_rows(self.data, question.key) if n != removed]
            return [self.make_row(number, None) for number in numbers]
        rows = list(self.value or [])
        blank = max(1 - len(rows), int(page.extra == question.key))
        return [self.make_row(n, row) for n, row in enumerate([*rows, *[{}] * blank])]

    def make_row(self, number: int, row: Mapping[str, Any] | None) -> RowForm:
        form = RowForm(
            self.data,
            prefix=f"{self.question.key}-{number}",
            initial=self.show(row) if row else None,
        )
        form.fields.update(self.fields())
        form.field_settings = self.settings()
        form.row_number = number
        return form

    @property
    def refused(self) -> str:
        most = self.question.type.most_rows(self.question.options)
        if len(self.forms) <= most:
            return ""
        return f"Enter no more than {most} {self.noun}s. There are {len(self.forms)}."

    @property
    def columns(self) -> list[Any]:
        found: list[Any] = self.question.type.columns(self.question.options)
        return found

    def settings(self) -> dict[str, Any]:
        found = {c.key: c.type.field_settings(c) for c in self.columns}
        for column in self.columns:
            if column.hint:
                found[column.key] = {**found[column.key], "hint": {"text": column.hint}}
        return found

    def fields(self) -> dict[str, forms.Field]:
        return {
            c.key: c.type.field(c, {"label": c.label, "required": c.required}) for c in self.columns
        }

    def show(self, row: Mapping[str, Any]) -> dict[str, Any]:
        return {c.key: c.type.show(row.get(c.key, "")) for c in self.columns}

    def store(self, cleaned: Mapping[str, Any]) -> dict[str, Any]:
        return {c.key: c.type.store(cleaned[c.key]) for c in self.columns}

    def stored(self) -> Any:
        filled = [form for form in self.forms if is_filled(form.cleaned_data)]
        return [self.store(form.cleaned_data) for form in filled]
