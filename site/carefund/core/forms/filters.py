from typing import Any

from django import forms

from .gov import FilterForm


class ListFilter(FilterForm):
    """Filters of a list as given. What is not a valid choice filters nothing."""

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.full_clean()

    def chosen(self, name: str) -> Any:
        return self.cleaned_data.get(name) or None


def choice(label: str, choices: Any, everything: str = "All") -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=[("", everything), *choices])


def words(label: str) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=100)
