"""Numbers are stored as text, so that they stay exact."""

from decimal import Decimal
from typing import Any, ClassVar

from django import forms

from carefund.core.forms import MoneyField
from carefund.core.money import InexactMoney, pounds

from ..fields import NumberField
from ..values import grouped, number
from .base import Options, QuestionType
from .registry import register
from .settings import Setting


@register
class Number(QuestionType):
    """Limits `lowest` and `highest`, a `unit`, and whether it is `whole`."""

    name = "number"
    title = "Number"
    icon = "order"
    group = "Numbers and dates"
    help = "A number with a unit and a range."
    in_groups = in_tables = True
    reading = "number"
    settings: ClassVar[tuple[Setting, ...]] = (
        Setting("unit", "Unit", "text", "", "For example, people or homes."),
        Setting("lowest", "Lowest", "decimal"),
        Setting("highest", "Highest", "decimal"),
        Setting("whole", "Whole numbers only", "boolean", default=False),
    )

    def definition_problems(self, label: str, options: Options) -> list[str]:
        found = super().definition_problems(label, options)
        lowest, highest = (number(options.get(name)) for name in ("lowest", "highest"))
        if lowest is not None and highest is not None and lowest > highest:
            found.append(f"Question “{label}” has a lowest number above its highest.")
        return found

    def fits(self, value: Any, options: Options) -> bool:
        return value == "" or number(value) is not None

    def field(self, question: Any, base: dict[str, Any]) -> forms.Field:
        return NumberField(**base)

    def field_settings(self, question: Any) -> dict[str, Any]:
        unit = self.setting(question.options, "unit")
        words = {"suffix": {"text": unit}} if unit else {}
        return {"classes": "govuk-input--width-10", "inputmode": "decimal", **words}

    def store(self, cleaned: Any) -> Any:
        return "" if cleaned in (None, "") else format(cleaned, "f")

    def problem(self, value: Any, options: Options) -> str:
        if not self.fits(value, options):
            return "Enter a number, such as 12."
        return self.wrong(value, options)

    def wrong(self, value: Any, options: Options) -> str:
        found = number(value)
        if found is None:
            return "Enter a number, such as 12."
        if self.setting(options, "whole") and found != int(found):
            return "Enter a whole number, such as 12."
        lowest, highest = self.setting(options, "lowest"), self.setting(options, "highest")
        if lowest is not None and found < Decimal(str(lowest)):
            return f"Enter {lowest} or more."
        if highest is not None and found > Decimal(str(highest)):
            return f"Enter {highest} or less."
        return ""

    def words(self, value: Any, options: Options) -> str:
        return f"{grouped(value)} {self.setting(options, 'unit')}".strip()

    def cells(self, value: Any, options: Options) -> list[Any]:
        found = number(value)
        return [self.display(value, options) if found is None else found]

    def read(self, value: Any, options: Options) -> Any:
        return number(value)


@register
class Percentage(Number):
    name = "percentage"
    title = "Percentage"
    icon = "decimal"
    help = "Per cent, from 0 to 100 unless you set other limits."
    settings = (
        Setting("lowest", "Lowest", "decimal", 0),
        Setting("highest", "Highest", "decimal", 100),
        Setting("whole", "Whole numbers only", "boolean", default=False),
    )

    def field_settings(self, question: Any) -> dict[str, Any]:
        return {
            "classes": "govuk-input--width-5",
            "inputmode": "decimal",
            "suffix": {"text": "%"},
        }

    def words(self, value: Any, options: Options) -> str:
        return f"{value}%"


@register
class Money(QuestionType):
    """Pounds and pence, stored as text: 1234.50."""

    name = "money"
    title = "Money"
    icon = "decimal"
    group = "Numbers and dates"
    help = "Pounds and pence."
    in_groups = in_tables = True
    reading = "number"
    settings = (
        Setting("lowest", "Lowest amount", "money"),
        Setting("highest", "Highest amount", "money"),
    )

    def fits(self, value: Any, options: Options) -> bool:
        return value == "" or number(value) is not None

    def field(self, question: Any, base: dict[str, Any]) -> forms.Field:
        return MoneyField(**base)

    def show(self, value: Any) -> Any:
        return number(value)

    def store(self, cleaned: Any) -> Any:
        return "" if cleaned in (None, "") else f"{cleaned:.2f}"

    def problem(self, value: Any, options: Options) -> str:
        try:
            amount = pounds(value)
        except InexactMoney:
            return "Enter an amount in pounds and pence, such as 1,200.50."
        if amount < 0:
            return "Enter £0 or more."
        lowest, highest = (number(self.setting(options, s)) for s in ("lowest", "highest"))
        if lowest is not None and amount < lowest:
            return f"Enter £{lowest:,.2f} or more."
        if highest is not None and amount > highest:
            return f"Enter £{highest:,.2f} or less."
        return ""

    def words(self, value: Any, options: Options) -> str:
        return f"£{number(value):,.2f}"

    def cells(self, value: Any, options: Options) -> list[Any]:
        found = number(value)
        return [self.display(value, options) if found is None else found]

    def read(self, value: Any, options: Options) -> Any:
        return number(value)
