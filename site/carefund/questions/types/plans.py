"""Answers that become rows of a grant: its budget, its milestones, its benefits."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from carefund.core import years
from carefund.core.money import InexactMoney, pounds

from .base import QuestionType

RowTest = Callable[[Mapping[str, Any]], bool]
Table = tuple[list[str], list[list[str]]]
ALL = 100  # per cent
BENEFIT_CLASSES = {
    "crb": "Cash releasing",
    "ncrb": "Non-cash releasing",
    "sb": "Societal",
    "ub": "Unmonetisable",
}


def _is_money(text: Any) -> bool:
    try:
        return pounds(text) >= 0
    except InexactMoney:
        return False


def _is_date(text: Any) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except (TypeError, ValueError):
        return False


def _is_number(text: Any) -> bool:
    try:
        return Decimal(str(text)).is_finite()
    except InvalidOperation:
        return False


def _is_per_cent(text: Any) -> bool:
    """Nothing counts as all of it."""
    return not text or (str(text).isdecimal() and 1 <= int(text) <= ALL)


def _money(text: str) -> str:
    return f"£{Decimal(text):,.2f}".removesuffix(".00")


def _day(text: str) -> str:
    if not text:
        return ""
    day = date.fromisoformat(text)
    return f"{day.day} {day:%B %Y}"


def _lacks(key: str) -> RowTest:
    return lambda row: not row.get(key)


def _lacks_numbers(row: Mapping[str, Any]) -> bool:
    return not _is_number(row.get("baseline")) or not _is_number(row.get("target"))


def _stands_still(row: Mapping[str, Any]) -> bool:
    return Decimal(row["baseline"]) == Decimal(row["target"])


def _has_wrong_value(row: Mapping[str, Any]) -> bool:
    return bool(row.get("unit_value")) and not _is_money(row["unit_value"])


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'s'[: number != 1]}"


class Budget(QuestionType):
    """Costs by category, financial year and kind of money.

    Value: {"lines": [{"category", "year", "kind", "amount"}], "match_funding": "0.00"}; amounts are
    pounds as text. Options: `categories` [{"value", "label"}], `years` [2026, 2027], `smallest` and
    `largest` total in pounds as text.
    """

    name = "budget"

    def definition_problems(self, label: str, options: Mapping[str, Any]) -> list[str]:
        wanted = {"categories": "cost categories", "years": "financial years"}
        return [
            f"The budget “{label}” needs {words}."
            for key, words in wanted.items()
            if not options.get(key)
        ]

    def is_empty(self, value: Any) -> bool:
        return not value or not value.get("lines")

    def problem(self, value: Any, options: Mapping[str, Any]) -> str:
        categories = {c["value"] for c in options.get("categories", [])}
        for line in value["lines"]:
            if not _is_money(line.get("amount")):
                return "Enter every amount in pounds and pence, such as 1,200.50."
            known = line.get("category") in categories and line.get("kind") in years.Kind.values
            if not known or line.get("year") not in options.get("years", []):
                return "An amount stands outside the years and categories of this call."
        total = self.total(value)
        smallest, largest = options.get("smallest"), options.get("largest")
        if largest and total > Decimal(largest):
            return (
                f"The total is {_money(str(total))}. The most you can ask for is {_money(largest)}."
            )
        if smallest and total < Decimal(smallest):
            return (
                f"The total is {_money(str(total))}. "
                f"The least you can ask for is {_money(smallest)}."
            )
        return ""

    def total(self, value: Any) -> Decimal:
        """Pounds asked for in all."""
        return sum((Decimal(line["amount"]) for line in value["lines"]), Decimal(0))

    def by_year_and_kind(self, value: Any) -> dict[tuple[int, str], Decimal]:
        """Pounds by (financial year, kind), without those that are nothing."""
        sums: dict[tuple[int, str], Decimal] = {}
        for line in (value or {}).get("lines", []):
            key = (line["year"], line["kind"])
            sums[key] = sums.get(key, Decimal(0)) + Decimal(line["amount"])
        return {key: amount for key, amount in sorted(sums.items()) if amount}

    def display(self, value: Any, options: Mapping[str, Any]) -> str:
        return "" if self.is_empty(value) else _money(str(self.total(value)))

    def table(self, value: Any, options: Mapping[str, Any]) -> Table:
        columns = [(year, kind) for year in options["years"] for kind in years.Kind.values]
        lines = {
            (line["category"], line["year"], line["kind"]): Decimal(line["amount"])
            for line in (value or {}).get("lines", [])
        }
        rows = []
        for category in options["categories"]:
            amounts = [lines.get((category["value"], *column), Decimal(0)) for column in columns]
            rows.append([category["label"], *(_money(str(a)) for a in [*amounts, sum(amounts)])])
        sums = [sum(a for (_, y, k), a in lines.items() if (y, k) == c) for c in columns]
        rows.append(["Total", *(_money(str(a)) for a in [*sums, sum(sums)])])
        headings = [f"{years.short(year)} {kind}" for year, kind in columns]
        return ["Cost", *headings, "Total"], rows

    def note(self, value: Any) -> str:
        match = Decimal((value or {}).get("match_funding") or 0)
        return f"Match funding from elsewhere: {_money(str(match))}." if match else ""


class MilestonePlan(QuestionType):
    """[{"title", "date", "evidence"}] with dates as ISO text."""

    name = "milestones"

    def problem(self, value: Any, options: Mapping[str, Any]) -> str:
        for number, row in enumerate(value, 1):
            if not row.get("title"):
                return f"Give milestone {number} a title."
            if not _is_date(row.get("date")):
                return f"Give milestone {number} a real date, such as 27 3 2027."
        fewest = options.get("fewest", 1)
        return f"Add at least {_count(fewest, 'milestone')}." if len(value) < fewest else ""

    def display(self, value: Any, options: Mapping[str, Any]) -> str:
        return "" if self.is_empty(value) else _count(len(value), "milestone")

    def table(self, value: Any, options: Mapping[str, Any]) -> Table:
        rows = [
            [r.get("title", ""), _day(r.get("date", "")), r.get("evidence", "")]
            for r in value or []
        ]
        return ["Milestone", "Date", "Evidence"], rows


class BenefitPlan(QuestionType):
    """Benefits with a baseline, so that each can be proven later.

    [{"title", "class", "measure", "unit", "baseline", "baseline_on", "target", "owner",
    "unit_value" (pounds or ""), "unit_value_source", "attribution" (per cent),
    "forecast": {"2027": "12000.00"}}]; numbers are text, the forecast is pounds by financial year.
    """

    name = "benefits"
    words = {
        "title": "a title",
        "measure": "a measure",
        "unit": "a unit",
        "owner": "an owner",
    }

    def problem(self, value: Any, options: Mapping[str, Any]) -> str:
        for number, row in enumerate(value, 1):
            message = self._row_problem(row)
            if message:
                return f"Benefit {number}: {message}"
        fewest = options.get("fewest", 1)
        return f"Add at least {_count(fewest, 'benefit')}." if len(value) < fewest else ""

    def _row_problem(self, row: Mapping[str, Any]) -> str:
        """The first thing that is wrong with a row, in the order of the form."""
        found = (message for wrong, message in self._tests(row) if wrong(row))
        return next(found, "")

    def _tests(self, row: Mapping[str, Any]) -> Iterator[tuple[RowTest, str]]:
        for key, words in self.words.items():
            yield _lacks(key), f"enter {words}."
        yield lambda r: r.get("class") not in BENEFIT_CLASSES, "select a class."
        yield _lacks_numbers, "enter the baseline and the target as numbers."
        yield _stands_still, "the target must differ from the baseline."
        yield (
            lambda r: not _is_date(r.get("baseline_on")),
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
            lambda r: not all(_is_money(amount) for amount in r.get("forecast", {}).values()),
            "enter the yearly values in pounds and pence.",
        )

    def display(self, value: Any, options: Mapping[str, Any]) -> str:
        return "" if self.is_empty(value) else _count(len(value), "benefit")

    def table(self, value: Any, options: Mapping[str, Any]) -> Table:
        rows = []
        for row in value or []:
            promised = sum((Decimal(a) for a in row.get("forecast", {}).values()), Decimal(0))
            rows.append(
                [
                    row.get("title", ""),
                    BENEFIT_CLASSES.get(row.get("class", ""), ""),
                    self._change(row),
                    _money(str(promised)),
                ]
            )
        return ["Benefit", "Class", "Baseline and target", "Promised in all"], rows

    def _change(self, row: Mapping[str, Any]) -> str:
        change = f"{row.get('baseline', '')} → {row.get('target', '')} {row.get('unit', '')}"
        return change.strip(" →")
