"""Costs by category, financial year and kind of money."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from carefund.core import years
from carefund.core.formats import money

from ..comparing import Difference
from ..entries.budget import BudgetEntry
from ..lines import ZERO, Place, amounts_of, kinds_of, match_of
from ..values import is_money
from .base import Options, QuestionType, Table
from .registry import register
from .settings import Setting

KINDS = frozenset(years.Kind.values)


def _is_line(line: Any) -> bool:
    return (
        isinstance(line, dict)
        and isinstance(line.get("category"), str)
        and isinstance(line.get("year"), int)
        and line.get("kind") in KINDS
        and years.EARLIEST <= line["year"] <= years.LATEST
        and "amount" in line
    )


@register
class Budget(QuestionType):
    """Value: {"lines": [{"category", "year", "kind", "amount"}], "match_funding": "0.00"}.

    Amounts are pounds as text; `smallest` and `largest` are limits of the total, pounds as text.
    """

    name = "budget"
    title = "Budget"
    icon = "decimal"
    group = "Plans and money"
    help = "Amounts by category, financial year and kind of money, with totals worked out."
    entry_class = BudgetEntry
    is_table = True
    reading = "budget"
    settings = (
        Setting("categories", "Cost categories", "categories", required=True, highest=40),
        Setting("years", "Financial years", "years", required=True),
        Setting("kinds", "Kinds of money", "lines", help="capital, revenue, or both."),
        Setting("smallest", "Least in all", "money"),
        Setting("largest", "Most in all", "money"),
        Setting("match", "Ask for match funding", "boolean", default=True),
    )

    def definition_problems(self, label: str, options: Options) -> list[str]:
        wanted = {"categories": "cost categories", "years": "financial years"}
        found = [
            f"The budget “{label}” needs {words}."
            for key, words in wanted.items()
            if not options.get(key)
        ]
        found = found or super().definition_problems(label, options)
        if not found and not set(kinds_of(options)) <= set(years.Kind.values):
            found.append(f"The budget “{label}” can hold capital, revenue or both.")
        return found

    def is_empty(self, value: Any) -> bool:
        return not value or (isinstance(value, dict) and not value.get("lines"))

    def is_blank(self, value: Any) -> bool:
        return self.is_empty(value) and not (isinstance(value, dict) and match_of(value))

    def fits(self, value: Any, options: Options) -> bool:
        return value == "" or (
            isinstance(value, dict)
            and isinstance(value.get("lines", []), list)
            and all(_is_line(line) for line in value.get("lines", []))
        )

    # -- validation

    def wrong(self, value: Any, options: Options) -> str:
        categories = {c["value"] for c in options.get("categories", [])}
        for line in value["lines"]:
            if not is_money(line["amount"]):
                return "Enter every amount in pounds and pence, such as 1,200.50."
            known = line["category"] in categories and line["kind"] in kinds_of(options)
            if not known or line["year"] not in options.get("years", []):
                return "An amount stands outside the years and categories of this call."
        total, smallest, largest = (
            self.total(value),
            options.get("smallest"),
            options.get("largest"),
        )
        if largest and total > Decimal(largest):
            return f"The total is {money(total)}. The most you can ask for is {money(largest)}."
        if smallest and total < Decimal(smallest):
            return f"The total is {money(total)}. The least you can ask for is {money(smallest)}."
        return ""

    def total(self, value: Any) -> Decimal:
        """Pounds asked for in all."""
        return sum(amounts_of(value).values(), ZERO)

    def by_year_and_kind(self, value: Any) -> dict[tuple[int, str], Decimal]:
        """Pounds by (financial year, kind), without those that are nothing."""
        sums: dict[tuple[int, str], Decimal] = {}
        for (_, year, kind), amount in amounts_of(value).items():
            sums[year, kind] = sums.get((year, kind), ZERO) + amount
        return {key: amount for key, amount in sorted(sums.items()) if amount}

    def without_limits(self, options: Options) -> dict[str, Any]:
        """A budget that is too large is still a budget: its sums are shown beside the limit."""
        return {k: v for k, v in options.items() if k not in {"smallest", "largest"}}

    # -- display

    def words(self, value: Any, options: Options) -> str:
        return money(self.total(value))

    def table(self, value: Any, options: Options) -> Table:
        value = value if value and self.fits(value, options) else {}
        amounts = amounts_of(value)
        columns = self._columns(amounts, options)
        rows = [
            self._row(label, [amounts.get((key, *column), ZERO) for column in columns])
            for key, label in self._used(amounts, options)
        ]
        sums = [sum((a for (_, *c), a in amounts.items() if tuple(c) == k), ZERO) for k in columns]
        head = ["Cost", *(f"{years.short(year)} {kind}" for year, kind in columns), "Total"]
        match = match_of(value)
        return Table(
            head,
            rows if amounts else [],
            self._row("Total", sums) if amounts else None,
            frozenset(range(1, len(head))),
            f"Match funding from elsewhere: {money(match)}." if match else "",
        )

    def _used(self, amounts: Mapping[Place, Decimal], options: Options) -> list[tuple[str, str]]:
        """The categories in which money stands; all of them where it stands in none."""
        used = {category for (category, *_), amount in amounts.items() if amount}
        categories = self._categories(amounts, options)
        return [one for one in categories if one[0] in used] or categories

    def _row(self, label: str, amounts: list[Decimal]) -> list[str]:
        return [label, *(money(amount) for amount in [*amounts, sum(amounts)])]

    def _columns(self, amounts: Mapping[Place, Decimal], options: Options) -> list[tuple[int, str]]:
        """Those of the question, and those in which money stands all the same."""
        own = [(year, kind) for year in options["years"] for kind in kinds_of(options)]
        return [*own, *sorted({(y, k) for _, y, k in amounts} - set(own))]

    def _categories(self, amounts: Any, options: Options) -> list[tuple[str, str]]:
        own = [(c["value"], c["label"]) for c in options["categories"]]
        other = sorted({c for c, _, _ in amounts} - {value for value, _ in own})
        return [*own, *((value, f"{value} (no longer asked)") for value in other)]

    # -- comparison

    def differences(self, old: Any, new: Any, options: Options) -> list[Difference]:
        if not self.fits(old or {}, options) or not self.fits(new or {}, options):
            return super().differences(old, new, options)
        return list(self._differences(old or {}, new or {}, options))

    def _differences(self, old: Any, new: Any, options: Options) -> Iterator[Difference]:
        before, after = amounts_of(old), amounts_of(new)
        labels = dict(self._categories({**before, **after}, options))
        for place in sorted(before.keys() | after.keys()):
            was, now = before.get(place, ZERO), after.get(place, ZERO)
            if was != now:
                category, year, kind = place
                part = f"{labels[category]}, {years.label(year)}, {kind}"
                yield Difference(part, money(was), money(now))
        if match_of(old) != match_of(new):
            yield Difference("Match funding", money(match_of(old)), money(match_of(new)))

    # -- export

    def headings(self, label: str, options: Options) -> list[str]:
        columns = [f"{years.short(y)} {k}" for y in options["years"] for k in kinds_of(options)]
        categories = [category["label"] for category in options["categories"]]
        names = [*columns, *categories, "total", "match funding"]
        return [f"{label}: {name}" for name in names]

    def cells(self, value: Any, options: Options) -> list[Any]:
        value = value if value and self.fits(value, options) else {}
        amounts, sums = amounts_of(value), self.by_year_and_kind(value)
        columns = [
            sums.get((year, kind), ZERO) for year in options["years"] for kind in kinds_of(options)
        ]
        by_category = [
            sum((a for (c, *_), a in amounts.items() if c == category["value"]), ZERO)
            for category in options["categories"]
        ]
        return [*columns, *by_category, self.total(value), match_of(value)]

    # -- rules

    def members(self, options: Options) -> dict[str, str]:
        return {category["value"]: "number" for category in options["categories"]}

    def read(self, value: Any, options: Options) -> Any:
        if not value or not self.fits(value, options):
            return None
        return {"amounts": amounts_of(value), "match": match_of(value)}
