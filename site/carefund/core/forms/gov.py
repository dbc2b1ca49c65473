import copy
from collections.abc import Callable, Hashable, Iterator, Mapping
from typing import Any

from django import forms
from django.db.models import F, QuerySet, Value, Window
from django.db.models.functions import RowNumber
from django.forms.models import ModelChoiceIterator
from django.utils.choices import BaseChoiceIterator

from ..lately import Statements
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
        if not isinstance(self.base_fields, _Copied):
            type(self).base_fields = _Copied(self.base_fields)
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False
            if isinstance(field, forms.ModelChoiceField):
                field.iterator = AtOnce
                field.widget.choices = field.choices


class _Copied(dict[str, forms.Field]):
    """The fields of a form's class. What a filter never changes of its copy is not copied."""

    def __deepcopy__(self, memo: dict[int, Any]) -> dict[str, forms.Field]:
        return {name: copied(field) for name, field in self.items()}


_PLAIN = (
    forms.Field.__deepcopy__,
    forms.ChoiceField.__deepcopy__,
    forms.ModelChoiceField.__deepcopy__,
)


def copied(field: forms.Field) -> forms.Field:
    """For one form, which may change what stands in the field and its widget, not its lists."""
    if type(field).__deepcopy__ not in _PLAIN:
        return copy.deepcopy(field)
    found = copy.copy(field)
    found.widget = copy.copy(field.widget)
    found.widget.attrs = field.widget.attrs.copy()
    return found


class AtOnce(ModelChoiceIterator):
    """Choices read as one: a cursor on the server is three round trips for a handful of rows."""

    def __iter__(self) -> Iterator[Any]:
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        yield from map(self.choice, self.queryset.all())


# The rows of a filter in their order, and the field that names each.
Offered = Mapping[str, tuple[QuerySet[Any], str]]
_OFFERED = Statements()


def offer(form: FilterForm, known_as: Hashable, build: Callable[[], Offered]) -> None:
    """Have the filters of a form offer rows that come in one statement, kept under `known_as`.

    It says all that decides which rows these are; the rows are asked for each time.
    """
    found = _OFFERED.ask((type(form), known_as), lambda: _together(build()))
    of: dict[str, list[tuple[Any, str]]] = {}
    for name, _, pk, label in sorted(found):
        of.setdefault(name, []).append((pk, label))
    for name, field in form.fields.items():
        if isinstance(field, forms.ModelChoiceField):
            if form.data.get(name):
                # What was chosen is looked up among them.
                field.queryset = build()[name][0]
            field.choices = Given([("", field.empty_label), *of.get(name, [])])


class Given(BaseChoiceIterator):
    """Choices that are pairs already: nobody need look whether they are."""

    def __init__(self, pairs: list[tuple[Any, Any]]) -> None:
        self.pairs = pairs

    def __iter__(self) -> Iterator[tuple[Any, Any]]:
        return iter(self.pairs)


def _together(offered: Offered) -> QuerySet[Any, Any]:
    first, *others = [
        rows.order_by()
        .annotate(of=Value(name), place=Window(RowNumber(), order_by=_ordering(rows)))
        .values_list("of", "place", "pk", label)
        for name, (rows, label) in offered.items()
    ]
    return first.union(*others, all=True)


def _ordering(rows: QuerySet[Any]) -> list[Any]:
    names: Any = rows.query.order_by or rows.model._meta.ordering
    return [F(name[1:]).desc() if name.startswith("-") else F(name).asc() for name in names]
