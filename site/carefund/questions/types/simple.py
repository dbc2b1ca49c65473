from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from carefund.core.money import InexactMoney, pounds

from .base import QuestionType


class ShortText(QuestionType):
    name = "short_text"
    longest = 200

    def problem(self, value: Any, options: Mapping[str, Any]) -> str:
        if not isinstance(value, str):
            return "Enter text."
        if len(value) > self.longest:
            return f"Shorten this to {self.longest} characters or fewer."
        return ""


class LongText(QuestionType):
    """Text with a word limit (`words`)."""

    name = "long_text"

    def problem(self, value: Any, options: Mapping[str, Any]) -> str:
        if not isinstance(value, str):
            return "Enter text."
        limit, words = options.get("words", 500), len(value.split())
        return f"Shorten this to {limit} words. It has {words}." if words > limit else ""


class Number(QuestionType):
    """A number, stored as text so that it stays exact; limits `lowest` and `highest`."""

    name = "number"

    def problem(self, value: Any, options: Mapping[str, Any]) -> str:
        try:
            number = Decimal(str(value))
        except InvalidOperation:
            return "Enter a number, such as 12."
        if not number.is_finite():
            return "Enter a number, such as 12."
        lowest, highest = options.get("lowest"), options.get("highest")
        if lowest is not None and number < Decimal(str(lowest)):
            return f"Enter {lowest} or more."
        if highest is not None and number > Decimal(str(highest)):
            return f"Enter {highest} or less."
        return ""


class Money(QuestionType):
    """Pounds and pence, stored as text: 1234.50."""

    name = "money"

    def problem(self, value: Any, options: Mapping[str, Any]) -> str:
        try:
            amount = pounds(value)
        except InexactMoney:
            return "Enter an amount in pounds and pence, such as 1,200.50."
        return "Enter £0 or more." if amount < 0 else ""

    def display(self, value: Any, options: Mapping[str, Any]) -> str:
        return "" if self.is_empty(value) else f"£{Decimal(value):,.2f}"


class Date(QuestionType):
    name = "date"

    def problem(self, value: Any, options: Mapping[str, Any]) -> str:
        try:
            date.fromisoformat(value)
        except (TypeError, ValueError):
            return "Enter a real date, such as 27 3 2027."
        return ""

    def display(self, value: Any, options: Mapping[str, Any]) -> str:
        if self.is_empty(value):
            return ""
        day = date.fromisoformat(value)
        return f"{day.day} {day:%B %Y}"


class Email(QuestionType):
    name = "email"

    def problem(self, value: Any, options: Mapping[str, Any]) -> str:
        try:
            validate_email(value)
        except ValidationError:
            return "Enter an e-mail address, such as name@example.gov.uk."
        return ""


class Declaration(QuestionType):
    """A statement to agree to."""

    name = "declaration"

    def is_empty(self, value: Any) -> bool:
        return value is not True

    def missing(self, label: str) -> str:
        return "Confirm that you agree."

    def display(self, value: Any, options: Mapping[str, Any]) -> str:
        return "Agreed" if value is True else ""
