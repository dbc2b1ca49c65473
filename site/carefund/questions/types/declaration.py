from typing import Any

from django import forms

from .base import Options, QuestionType
from .registry import register
from .settings import Setting


@register
class Declaration(QuestionType):
    """A statement to agree to (`text`)."""

    name = "declaration"
    title = "Declaration"
    icon = "tick-inverse"
    group = "Statements"
    help = "A statement that the bidder must agree to."
    reading = "truth"
    settings = (Setting("text", "Statement", "text", help="What the bidder agrees to."),)

    def fits(self, value: Any, options: Options) -> bool:
        return value == "" or isinstance(value, bool)

    def is_empty(self, value: Any) -> bool:
        return value is not True

    def field(self, question: Any, base: dict[str, Any]) -> forms.Field:
        text = self.setting(question.options, "text") or question.label
        return forms.BooleanField(**{**base, "label": text})

    def show(self, value: Any) -> Any:
        return value is True

    def store(self, cleaned: Any) -> Any:
        return bool(cleaned)

    def missing(self, label: str) -> str:
        return "Confirm that you agree."

    def words(self, value: Any, options: Options) -> str:
        return "Agreed"

    def read(self, value: Any, options: Options) -> Any:
        return value is True
