"""The budget changes by virements: proposed by one person, approved by another."""

from datetime import date
from decimal import Decimal

from django.db import transaction

from carefund.core import clock, states
from carefund.core.actors import Actor, person
from carefund.core.errors import Refused
from carefund.core.permissions import require
from carefund.core.record import record
from carefund.notify.actions import send

from ..messages import VirementDecided, VirementProposed
from ..models import BudgetLine, LedgerEntry, Programme, Virement
from .ledger import Movement, post

Line = tuple[int, str]  # financial year, kind


def propose_virement(
    *,
    programme: Programme,
    source: Line | None,
    target: Line | None,
    amount: Decimal,
    reason: str,
    key: str,
    by: Actor,
    dated_on: date | None = None,
    authority: str = "",
) -> Virement:
    """Ask for a change of the budget. Nothing moves until another person approves it.

    The same `key` again is the same proposal.
    """
    require(by, "funds.propose_virement", programme)
    _check(source, target, amount, reason, authority)
    with transaction.atomic():
        Programme.objects.select_for_update().get(pk=programme.pk)
        if known := Virement.objects.filter(key=key).first():
            return known
        row = Virement.objects.create(
            programme=programme,
            from_year=source[0] if source else None,
            from_kind=source[1] if source else "",
            to_year=target[0] if target else None,
            to_kind=target[1] if target else "",
            amount=amount,
            dated_on=dated_on or clock.today(),
            reason=reason.strip(),
            authority=authority.strip(),
            key=key,
            proposed_at=clock.now(),
            proposed_by=person(by),
        )
        record("virement.propose", row, by=by, reason=reason)
        send(VirementProposed(virement=row), key=str(row.pk))
    return row


def _check(
    source: Line | None, target: Line | None, amount: Decimal, reason: str, authority: str
) -> None:
    if amount <= 0:
        raise Refused("The amount must be more than nothing.")
    if not reason.strip():
        raise Refused("Give the reason.")
    if source is None and target is None:
        raise Refused("Say where the money comes from or where it goes.")
    if source == target:
        raise Refused("Choose two different budget lines.")
    turned = source and target and (source[1], target[1]) == ("capital", "revenue")
    if turned and not authority.strip():
        raise Refused("Capital becomes revenue only with an authority. State which.")


def approve_virement(*, virement: Virement, reason: str = "", by: Actor) -> Virement:
    """Move the money, by a senior officer who did not propose it. Twice is once.

    Raises `Overspent` where the money is committed or set aside by now.
    """
    require(by, "funds.decide_virement", virement, "Somebody who did not propose it approves it.")
    with transaction.atomic():
        moved = states.move(
            virement,
            "approve",
            by=by,
            reason=reason,
            decided_by=person(by),
            decided_at=clock.now(),
            decision_reason=reason.strip(),
        )
        _post(moved, by)
        send(VirementDecided(virement=moved), key=str(moved.pk))
    return moved


def _post(row: Virement, by: Actor) -> None:
    if row.to_year is not None:
        BudgetLine.objects.get_or_create(
            programme=row.programme, financial_year=row.to_year, kind=row.to_kind
        )
    movements = []
    if row.from_year is not None:
        movements.append(Movement(row.from_year, row.from_kind, -row.amount))
    if row.to_year is not None:
        movements.append(Movement(row.to_year, row.to_kind, row.amount))
    post(
        programme=row.programme,
        column=LedgerEntry.Column.BUDGET,
        movements=movements,
        key=f"virement:{row.pk}",
        reason=row.reason[:300],
        by=by,
        subject=row,
        occurred_on=row.dated_on,
    )


def decline_virement(*, virement: Virement, reason: str, by: Actor) -> Virement:
    require(by, "funds.decide_virement", virement, "Somebody who did not propose it decides.")
    if not reason.strip():
        raise Refused("Say why you decline.")
    with transaction.atomic():
        moved = states.move(
            virement,
            "decline",
            by=by,
            reason=reason,
            decided_by=person(by),
            decided_at=clock.now(),
            decision_reason=reason.strip(),
        )
        send(VirementDecided(virement=moved), key=str(moved.pk))
    return moved


def withdraw_virement(*, virement: Virement, by: Actor) -> Virement:
    """Who proposed it takes it back."""
    require(by, "funds.withdraw_virement", virement, "Whoever proposed it takes it back.")
    return states.move(virement, "withdraw", by=by)
