from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from carefund.core import years
from carefund.core.formats import money
from carefund.core.forms import MoneyField

from ..fields import DraftForm
from ..lines import ZERO, amounts_of, kinds_of, match_of
from .base import Entry


@dataclass(frozen=True)
class Cell:
    field: Any
    heading: str


@dataclass(frozen=True)
class Row:
    label: str
    cells: list[Cell]
    total: Decimal


class BudgetEntry(Entry):
    """A grid of amounts: cost categories down, financial years and kinds of money across."""

    template = "questions/budget.html"
    wide = True

    @property
    def columns(self) -> list[tuple[int, str]]:
        return [(year, kind) for year in self.question.options["years"] for kind in self.kinds]

    @property
    def kinds(self) -> list[str]:
        return kinds_of(self.question.options)

    @property
    def categories(self) -> list[Any]:
        return list(self.question.options["categories"])

    @property
    def asks_match(self) -> bool:
        return bool(self.question.type.setting(self.question.options, "match"))

    def make_forms(self) -> list[Any]:
        form = DraftForm(self.data, initial=self._initial())
        for category in self.categories:
            for year, kind in self.columns:
                label = f"{category['label']}, {years.label(year)}, {kind}"
                form.fields[self._name(category["value"], year, kind)] = MoneyField(
                    label=label, required=False
                )
        if self.asks_match:
            form.fields[f"{self.question.key}-match"] = MoneyField(
                label="Match funding from elsewhere", required=False
            )
        return [form]

    def _name(self, category: str, year: int, kind: str) -> str:
        return f"{self.question.key}-{category}-{year}-{kind}"

    def _initial(self) -> dict[str, Decimal]:
        initial = {self._name(*place): amount for place, amount in amounts_of(self.value).items()}
        if match := match_of(self.value):
            initial[f"{self.question.key}-match"] = match
        return initial

    def stored(self) -> Any:
        cleaned = self.forms[0].cleaned_data
        lines = [
            {"category": c["value"], "year": year, "kind": kind, "amount": f"{amount:.2f}"}
            for c in self.categories
            for year, kind in self.columns
            if (amount := cleaned[self._name(c["value"], year, kind)])
        ]
        match = cleaned.get(f"{self.question.key}-match") or ZERO
        return {"lines": lines, "match_funding": f"{match:.2f}"}

    @property
    def match(self) -> Any:
        return self.forms[0][f"{self.question.key}-match"] if self.asks_match else None

    @property
    def year_headings(self) -> list[dict[str, Any]]:
        return [
            {"label": years.label(year), "span": len(self.kinds)}
            for year in self.question.options["years"]
        ]

    @property
    def kind_headings(self) -> list[str]:
        return [years.Kind(kind).label for _, kind in self.columns]

    @property
    def rows(self) -> list[Row]:
        return [
            Row(
                category["label"],
                [
                    Cell(
                        self.forms[0][self._name(category["value"], year, kind)],
                        f"{years.label(year)}, {kind}",
                    )
                    for year, kind in self.columns
                ],
                sum((self._amount(category, column) for column in self.columns), ZERO),
            )
            for category in self.categories
        ]

    @property
    def totals(self) -> list[tuple[str, Decimal]]:
        sums = [
            sum((self._amount(category, column) for category in self.categories), ZERO)
            for column in self.columns
        ]
        headings = [f"{years.label(year)}, {kind}" for year, kind in self.columns]
        return list(zip(headings, sums, strict=True))

    @property
    def total(self) -> Decimal:
        return sum((amount for _, amount in self.totals), ZERO)

    @property
    def rule(self) -> str:
        """The limits that the total must keep, in words."""
        smallest = self.question.options.get("smallest")
        largest = self.question.options.get("largest")
        if smallest and largest:
            return f"You can ask for {money(smallest)} to {money(largest)}."
        if largest:
            return f"The most you can ask for is {money(largest)}."
        return f"The least you can ask for is {money(smallest)}." if smallest else ""

    def _amount(self, category: Any, column: tuple[int, str]) -> Decimal:
        """What the cell holds now, as far as it can be read."""
        form, name = self.forms[0], self._name(category["value"], *column)
        if form.is_bound:
            form.is_valid()
            return form.cleaned_data.get(name) or ZERO
        return form.initial.get(name) or ZERO
