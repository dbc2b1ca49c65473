from collections.abc import Mapping
from typing import Any

from .base import QuestionType

FEWEST_CHOICES = 2


class YesNo(QuestionType):
    name = "yes_no"

    def is_empty(self, value: Any) -> bool:
        return value is None or value == ""

    def problem(self, value: Any, options: Mapping[str, Any]) -> str:
        return "" if isinstance(value, bool) else "Select yes or no."

    def display(self, value: Any, options: Mapping[str, Any]) -> str:
        return "" if self.is_empty(value) else {True: "Yes", False: "No"}.get(value, "")


class OneOf(QuestionType):
    """One of `choices`: [{"value": "red", "label": "Red"}, ...]."""

    name = "one_of"

    def definition_problems(self, label: str, options: Mapping[str, Any]) -> list[str]:
        values = [choice.get("value") for choice in options.get("choices", [])]
        if len(values) < FEWEST_CHOICES:
            return [f"Question “{label}” needs at least two choices."]
        return (
            [f"Question “{label}” offers a choice twice."] if len(set(values)) < len(values) else []
        )

    def problem(self, value: Any, options: Mapping[str, Any]) -> str:
        return "" if value in self._labels(options) else "Select one of the choices."

    def display(self, value: Any, options: Mapping[str, Any]) -> str:
        return self._labels(options).get(value, "")

    def _labels(self, options: Mapping[str, Any]) -> dict[str, str]:
        return {choice["value"]: choice["label"] for choice in options.get("choices", [])}


class ManyOf(OneOf):
    """Any number of `choices`, as a list."""

    name = "many_of"

    def problem(self, value: Any, options: Mapping[str, Any]) -> str:
        if isinstance(value, list) and set(value) <= self._labels(options).keys():
            return ""
        return "Select from the choices."

    def display(self, value: Any, options: Mapping[str, Any]) -> str:
        labels = self._labels(options)
        return ", ".join(labels.get(item, item) for item in value or [])
