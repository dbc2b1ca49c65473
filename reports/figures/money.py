"""Money: what the ledger says."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from carefund.core import years

from .facts import NO_THEME, Facts
from .model import How, Row, Unit
from .registry import figure

LEDGER = "The ledger of the programme: append-only, corrected by reversal"


def entries(facts: Facts, column: str) -> Iterator[Row]:
    for entry in facts.entries:
        if entry.column != column:
            continue
        project, sample = facts.subjects.get(
            (entry.subject_type_id, entry.subject_id), (None, False)
        )
        tags = facts.project_tags.get(project or 0) or {
            **facts.place(entry.organisation),
            "theme": NO_THEME,
            "project": "",
        }
        payee = entry.organisation
        yield Row(
            record="Ledger entry",
            pk=entry.pk,
            what=entry.subject_name or entry.reason,
            who=payee.short_name if payee else facts.programme.name,
            on=entry.occurred_on,
            amount=entry.amount,
            tags={**tags, "year": years.label(entry.line.financial_year), "kind": entry.line.kind},
            sample=sample or bool(payee and payee.is_sample),
            source=entry.reason,
        )


@figure(
    "budget",
    "Budget",
    "Money set aside for the programme, for all financial years, capital and revenue together.",
    formula="Sum of the budget entries of the ledger",
    source=LEDGER,
    unit=Unit.MONEY,
)
def budget(facts: Facts) -> Iterator[Row]:
    yield from entries(facts, "budget")


@figure(
    "committed",
    "Committed",
    "Money promised in offers that are open or accepted; offers declined or lapsed give it back.",
    formula="Sum of the commitment entries of the ledger",
    source=LEDGER,
    unit=Unit.MONEY,
)
def committed(facts: Facts) -> Iterator[Row]:
    yield from entries(facts, "committed")


@figure(
    "claimed",
    "Claimed",
    "Claims of funded organisations that the department has approved, less what was recovered.",
    formula="Sum of the claim entries of the ledger",
    source=LEDGER,
    unit=Unit.MONEY,
)
def claimed(facts: Facts) -> Iterator[Row]:
    yield from entries(facts, "claimed")


@figure(
    "paid",
    "Paid",
    "Money released for approved claims, less what was recovered.",
    formula="Sum of the payment entries of the ledger",
    source=LEDGER,
    unit=Unit.MONEY,
)
def paid(facts: Facts) -> Iterator[Row]:
    yield from entries(facts, "paid")


@figure(
    "free",
    "Not yet committed",
    "Budget that no offer has been promised.",
    formula="Budget − committed",
    source=LEDGER,
    unit=Unit.MONEY,
)
def free(facts: Facts) -> Iterator[Row]:
    yield from entries(facts, "budget")
    for row in entries(facts, "committed"):
        yield replace(row, amount=-row.amount)


@figure(
    "share_paid",
    "Share of commitments paid",
    "How much of what was promised has reached the funded organisations.",
    formula="Paid ÷ committed × 100",
    source=LEDGER,
    unit=Unit.PERCENT,
    how=How.SHARE,
)
def share_paid(facts: Facts) -> Iterator[Row]:
    yield from entries(facts, "paid")
    for row in entries(facts, "committed"):
        yield replace(row, part="whole")


def as_whole(rows: Iterable[Row]) -> Iterator[Row]:
    """The same rows as what a share or ratio is divided by."""
    for row in rows:
        yield replace(row, part="whole", amount=Decimal(row.amount))
