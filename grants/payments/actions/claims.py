"""The authority's part of a claim."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from carefund.core import clock, states, years
from carefund.core.actors import Actor, person
from carefund.core.errors import Refused
from carefund.core.permissions import require
from carefund.core.record import record
from carefund.core.references import next_reference
from carefund.files.actions import store
from carefund.notify.actions import send
from grants.delivery.models import Project

from .. import messages, queries
from ..models import Claim, ClaimLine
from .settling import give_back_of, locked_project


class OverGrant(Refused):
    """A claim asks for more than the grant has left in a year and kind."""

    def __init__(self, year: int, kind: str, asked: Decimal, left: Decimal) -> None:
        self.year, self.kind, self.asked, self.left = year, kind, asked, left
        super().__init__(
            f"You claim £{asked:,.2f} {kind} for {years.label(year)}. "
            f"The grant has £{left:,.2f} left there."
        )


def make_claim(
    *,
    project: Project,
    period_starts_on: date,
    period_ends_on: date,
    amounts: Mapping[queries.Pot, Decimal],
    narrative: str,
    by: Actor,
    evidence: Sequence[Any] = (),
) -> Claim:
    """Prepare a claim of pounds by (financial year, kind) for money spent. Raises `OverGrant`."""
    require(by, "payments.prepare", project)
    asked = _asked(project, amounts, narrative, period_starts_on, period_ends_on)
    with transaction.atomic():
        # The lock makes two claims of one project take turns at what is left of its grant.
        locked = Project.objects.locked(project.pk)
        if barred := queries.why_no_claim(locked):
            raise Refused(barred)
        _check_within_grant(locked, asked)
        claim = Claim.objects.create(
            project=locked,
            reference=next_reference(f"{locked.programme.prefix}C", clock.today().year),
            period_starts_on=period_starts_on,
            period_ends_on=period_ends_on,
            total=sum(asked.values()),
            narrative=narrative.strip(),
            prepared_by=person(by),
            prepared_at=clock.now(),
            is_sample=locked.offer.is_sample or bool(getattr(by, "is_sample", False)),
        )
        _write_lines(claim, asked)
        for upload in evidence:
            store(upload=upload, subject=claim, role="evidence", by=by)
        record("claim.make", claim, by=by)
        send(
            messages.CertificateWanted(claim=claim),
            key=str(claim.pk),
        )
    return claim


def change_claim(
    *,
    claim: Claim,
    period_starts_on: date,
    period_ends_on: date,
    amounts: Mapping[queries.Pot, Decimal],
    narrative: str,
    by: Actor,
    evidence: Sequence[Any] = (),
) -> Claim:
    """Correct a draft claim; who changes it has prepared it. Raises `OverGrant`."""
    require(by, "payments.prepare", claim.project)
    asked = _asked(claim.project, amounts, narrative, period_starts_on, period_ends_on)
    with transaction.atomic():
        project = Project.objects.locked(claim.project_id)
        locked = Claim.objects.select_for_update(of=("self",)).get(pk=claim.pk)
        if locked.state != "draft":
            raise Refused("Only a draft claim can be changed.")
        _check_within_grant(project, asked, besides=locked)
        before = queries.total(locked)
        locked.period_starts_on, locked.period_ends_on = period_starts_on, period_ends_on
        locked.narrative, locked.prepared_by = narrative.strip(), person(by)
        locked.prepared_at, locked.total = clock.now(), sum(asked.values(), Decimal(0))
        locked.save()
        locked.lines.all().delete()
        _write_lines(locked, asked)
        for upload in evidence:
            store(upload=upload, subject=locked, role="evidence", by=by)
        record("claim.change", locked, by=by, changes={"amount": (before, locked.total)})
    return locked


def _asked(
    project: Project,
    amounts: Mapping[queries.Pot, Decimal],
    narrative: str,
    starts_on: date,
    ends_on: date,
) -> dict[queries.Pot, Decimal]:
    asked = {pot: amount for pot, amount in amounts.items() if amount}
    if not asked:
        raise Refused("Enter what you claim.")
    if not narrative.strip():
        raise Refused("Say what the money was spent on.")
    early = ends_on > clock.today() and not queries.claim_ahead_allowed(project)
    if early or ends_on < starts_on:
        raise Refused("Claim for a period that has ended.")
    return asked


def _write_lines(claim: Claim, asked: Mapping[queries.Pot, Decimal]) -> None:
    for (year, kind), amount in sorted(asked.items()):
        ClaimLine.objects.create(claim=claim, financial_year=year, kind=kind, amount=amount)


def _check_within_grant(
    project: Project, asked: Mapping[queries.Pot, Decimal], besides: Claim | None = None
) -> None:
    left = queries.claimable(project, besides=besides)
    for (year, kind), amount in asked.items():
        room = left.get((year, kind), Decimal(0))
        if amount < 0 or amount > room:
            raise OverGrant(year, kind, amount, room)


def certify(*, claim: Claim, by: Actor) -> Claim:
    """The finance certifier, who did not prepare the claim, vouches for it."""
    require(
        by, "payments.certify", claim, "A claim is certified by someone who did not prepare it."
    )
    return states.move(claim, "certify", by=by, certified_by=person(by), certified_at=clock.now())


def reopen(*, claim: Claim, by: Actor) -> Claim:
    require(by, "payments.prepare", claim.project)
    return states.move(claim, "reopen", by=by, certified_by=None, certified_at=None)


def submit(*, claim: Claim, by: Actor) -> Claim:
    require(by, "payments.prepare", claim.project)
    with transaction.atomic():
        # It takes turns with the end of its project, which withdraws what is not submitted.
        locked_project(claim)
        return states.move(claim, "submit", by=by, submitted_at=clock.now())


def withdraw(*, claim: Claim, reason: str, by: Actor) -> Claim:
    """What it asked for can be claimed again; of a closed project it goes back to the budget."""
    require(by, "payments.prepare", claim.project)
    with transaction.atomic():
        project = locked_project(claim)
        moved = states.move(claim, "withdraw", by=by, reason=reason)
        give_back_of(moved, project, by)
    return moved
