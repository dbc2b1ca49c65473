"""The department's part of a claim: one officer approves, another releases the money."""

from decimal import Decimal

from django.db import transaction

from carefund.core import clock, states
from carefund.core.actors import Actor, person
from carefund.core.errors import Refused
from carefund.core.permissions import require
from carefund.core.record import record
from carefund.notify.actions import send
from grants.delivery.models import Project
from programmes.funds.actions import Movement, post

from .. import messages, queries
from ..models import Claim, Payment, Recovery
from ..states import CLOSED
from .settling import free_recovered, give_back_of, locked_project, not_paused


def _movements(claim: Claim) -> list[Movement]:
    return [Movement(x.financial_year, x.kind, x.amount) for x in claim.lines.all()]


def _post(claim: Claim, column: str, reason: str, by: Actor) -> None:
    post(
        programme=claim.project.programme,
        column=column,
        movements=_movements(claim),
        key=f"claim:{claim.reference}",
        reason=reason,
        by=by,
        subject=claim,
        organisation=claim.project.organisation,
    )


def approve(*, claim: Claim, reason: str, by: Actor) -> Claim:
    """Find a submitted claim eligible; the ledger shows it as claimed. Not while it is paused."""
    require(by, "payments.approve", claim)
    with transaction.atomic():
        not_paused(locked_project(claim))
        moved = states.move(
            claim,
            "approve",
            by=by,
            reason=reason,
            approved_by=person(by),
            approved_at=clock.now(),
            decision_reason=reason,
        )
        _post(claim, "claimed", f"Claim {claim.reference} approved", by)
    return moved


def refuse(*, claim: Claim, reason: str, by: Actor) -> Claim:
    """What it asked for can be claimed again; of a closed project it goes back to the budget."""
    require(by, "payments.approve", claim)
    if not reason.strip():
        raise Refused("Give the reason for refusing the claim.")
    with transaction.atomic():
        project = locked_project(claim)
        moved = states.move(claim, "refuse", by=by, reason=reason, decision_reason=reason)
        give_back_of(moved, project, by)
    return moved


def return_to_authority(*, claim: Claim, reason: str, by: Actor) -> Claim:
    """Ask for a better claim; its certificate lapses."""
    require(by, "payments.approve", claim)
    if not reason.strip():
        raise Refused("Say what has to change.")
    return states.move(
        claim,
        "return_to_authority",
        by=by,
        reason=reason,
        decision_reason=reason,
        certified_by=None,
        certified_at=None,
        submitted_at=None,
    )


def release(*, claim: Claim, by: Actor) -> Payment:
    """Pay an approved claim. Never by the person who approved it; never twice."""
    require(
        by,
        "payments.release",
        claim,
        "A payment is released by a finance officer who did not approve the claim.",
    )
    with transaction.atomic():
        not_paused(locked_project(claim))
        states.move(claim, "pay", by=by)
        payment = Payment.objects.create(
            claim=claim,
            amount=queries.total(claim),
            approved_by=claim.approved_by,
            released_by=person(by),
            released_at=clock.now(),
            paid_on=clock.today(),
        )
        _post(claim, "paid", f"Claim {claim.reference} paid", by)
        send(
            messages.ClaimPaid(claim=claim, payment=payment),
            key=str(claim.pk),
        )
    return payment


def recover(
    *, project: Project, financial_year: int, kind: str, amount: Decimal, reason: str, by: Actor
) -> Recovery:
    """Demand money back that was paid in a year and kind; the ledger shows less paid.

    Of a closed project it is free on the budget line at once, as nobody claims it again.
    """
    require(by, "payments.recover", project)
    if amount <= 0 or not reason.strip():
        raise Refused("Enter the amount to recover and the reason.")
    with transaction.atomic():
        locked = Project.objects.locked(project.pk)
        out = queries.paid(locked).get((financial_year, kind), Decimal(0))
        if amount > out:
            raise Refused(f"£{amount:,.2f} cannot be taken back. There is £{out:,.2f} left.")
        recovery = Recovery.objects.create(
            project=project,
            financial_year=financial_year,
            kind=kind,
            amount=amount,
            reason=reason.strip(),
            recorded_at=clock.now(),
            recorded_by=person(by),
        )
        for column in ("paid", "claimed"):
            post(
                programme=project.programme,
                column=column,
                movements=[Movement(financial_year, kind, -amount)],
                key=f"recovery:{recovery.pk}",
                reason=f"Recovery from {project.reference}: {reason.strip()}"[:300],
                by=by,
                subject=recovery,
                organisation=project.organisation,
            )
        record("project.recover", project, by=by, reason=reason)
        if locked.state in CLOSED:
            free_recovered(locked, by)
    return recovery
