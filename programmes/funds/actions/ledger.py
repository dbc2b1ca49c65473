"""Every movement of money goes through `post`, under the lock of its budget line."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction

from carefund.core import clock, years
from carefund.core.actors import SYSTEM, Actor, person
from carefund.core.errors import NotAllowed, Refused
from carefund.core.money import pounds
from carefund.core.record import record
from programmes.organisations.models import Organisation

from ..models import BudgetLine, LedgerEntry, Programme

Column = LedgerEntry.Column
# No column may rise above the one before it, nor fall below the one behind it. What is reserved
# for calls stands beside what is committed: the two together stay within the budget.
CHAIN = [Column.BUDGET, Column.COMMITTED, Column.CLAIMED, Column.PAID]


class Overspent(Refused):
    """A movement would take a budget line out of its limits. Carries line, column, room."""

    def __init__(self, line: BudgetLine, column: str, amount: Decimal, room: Decimal) -> None:
        self.line, self.column, self.amount, self.room = line, column, amount, room
        verb = "taken back" if amount < 0 and column != Column.BUDGET else _VERBS[column]
        super().__init__(
            f"{line}: £{abs(amount):,.2f} cannot be {verb}. There is £{room:,.2f} left."
        )


class NoBudgetLine(Refused):
    """The programme has no budget for a year and kind that money was asked of."""


_VERBS: dict[str, str] = {
    Column.BUDGET: "taken from the budget",
    Column.RESERVED: "reserved",
    Column.COMMITTED: "committed",
    Column.CLAIMED: "claimed",
    Column.PAID: "paid",
}


@dataclass(frozen=True)
class Movement:
    """What to post: pounds (negative takes back) of one financial year and kind."""

    financial_year: int
    kind: str
    amount: Decimal


def post(
    *,
    programme: Programme,
    column: str,
    movements: Iterable[Movement],
    key: str,
    reason: str,
    by: Actor,
    subject: models.Model | None = None,
    organisation: Organisation | None = None,
    occurred_on: date | None = None,
) -> list[LedgerEntry]:
    """Write one ledger entry per movement and move the lines' totals, all or nothing.

    The same `key` again changes nothing and returns the entries of the first time. Budget lines
    are locked in one order, so two officers cannot deadlock. Raises `Overspent`, `NoBudgetLine`.
    """
    wanted = sorted(movements, key=lambda m: (m.financial_year, m.kind))
    with transaction.atomic():
        lines = _locked_lines(programme, wanted)
        keys = [f"{key}:{m.financial_year}:{m.kind}:{column}" for m in wanted]
        known = list(LedgerEntry.objects.filter(key__in=keys).order_by("pk"))
        if known:
            return known
        common = _common(subject, organisation, reason, by, occurred_on)
        entries = []
        for movement, entry_key in zip(wanted, keys, strict=True):
            line = lines[movement.financial_year, movement.kind]
            _move_total(line, column, pounds(movement.amount))
            entries.append(
                LedgerEntry.objects.create(
                    line=line, column=column, amount=movement.amount, key=entry_key, **common
                )
            )
    return entries


def _common(
    subject: models.Model | None,
    organisation: Organisation | None,
    reason: str,
    by: Actor,
    occurred_on: date | None,
) -> dict[str, Any]:
    return {
        "subject_type": ContentType.objects.get_for_model(subject) if subject else None,
        "subject_id": str(subject.pk) if subject else "",
        "subject_name": str(subject)[:200] if subject else "",
        "organisation": organisation,
        "reason": reason,
        "occurred_on": occurred_on or clock.today(),
        "recorded_at": clock.now(),
        "recorded_by": person(by),
    }


def _locked_lines(
    programme: Programme, movements: list[Movement]
) -> dict[tuple[int, str], BudgetLine]:
    wanted = {(m.financial_year, m.kind) for m in movements}
    rows = BudgetLine.objects.select_for_update().filter(programme=programme).order_by("pk")
    lines = {(line.financial_year, line.kind): line for line in rows}
    for year, kind in sorted(wanted - lines.keys()):
        raise NoBudgetLine(
            f"{programme} has no {kind} budget for {years.label(year)}. "
            "Add a budget line before money is promised from it."
        )
    return lines


def _limits(line: BudgetLine, column: Column) -> tuple[Decimal, Decimal | None]:
    """The lowest and the highest that a column of the line may be now."""
    if column == Column.BUDGET:
        return line.committed + line.reserved, None
    if column == Column.RESERVED:
        return Decimal(0), line.budget - line.committed
    if column == Column.COMMITTED:
        return line.claimed, line.budget - line.reserved
    position = CHAIN.index(column)
    behind = CHAIN[position + 1 : position + 2]
    floor = getattr(line, behind[0]) if behind else Decimal(0)
    return floor, getattr(line, CHAIN[position - 1])


def _move_total(line: BudgetLine, column: str, amount: Decimal) -> None:
    floor, ceiling = _limits(line, Column(column))
    after = getattr(line, column) + amount
    if ceiling is not None and after > ceiling:
        raise Overspent(line, column, amount, ceiling - getattr(line, column))
    if after < floor:
        raise Overspent(line, column, amount, getattr(line, column) - floor)
    setattr(line, column, after)
    line.save(update_fields=[column])


def reverse(*, entry: LedgerEntry, reason: str, by: Actor) -> LedgerEntry:
    """Take back one entry with another of the opposite amount. An entry is reversed once."""
    with transaction.atomic():
        line = BudgetLine.objects.select_for_update().get(pk=entry.line_id)
        done = LedgerEntry.objects.filter(reverses=entry).first()
        if done:
            return done
        _move_total(line, entry.column, -entry.amount)
        return LedgerEntry.objects.create(
            line=line,
            column=entry.column,
            amount=-entry.amount,
            subject_type=entry.subject_type,
            subject_id=entry.subject_id,
            subject_name=entry.subject_name,
            organisation=entry.organisation,
            key=f"reverse:{entry.pk}",
            reverses=entry,
            reason=reason,
            occurred_on=clock.today(),
            recorded_at=clock.now(),
            recorded_by=person(by),
        )


def change_budget(
    *, programme: Programme, movement: Movement, key: str, reason: str, by: Actor
) -> LedgerEntry:
    """The budget with which a programme is loaded. People change budgets by virements."""
    if by is not SYSTEM:
        raise NotAllowed("A budget is changed by a virement that another person approves.")
    with transaction.atomic():
        line, _ = BudgetLine.objects.get_or_create(
            programme=programme, financial_year=movement.financial_year, kind=movement.kind
        )
        (entry,) = post(
            programme=programme,
            column=Column.BUDGET,
            movements=[movement],
            key=key,
            reason=reason,
            by=by,
        )
        record(
            "budget_line.change_budget",
            line,
            by=by,
            changes={"budget": (line.budget, line.budget + movement.amount)},
            reason=reason,
        )
    return entry
