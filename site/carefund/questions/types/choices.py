from typing import Any, ClassVar

from django import forms

from carefund.core.forms import CheckboxesField, RadioField

from .base import Options, QuestionType
from .registry import register
from .settings import Setting

FEWEST_CHOICES = 2
MOST_IN_RADIOS = 15
CHOICES = Setting("choices", "Choices", "choices", required=True, highest=200)


@register
class YesNo(QuestionType):
    name = "yes_no"
    title = "Yes or no"
    icon = "check"
    group = "Choices"
    help = "A question that is answered yes or no."
    in_groups = in_tables = True
    reading = "truth"

    def fits(self, value: Any, options: Options) -> bool:
        return value == "" or isinstance(value, bool)

    def is_empty(self, value: Any) -> bool:
        return not isinstance(value, bool) and super().is_empty(value)

    def field(self, question: Any, base: dict[str, Any]) -> forms.Field:
        return RadioField(**base, choices=[("yes", "Yes"), ("no", "No")])

    def cell_field(self, question: Any, base: dict[str, Any]) -> forms.Field:
        return forms.ChoiceField(**base, choices=[("", ""), ("yes", "Yes"), ("no", "No")])

    def show(self, value: Any) -> Any:
        return {True: "yes", False: "no"}[value] if isinstance(value, bool) else ""

    def store(self, cleaned: Any) -> Any:
        return {"yes": True, "no": False}.get(cleaned, "")

    def problem(self, value: Any, options: Options) -> str:
        return "" if isinstance(value, bool) else "Select yes or no."

    def words(self, value: Any, options: Options) -> str:
        return "Yes" if value else "No"


@register
class OneOf(QuestionType):
    """One of `choices`: [{"value": "red", "label": "Red"}, ...]."""

    name = "one_of"
    title = "One of many"
    icon = "radio-full"
    group = "Choices"
    help = "Exactly one of several choices."
    in_groups = in_tables = True
    settings: ClassVar[tuple[Setting, ...]] = (CHOICES,)

    def definition_problems(self, label: str, options: Options) -> list[str]:
        choices = options.get("choices")
        if not choices or (isinstance(choices, list) and len(choices) < FEWEST_CHOICES):
            return [f"Question “{label}” needs at least two choices."]
        return super().definition_problems(label, options)

    def _pairs(self, options: Options) -> list[tuple[str, str]]:
        return [(choice["value"], choice["label"]) for choice in options["choices"]]

    def labels(self, options: Options) -> dict[str, str]:
        return dict(self._pairs(options))

    def field(self, question: Any, base: dict[str, Any]) -> forms.Field:
        pairs = self._pairs(question.options)
        if len(pairs) > MOST_IN_RADIOS:
            return forms.ChoiceField(**base, choices=[("", ""), *pairs])
        return RadioField(**base, choices=pairs)

    def cell_field(self, question: Any, base: dict[str, Any]) -> forms.Field:
        return forms.ChoiceField(**base, choices=[("", ""), *self._pairs(question.options)])

    def wrong(self, value: Any, options: Options) -> str:
        return "" if value in self.labels(options) else "Select one of the choices."

    def words(self, value: Any, options: Options) -> str:
        return self.labels(options).get(value, value)


@register
class ManyOf(OneOf):
    """Any number of `choices`, as a list."""

    name = "many_of"
    title = "Many of many"
    icon = "list-ul"
    help = "Any number of several choices."
    in_tables = False
    joins = "list"
    reading = "list"
    settings = (
        CHOICES,
        Setting("fewest", "Fewest to choose", "integer", 0, lowest=0, highest=200),
        Setting("most", "Most to choose", "integer", lowest=1, highest=200),
    )

    def fits(self, value: Any, options: Options) -> bool:
        return value == "" or (
            isinstance(value, list) and all(isinstance(item, str) for item in value)
        )

    def field(self, question: Any, base: dict[str, Any]) -> forms.Field:
        return CheckboxesField(**base, choices=self._pairs(question.options))

    def store(self, cleaned: Any) -> Any:
        return list(cleaned or [])

    def wrong(self, value: Any, options: Options) -> str:
        if not set(value) <= self.labels(options).keys():
            return "Select from the choices."
        fewest, most = self.setting(options, "fewest"), self.setting(options, "most")
        if fewest and len(value) < fewest:
            return f"Select at least {fewest}."
        return f"Select no more than {most}." if most and len(value) > most else ""

    def words(self, value: Any, options: Options) -> str:
        labels = self.labels(options)
        return ", ".join(labels.get(item, item) for item in value)

    def read(self, value: Any, options: Options) -> Any:
        return tuple(value) if isinstance(value, list) and self.fits(value, options) else None
