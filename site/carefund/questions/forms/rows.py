"""Questions answered by as many rows as wanted: milestones, benefits."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from carefund.core import years
from carefund.core.forms import DateField, MoneyField

from ..definition import Question
from ..types.plans import BENEFIT_CLASSES
from .drafts import DraftForm, NumberField, TextField
from .entries import Entry

MOST_ROWS = 60


class RowForm(DraftForm):
    row_number = 0  # as in the names of its fields, not as it is counted on the page


class RowsEntry(Entry):
    """Rows that are added and removed by buttons; rows left wholly empty are dropped."""

    template = "questions/rows.html"
    noun = "row"
    fewest_shown = 1

    def __init__(
        self,
        question: Question,
        value: Any,
        data: Mapping[str, Any] | None,
        *,
        extra: int = 0,
        removed: int | None = None,
        forecast_years: list[int] | None = None,
    ) -> None:
        self.extra, self.removed = extra, removed
        self.forecast_years = forecast_years or []
        super().__init__(question, value, data)

    def make_forms(self) -> list[Any]:
        if self.data is not None:
            return [self.make_row(number, None) for number in self._typed_rows()]
        rows = list(self.value or [])
        blank = max(self.fewest_shown - len(rows), self.extra)
        return [self.make_row(n, row) for n, row in enumerate([*rows, *[{}] * blank])]

    def _typed_rows(self) -> list[int]:
        pattern = re.compile(rf"{re.escape(self.question.key)}-([0-9]{{1,3}})-")
        found = {int(match[1]) for name in self.data or () if (match := pattern.match(name))}
        return sorted(found - {self.removed})

    def make_row(self, number: int, row: Mapping[str, Any] | None) -> RowForm:
        form = RowForm(
            self.data,
            prefix=f"{self.question.key}-{number}",
            initial=self.show(row) if row else None,
        )
        form.fields.update(self.fields())
        form.field_settings = self.settings
        form.row_number = number
        return form

    @property
    def refused(self) -> str:
        if len(self.forms) <= MOST_ROWS:
            return ""
        return f"Enter no more than {MOST_ROWS} {self.noun}s. There are {len(self.forms)}."

    settings: dict[str, Any] = {}

    def fields(self) -> dict[str, forms.Field]:
        raise NotImplementedError

    def show(self, row: Mapping[str, Any]) -> dict[str, Any]:
        raise NotImplementedError

    def store(self, cleaned: Mapping[str, Any]) -> dict[str, Any]:
        raise NotImplementedError

    def stored(self) -> Any:
        filled = [form for form in self.forms if _is_filled(form.cleaned_data)]
        return [self.store(form.cleaned_data) for form in filled]


def _is_filled(cleaned: Mapping[str, Any]) -> bool:
    return any(value is not None and value != "" for value in cleaned.values())


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _amount(text: str | None) -> Decimal | None:
    return Decimal(text) if text else None


def _pence(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount:.2f}"


def _text(number: Decimal | None) -> str:
    return "" if number is None else format(number, "f")


class MilestonesEntry(RowsEntry):
    noun = "milestone"

    def fields(self) -> dict[str, forms.Field]:
        return {
            "title": TextField(label="What will be done", max_length=200),
            "date": DateField(label="Date"),
            "evidence": TextField(
                label="How you will show that it is done", max_length=500, required=False
            ),
        }

    def show(self, row: Mapping[str, Any]) -> dict[str, Any]:
        return {**row, "date": _day(row.get("date", ""))}

    def store(self, cleaned: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "title": cleaned["title"],
            "date": _iso(cleaned["date"]),
            "evidence": cleaned["evidence"],
        }


class BenefitsEntry(RowsEntry):
    noun = "benefit"
    plain = ("title", "class", "measure", "unit", "owner", "unit_value_source")
    settings = {
        "class": {
            "choice_hints": {
                "crb": "Money that can be spent on something else",
                "ncrb": "Time or capacity freed, worth money but not paid out",
                "sb": "Good for people and society, with a value in pounds",
                "ub": "Good that cannot be given a value in pounds",
            }
        },
        "attribution": {"suffix": {"text": "%"}, "classes": "govuk-input--width-3"},
        "unit_value": {"hint": {"text": "Leave empty if it has no value in pounds"}},
        "unit": {"hint": {"text": "For example, falls, hours or people"}},
        "baseline": {"classes": "govuk-input--width-10", "inputmode": "decimal"},
        "target": {"classes": "govuk-input--width-10", "inputmode": "decimal"},
    }

    def fields(self) -> dict[str, forms.Field]:
        return {
            "title": TextField(label="Benefit", max_length=200),
            "class": forms.ChoiceField(
                label="Class",
                choices=BENEFIT_CLASSES.items(),
                widget=forms.RadioSelect,
            ),
            "measure": TextField(label="What you will measure", max_length=200),
            "unit": TextField(label="Unit", max_length=60),
            "baseline": NumberField(label="Baseline"),
            "baseline_on": DateField(label="Date of the baseline"),
            "target": NumberField(label="Target"),
            "owner": TextField(label="Who owns it", max_length=150),
            "unit_value": MoneyField(label="Value of one unit", required=False),
            "unit_value_source": TextField(
                label="Where that value comes from", max_length=300, required=False
            ),
            "attribution": NumberField(label="Part of the change due to this project"),
            **self._forecast_fields(),
        }

    def _forecast_fields(self) -> dict[str, forms.Field]:
        return {
            f"forecast_{year}": MoneyField(
                label=f"Value promised in {years.label(year)}", required=False
            )
            for year in self._years()
        }

    def _years(self) -> list[int]:
        kept = {int(year) for row in self.value or [] for year in row.get("forecast", {})}
        return sorted(kept | set(self.forecast_years))

    def show(self, row: Mapping[str, Any]) -> dict[str, Any]:
        forecast = row.get("forecast", {})
        return {
            **{key: row.get(key, "") for key in (*self.plain, "baseline", "target", "attribution")},
            "baseline_on": _day(row.get("baseline_on", "")),
            "unit_value": _amount(row.get("unit_value")),
            **{f"forecast_{year}": _amount(forecast.get(str(year))) for year in self._years()},
        }

    def store(self, cleaned: Mapping[str, Any]) -> dict[str, Any]:
        forecast = {str(year): _pence(cleaned[f"forecast_{year}"]) for year in self._years()}
        return {
            **{key: cleaned[key] for key in self.plain},
            "baseline": _text(cleaned["baseline"]),
            "baseline_on": _iso(cleaned["baseline_on"]),
            "target": _text(cleaned["target"]),
            "unit_value": _pence(cleaned["unit_value"]),
            "attribution": _text(cleaned["attribution"]),
            "forecast": {year: amount for year, amount in forecast.items() if amount},
        }
