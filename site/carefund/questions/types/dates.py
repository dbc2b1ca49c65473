from typing import Any

from django import forms

from carefund.core.forms import DateField

from ..fields import DayField
from ..values import day, spoken
from .base import Options, QuestionType
from .registry import register
from .settings import Setting


@register
class Date(QuestionType):
    """A day, stored as ISO text; limits `earliest` and `latest` are ISO text too."""

    name = "date"
    title = "Date"
    icon = "date"
    group = "Numbers and dates"
    help = "A day, typed as day, month and year."
    in_groups = in_tables = True
    reading = "date"
    settings = (
        Setting("earliest", "Earliest", "text", help="For example, 2027-04-01."),
        Setting("latest", "Latest", "text", help="For example, 2028-03-31."),
    )

    def definition_problems(self, label: str, options: Options) -> list[str]:
        found = super().definition_problems(label, options)
        for name in ("earliest", "latest"):
            if options.get(name) and day(options[name]) is None:
                found.append(f"Question “{label}” needs its {name} day as 2027-04-01.")
        return found

    def posted_names(self, key: str) -> set[str]:
        return {f"{key}_{part}" for part in ("day", "month", "year")}

    def fits(self, value: Any, options: Options) -> bool:
        return value == "" or day(value) is not None

    def field(self, question: Any, base: dict[str, Any]) -> forms.Field:
        return DateField(**base)

    def cell_field(self, question: Any, base: dict[str, Any]) -> forms.Field:
        return DayField(**base)

    def show(self, value: Any) -> Any:
        return day(value)

    def store(self, cleaned: Any) -> Any:
        return cleaned.isoformat() if cleaned else ""

    def problem(self, value: Any, options: Options) -> str:
        found = day(value)
        if found is None:
            return "Enter a real date, such as 27 3 2027."
        earliest, latest = day(options.get("earliest")), day(options.get("latest"))
        if earliest and found < earliest:
            return f"Enter {spoken(options['earliest'])} or later."
        if latest and found > latest:
            return f"Enter {spoken(options['latest'])} or earlier."
        return ""

    def words(self, value: Any, options: Options) -> str:
        return spoken(value)

    def cells(self, value: Any, options: Options) -> list[Any]:
        return [day(value) or self.display(value, options)]

    def read(self, value: Any, options: Options) -> Any:
        return day(value)
