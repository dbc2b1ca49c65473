"""Benefits with a baseline, so that each can be proven later."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from carefund.core import years
from carefund.core.formats import money, uk_date
from carefund.core.forms import DateField, MoneyField

from ..entries import RowsEntry
from ..fields import NumberField, TextField
from ..values import day, grouped, is_money, number
from .base import Column, Options
from .registry import question_type, register
from .rows import FEWEST, MOST, Row, RowsType
from .settings import Setting

RowTest = Callable[[Row], bool]
ALL = 100  # per cent
CLASSES = {
    "crb": "Cash releasing",
    "ncrb": "Non-cash releasing",
    "sb": "Societal",
    "ub": "Unmonetisable",
}


def _is_per_cent(text: Any) -> bool:
    """Nothing counts as all of it."""
    return not text or (str(text).isdecimal() and 1 <= int(text) <= ALL)


def _lacks(key: str) -> RowTest:
    return lambda row: not row.get(key)


def _lacks_numbers(row: Row) -> bool:
    return number(row.get("baseline")) is None or number(row.get("target")) is None


def _stands_still(row: Row) -> bool:
    return number(row["baseline"]) == number(row["target"])


def _has_wrong_value(row: Row) -> bool:
    return bool(row.get("unit_value")) and not is_money(row["unit_value"])


def _text(value: Decimal | None) -> str:
    return "" if value is None else format(value, "f")


def _pence(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount:.2f}"


def _day(value: date | None) -> str:
    return value.isoformat() if value else ""


class BenefitsEntry(RowsEntry):
    plain = ("title", "class", "measure", "unit", "owner", "unit_value_source")
    looks: dict[str, dict[str, Any]] = {
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

    def settings(self) -> dict[str, Any]:
        return {name: dict(look) for name, look in self.looks.items()}

    def fields(self) -> dict[str, forms.Field]:
        return {
            "title": TextField(label="Benefit", max_length=200),
            "class": forms.ChoiceField(
                label="Class", choices=CLASSES.items(), widget=forms.RadioSelect
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
            **{
                f"forecast_{year}": MoneyField(
                    label=f"Value promised in {years.label(year)}", required=False
                )
                for year in self._years()
            },
        }

    def _years(self) -> list[int]:
        kept = {int(year) for row in self.value or [] for year in row.get("forecast", {})}
        wanted = self.question.type.setting(self.question.options, "years") or self.page.years
        return sorted(kept | set(wanted))

    def show(self, row: Row) -> dict[str, Any]:
        forecast = row.get("forecast", {})
        return {
            **{key: row.get(key, "") for key in (*self.plain, "baseline", "target", "attribution")},
            "baseline_on": day(row.get("baseline_on", "")),
            "unit_value": number(row.get("unit_value")),
            **{f"forecast_{year}": number(forecast.get(str(year))) for year in self._years()},
        }

    def store(self, cleaned: Mapping[str, Any]) -> dict[str, Any]:
        forecast = {str(year): _pence(cleaned[f"forecast_{year}"]) for year in self._years()}
        return {
            **{key: cleaned[key] for key in self.plain},
            "baseline": _text(cleaned["baseline"]),
            "baseline_on": _day(cleaned["baseline_on"]),
            "target": _text(cleaned["target"]),
            "unit_value": _pence(cleaned["unit_value"]),
            "attribution": _text(cleaned["attribution"]),
            "forecast": {year: amount for year, amount in forecast.items() if amount},
        }


@register
class BenefitPlan(RowsType):
    """[{"title", "class", "measure", "unit", "baseline", "baseline_on", "target", "owner",
    "unit_value" (pounds or ""), "unit_value_source", "attribution" (per cent),
    "forecast": {"2027": "12000.00"}}]; numbers are text, the forecast is pounds by financial year.
    """

    name = "benefits"
    title = "Benefit plan"
    icon = "success"
    help = "Benefits with a baseline, a target, an owner and a promise by year."
    word = "benefit"
    entry_class = BenefitsEntry
    settings = (
        FEWEST,
        MOST,
        Setting("years", "Years of the promise", "years", help="Those of the budget and 3 more."),
    )
    wanted = {"title": "a title", "measure": "a measure", "unit": "a unit", "owner": "an owner"}

    def columns(self, options: Options) -> list[Column]:
        """What a rule can name."""
        text, amount = question_type("short_text"), question_type("number")
        return [
            Column("title", "short_text", "Benefit", text),
            Column("baseline", "number", "Baseline", amount),
            Column("target", "number", "Target", amount),
            Column("promised", "number", "Promised in all", amount),
        ]

    def fits(self, value: Any, options: Options) -> bool:
        return value == "" or (
            (isinstance(value, list) and all(isinstance(row, dict) for row in value))
            and all(self._row_fits(row) for row in value)
        )

    def _row_fits(self, row: Row) -> bool:
        forecast = row.get("forecast", {})
        texts = (v for k, v in row.items() if k not in {"forecast", "sample"})
        return (
            all(isinstance(text, str | int) for text in texts)
            and isinstance(forecast, dict)
            and all(year.isdecimal() and number(a) is not None for year, a in forecast.items())
        )

    def row_problem(self, number: int, row: Row, options: Options) -> str:
        found = (message for wrong, message in self._tests() if wrong(row))
        message = next(found, "")
        return f"Benefit {number}: {message}" if message else ""

    def _tests(self) -> Iterator[tuple[RowTest, str]]:
        """In the order of the form."""
        for key, words in self.wanted.items():
            yield _lacks(key), f"enter {words}."
        yield lambda r: r.get("class") not in CLASSES, "select a class."
        yield _lacks_numbers, "enter the baseline and the target as numbers."
        yield _stands_still, "the target must differ from the baseline."
        yield (
            lambda r: day(r.get("baseline_on")) is None,
            "enter the date on which the baseline was measured.",
        )
        yield _has_wrong_value, "enter the value of one unit in pounds and pence."
        yield (
            lambda r: not _is_per_cent(r.get("attribution")),
            "enter the part due to this project as whole per cent, from 1 to 100.",
        )
        yield (
            lambda r: r["class"] == "ub" and bool(r.get("unit_value")),
            "an unmonetisable benefit has no value in pounds.",
        )
        yield (
            lambda r: not all(is_money(amount) for amount in r.get("forecast", {}).values()),
            "enter the yearly values in pounds and pence.",
        )

    def head(self, options: Options) -> list[str]:
        return ["Benefit", "Class", "Measure and target", "Value", "Owner", "Promised"]

    def asks(self, options: Options) -> list[str]:
        wanted = ["Benefit", f"Class ({', '.join(CLASSES.values())})", "What you will measure"]
        wanted += ["Unit", "Baseline", "Date of the baseline", "Target", "Who owns it"]
        wanted += ["Value of one unit", "Where that value comes from"]
        return [*wanted, "Part of the change due to this project", "Value promised in each year"]

    def numeric(self, options: Options) -> frozenset[int]:
        return frozenset({5})

    def line(self, row: Row, options: Options) -> list[str]:
        """Everything that was entered: whoever reads a bid reads it here."""
        kind = CLASSES.get(str(row.get("class", "")), "")
        own = [str(row.get(key, "")) for key in ("title", "owner")]
        return [own[0], kind, _measured(row), _worth(row), own[1], _forecast(row)]

    def headings(self, label: str, options: Options) -> list[str]:
        return [label, f"{label}: number", f"{label}: promised in all"]

    def cells(self, value: Any, options: Options) -> list[Any]:
        text, rows, *_ = super().cells(value, options)
        return [text, rows, sum(row["promised"] for row in self.read(value, options) or ())]

    def read(self, value: Any, options: Options) -> Any:
        if not value or not self.fits(value, options):
            return None
        return tuple(
            {
                "title": row.get("title") or None,
                "baseline": number(row.get("baseline")),
                "target": number(row.get("target")),
                "promised": _promised(row),
            }
            for row in value
        )


def _measured(row: Row) -> str:
    """As in: Falls a year: 100 → 60 falls; measured on 31 March 2026."""
    baseline, target = (grouped(row.get(key, "")) for key in ("baseline", "target"))
    change = f"{baseline} → {target} {row.get('unit', '')}"
    first = [str(row.get("measure", "")), change.strip(" →")]
    taken = day(row.get("baseline_on"))
    when = f"measured on {uk_date(taken)}" if taken else ""
    return "; ".join(filter(None, [": ".join(filter(None, first)), when]))


def _worth(row: Row) -> str:
    """As in: £500 for one (Local costing); 80% due to the project."""
    value, source = number(row.get("unit_value")), str(row.get("unit_value_source", ""))
    first = [f"{money(value)} for one" if value is not None else ""]
    first.append(f"({source})" if source else "")
    part = str(row.get("attribution", ""))
    due = f"{part}% due to the project" if part else ""
    return "; ".join(filter(None, [" ".join(filter(None, first)), due]))


def _forecast(row: Row) -> str:
    """As in: £16,000: 2027 to 2028 £16,000."""
    promised = money(_promised(row))
    each = [
        f"{years.label(int(year))} {money(amount)}"
        for year, text in sorted(row.get("forecast", {}).items())
        if (amount := number(text)) is not None
    ]
    return f"{promised}: {', '.join(each)}" if each else promised


def _promised(row: Row) -> Decimal:
    amounts = (number(amount) for amount in row.get("forecast", {}).values())
    return sum((amount for amount in amounts if amount is not None), Decimal(0))
