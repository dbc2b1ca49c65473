"""Movements of money; the totals of the budget lines follow at the end, from the same sums."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import models

from programmes.funds.models import BudgetLine, LedgerEntry

from .bids import Case
from .world import World, at

COLUMNS = ("committed", "claimed", "paid")


@dataclass(frozen=True)
class Subject:
    """What a movement stands for."""

    model: type[models.Model]
    pk: int
    name: str
    case: Case


def post(
    world: World,
    subject: Subject,
    column: str,
    amounts: Mapping[tuple[int, str], Decimal],
    *,
    key: str,
    reason: str,
    when: datetime,
    by: int,
) -> None:
    fund, place = subject.case.call.fund, subject.case.place
    for (year, kind), amount in amounts.items():
        line = fund.lines[year, kind]
        world.sums[line, column] += amount
        world.bulk.add(
            LedgerEntry,
            line_id=line,
            column=column,
            amount=amount,
            subject_type_id=world.kind(subject.model),
            subject_id=str(subject.pk),
            subject_name=subject.name,
            organisation_id=place.pk,
            key=f"{key}:{year}:{kind}:{column}",
            reason=reason,
            occurred_on=when.date(),
            recorded_at=when,
            recorded_by_id=by,
        )


def settle(world: World) -> None:
    """Give each line a budget a little above what was promised, and write its totals."""
    began = at(date(2016, 4, 4))
    for fund in world.funds:
        for (year, kind), line in fund.lines.items():
            totals = {column: world.sums[line, column] for column in COLUMNS}
            budget = Decimal(int(totals["committed"] * 105) // 100 + 1_000_000)
            world.bulk.add(
                LedgerEntry,
                line_id=line,
                column="budget",
                amount=budget,
                key=f"scale:{fund.code}:{year}:{kind}:budget",
                reason="Business case (sample)",
                occurred_on=began.date(),
                recorded_at=began,
            )
            BudgetLine.objects.filter(pk=line).update(budget=budget, **totals)
