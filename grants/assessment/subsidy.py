"""The rules on subsidies, each with the day from which it holds and its source."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from carefund.core import years
from carefund.core.tables import rows

DATA = Path(__file__).parent / "data" / "subsidy_rules.csv"
MONTHS = 12


@dataclass(frozen=True)
class SubsidyRule:
    """`years_back`: financial years before the one of the award that count too."""

    valid_from: date
    regime: str
    threshold: Decimal
    years_back: int
    entry_above: Decimal
    entry_months: int
    source: str

    def first_year(self, day: date) -> int:
        return years.financial_year(day) - self.years_back

    def must_be_entered(self, finding: str, amount: Decimal) -> bool:
        """Subsidies always (a smaller award under a scheme is the scheme's); minimal ones above."""
        return finding == "subsidy" or (finding == "minimal" and amount > self.entry_above)

    def enter_by(self, decided_on: date) -> date:
        """The last day: so many months after the award was confirmed."""
        month = decided_on.month - 1 + self.entry_months
        year, month = decided_on.year + month // MONTHS, month % MONTHS + 1
        for day in (decided_on.day, 30, 29, 28):
            try:
                return date(year, month, day)
            except ValueError:
                continue
        raise ValueError(decided_on)


@cache
def known() -> Sequence[SubsidyRule]:
    return sorted(
        (
            SubsidyRule(
                date.fromisoformat(row["valid_from"]),
                row["regime"],
                Decimal(row["threshold"]),
                int(row["years_back"]),
                Decimal(row["entry_above"]),
                int(row["entry_months"]),
                row["source"],
            )
            for row in rows(DATA)
        ),
        key=lambda rule: rule.valid_from,
    )


def rule_on(day: date) -> SubsidyRule | None:
    """The rule in force; None before the first: then the law on State aid held."""
    return next((rule for rule in reversed(known()) if rule.valid_from <= day), None)
