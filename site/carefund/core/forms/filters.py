from typing import Any

from django import forms

from .gov import GovForm


class FilterForm(GovForm, forms.Form):
    """Filters of a list, read from the address. What is not a valid choice filters nothing."""

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.full_clean()
        # Every filter may be left out, so none of them says that it is optional.
        for field in self.fields.values():
            field.required = True

    def chosen(self, name: str) -> Any:
        return self.cleaned_data.get(name) or None


def choice(label: str, choices: Any, everything: str = "All") -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=[("", everything), *choices])


def words(label: str) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=100)
