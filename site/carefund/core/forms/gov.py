from collections.abc import Hashable, Iterator
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms.models import ModelChoiceIterator

from ..lately import Lately
from .wording import put_into_words, required_message


class GovForm:
    """Mixed in before `forms.Form` or `forms.ModelForm`: messages in the service's words.

    `field_settings` maps a field's name to component parameters for `{% field %}`, for example
    `{"amount": {"hint": {"text": "Whole pounds"}}, "kind": {"conditional": {"other": "why"}}}`.
    """

    use_required_attribute = False
    marks_optional = True
    field_settings: dict[str, Any] = {}
    base_fields: dict[str, forms.Field]
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        # The fields of the class first: every form of it takes copies of them.
        _say_in_words(self.base_fields)
        super().__init__(*args, **kwargs)
        _say_in_words(self.fields)


def _say_in_words(fields: dict[str, Any]) -> None:
    for name, field in fields.items():
        if getattr(field, "is_in_words", False):
            continue
        if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
            label = str(field.label or name.replace("_", " "))
            field.error_messages["required"] = required_message(field, label)
        put_into_words(field)
        field.is_in_words = True


class FilterForm(GovForm, forms.Form):
    """The filters of a list, read from the URL: every one may be left out, and none says so."""

    marks_optional = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False
            if isinstance(field, forms.ModelChoiceField):
                field.iterator = AtOnce
                field.widget.choices = field.choices


class AtOnce(ModelChoiceIterator):
    """Choices read as one: a cursor on the server is three round trips for a handful of rows."""

    def __iter__(self) -> Iterator[Any]:
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        known, rows = getattr(self.field, "known_as", None), self.queryset
        found = rows.all() if known is None else _CHOICES.ask((rows.model, known), rows.all)
        yield from map(self.choice, found)


_CHOICES = Lately()


def offer(field: Any, rows: QuerySet[Any], known_as: Hashable) -> None:
    """Have a filter offer `rows`, whose statement is kept under `known_as`.

    It says all that decides which rows these are (`core.lately.told`); None where nothing does.
    """
    field.queryset, field.known_as = rows, known_as
