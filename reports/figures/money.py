"""Money: what the ledger says."""

from collections.abc import Iterable, Iterator
from typing import Any

from carefund.core import years

from .facts import NO_THEME, Facts, Pile
from .model import How, Row, Unit
from .registry import figure
from .stocks import Grain, Sum, day

LEDGER = "The ledger of the programme: append-only, corrected by reversal"


def entries(facts: Facts, grain: Grain, column: str) -> Iterator[Row]:
    yield from facts.of(Pile("entries", (column,), _row), grain)


def _row(facts: Facts, found: Sum) -> dict[str, Any]:
    """What a ledger entry, or the sum of many, says of itself."""
    project, organisation = found.case
    payee = facts.bodies.known.get(organisation)
    tags = facts.project_tags.get(project) or {
        **facts.place(payee),
        "theme": NO_THEME,
        "project": "",
    }
    on, about, reason = found.single or (years.last_day(found.year or facts.day.year), "", "")
    return {
        "record": "Ledger entry",
        "what": about or reason,
        "who": payee.short_name if payee else facts.programme.name,
        "on": day(on),
        "amount": found.amount,
        "tags": {**tags, "year": found.label, "kind": found.kind},
        "sample": found.sample,
        "source": reason,
    }


@figure(
    "budget",
    "Budget",
    "Money set aside for the programme, for all financial years, capital and revenue together.",
    formula="Sum of the budget entries of the ledger",
    source=LEDGER,
    unit=Unit.MONEY,
)
def budget(facts: Facts, grain: Grain) -> Iterator[Row]:
    yield from entries(facts, grain, "budget")


@figure(
    "committed",
    "Committed",
    "Money promised in offers that are open or accepted. Offers declined or lapsed give it back, "
    "and closed projects what they did not claim.",
    formula="Sum of the commitment entries of the ledger",
    source=LEDGER,
    unit=Unit.MONEY,
)
def committed(facts: Facts, grain: Grain) -> Iterator[Row]:
    yield from entries(facts, grain, "committed")


@figure(
    "claimed",
    "Claimed",
    "Claims of funded organisations that the department has approved, less what was recovered.",
    formula="Sum of the claim entries of the ledger",
    source=LEDGER,
    unit=Unit.MONEY,
)
def claimed(facts: Facts, grain: Grain) -> Iterator[Row]:
    yield from entries(facts, grain, "claimed")


@figure(
    "paid",
    "Paid",
    "Money released for approved claims, less what was recovered.",
    formula="Sum of the payment entries of the ledger",
    source=LEDGER,
    unit=Unit.MONEY,
)
def paid(facts: Facts, grain: Grain) -> Iterator[Row]:
    yield from entries(facts, grain, "paid")


@figure(
    "free",
    "Not yet committed",
    "Budget that no offer has been promised.",
    formula="Budget − committed",
    source=LEDGER,
    unit=Unit.MONEY,
)
def free(facts: Facts, grain: Grain) -> Iterator[Row]:
    yield from entries(facts, grain, "budget")
    for row in entries(facts, grain, "committed"):
        yield row.taken_off()


@figure(
    "share_paid",
    "Share of commitments paid",
    "How much of what was promised has reached the funded organisations.",
    formula="Paid ÷ committed × 100",
    source=LEDGER,
    unit=Unit.PERCENT,
    how=How.SHARE,
)
def share_paid(facts: Facts, grain: Grain) -> Iterator[Row]:
    yield from entries(facts, grain, "paid")
    yield from as_whole(entries(facts, grain, "committed"))


def as_whole(rows: Iterable[Row]) -> Iterator[Row]:
    """The same rows as what a share or ratio is divided by."""
    for row in rows:
        yield row.as_whole()
