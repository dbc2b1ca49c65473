"""Money that is set aside while a call runs, so that no two calls offer the same pounds."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.db import models, transaction

from carefund.core.actors import Actor
from carefund.core.errors import Refused
from carefund.core.money import ZERO, share
from programmes.organisations.models import Organisation

from ..models import BudgetLine, LedgerEntry, Programme
from ..queries import reserved_by
from .ledger import Movement, post, reverse

Column = LedgerEntry.Column


class NotEnough(Refused):
    """More was to be set aside than is free. Carries `wanted` and `free`."""

    def __init__(self, wanted: Decimal, free: Decimal) -> None:
        self.wanted, self.free = wanted, free
        super().__init__(
            f"£{wanted:,.2f} cannot be set aside: £{free:,.2f} is free on the budget lines of "
            "the years in which projects run."
        )


def reserve(
    *,
    programme: Programme,
    subject: models.Model,
    lines: Iterable[BudgetLine],
    amount: Decimal,
    key: str,
    by: Actor,
) -> list[LedgerEntry]:
    """Set `amount` aside for `subject`, spread over `lines` by what is free on each.

    This is the one place where it is decided whether a call can be paid. Raises `NotEnough`.
    """
    with transaction.atomic():
        chosen = [line.pk for line in lines]
        rows = _locked(programme)
        free = [(row, max(row.free, ZERO)) for row in rows if row.pk in chosen]
        whole = sum((room for _, room in free), ZERO)
        if amount > whole or not whole:
            raise NotEnough(amount, whole)
        parts = share(amount, [room for _, room in free])
        wanted = [
            Movement(row.financial_year, row.kind, part)
            for (row, _), part in zip(free, parts, strict=True)
            if part
        ]
        return post(
            programme=programme,
            column=Column.RESERVED,
            movements=wanted,
            key=key,
            reason=f"Set aside for {subject}"[:300],
            by=by,
            subject=subject,
        )


def release(
    *, programme: Programme, subject: models.Model, key: str, by: Actor
) -> list[LedgerEntry]:
    """Free what is still set aside for `subject`; nothing where nothing is."""
    with transaction.atomic():
        rows = _locked(programme)
        held = reserved_by(subject)
        return _give_back(programme, subject, [(r, held.get(r.pk, ZERO)) for r in rows], key, by)


def give_back(*, key: str, reason: str, by: Actor) -> list[LedgerEntry]:
    """Take back what was set aside under keys that begin so, to the penny and to the line.

    What else is set aside for the same subject stays. Asked twice, it is done once.
    """
    with transaction.atomic():
        rows = LedgerEntry.objects.filter(
            key__startswith=key, column=Column.RESERVED, reversed_by__isnull=True
        )
        return [reverse(entry=row, reason=reason, by=by) for row in rows.order_by("line", "pk")]


def commit(
    *,
    programme: Programme,
    call: models.Model,
    movements: Iterable[Movement],
    key: str,
    reason: str,
    by: Actor,
    subject: models.Model,
    organisation: Organisation | None = None,
) -> list[LedgerEntry]:
    """Promise money of a call: what the call had set aside becomes committed.

    What is promised in another year or kind than was set aside is taken from what is free there,
    and as much less stays set aside elsewhere. Raises `Overspent`, `NoBudgetLine`.
    """
    wanted = list(movements)
    with transaction.atomic():
        rows = _locked(programme)
        again = LedgerEntry.objects.filter(key__startswith=f"{key}:", column=Column.COMMITTED)
        if not again.exists():
            _draw(call, rows, wanted, key, by)
        return post(
            programme=programme,
            column=Column.COMMITTED,
            movements=wanted,
            key=key,
            reason=reason,
            by=by,
            subject=subject,
            organisation=organisation,
        )


def _draw(
    call: models.Model, rows: Sequence[BudgetLine], wanted: Sequence[Movement], key: str, by: Actor
) -> None:
    held, asked = reserved_by(call), {(m.financial_year, m.kind): m.amount for m in wanted}
    taken = {
        row.pk: min(held.get(row.pk, ZERO), asked.get((row.financial_year, row.kind), ZERO))
        for row in rows
    }
    rest = sum(asked.values(), ZERO) - sum(taken.values(), ZERO)
    for row in rows:
        more = min(rest, held.get(row.pk, ZERO) - taken[row.pk])
        taken[row.pk] += more
        rest -= more
    if rows:
        _give_back(rows[0].programme, call, [(row, taken[row.pk]) for row in rows], key, by)


def _give_back(
    programme: Programme,
    subject: models.Model,
    parts: Iterable[tuple[BudgetLine, Decimal]],
    key: str,
    by: Actor,
) -> list[LedgerEntry]:
    moves = [Movement(row.financial_year, row.kind, -part) for row, part in parts if part > 0]
    return post(
        programme=programme,
        column=Column.RESERVED,
        movements=moves,
        key=key,
        reason=f"No longer set aside for {subject}"[:300],
        by=by,
        subject=subject,
    )


def _locked(programme: Programme) -> list[BudgetLine]:
    rows = BudgetLine.objects.select_for_update().filter(programme=programme)
    return list(rows.order_by("pk"))
