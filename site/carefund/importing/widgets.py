"""Cells of a spreadsheet as values, with reasons that say what to do."""

from collections.abc import Iterable
from datetime import date
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import models
from django.forms import ChoiceField, Field
from import_export import widgets

from carefund.core.days import day_in
from carefund.core.forms.wording import put_into_words

REMEMBERED = 50_000


class Known(widgets.ForeignKeyWidget):
    """A row that must exist; says so in words. Those of many lines are asked for together."""

    def __init__(
        self,
        model: type[models.Model],
        field: str,
        words: str,
        *,
        optional: bool = False,
        related: tuple[str, ...] = (),
    ) -> None:
        super().__init__(model, field)
        self.words, self.optional, self.related = words, optional, related
        self._found: dict[str, models.Model | None] = {}

    def prime(self, texts: Iterable[str]) -> None:
        """Look up what `clean` will be asked for."""
        if len(self._found) > REMEMBERED:
            self._found.clear()
        wanted = {text for text in texts if text} - self._found.keys()
        if wanted:
            self._found.update(dict.fromkeys(wanted))
            rows: Any = self.model._base_manager.select_related(*self.related)
            found = rows.filter(**{f"{self.field}__in": wanted})
            self._found.update({getattr(row, self.field): row for row in found})

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        if not value and self.optional:
            return None
        if value and value not in self._found:
            self.prime([value])
        found = self._found.get(value) if value else None
        if found is None:
            raise ValueError(self.words)
        return found


class Day(widgets.Widget):
    """A date as 2026-03-31 or 31/3/2026, which the preview shows in words."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> date:
        if not value:
            raise ValueError("Enter a date.")
        if found := day_in(value):
            return found
        raise ValueError("Enter a real date, like 31/3/2026 or 2026-03-31.")


class Typed(widgets.Widget):
    """What the field of a form would take, refused with the words of the form."""

    def __init__(self, field: Field) -> None:
        super().__init__()
        put_into_words(field)
        self.field = field
        if isinstance(field, ChoiceField):
            options = ", ".join(str(key) for key, _ in cast("Any", field.choices) if key)
            field.error_messages["invalid_choice"] = f"Enter one of these: {options}"

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        return self.field.clean(value)


def reasons(error: ValidationError | ValueError) -> str:
    return " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
