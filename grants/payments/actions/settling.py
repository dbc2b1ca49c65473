"""What nobody claims of a closed project goes back to its budget lines.

Whoever moves a claim or closes a project locks the project first, then the claim, then the lines.
"""

from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction

from carefund.core import states
from carefund.core.actors import Actor
from carefund.core.errors import Refused
from carefund.core.formats import money
from carefund.core.money import ZERO
from carefund.core.permissions import require
from carefund.core.record import record
from grants.delivery.actions import RestChanged
from grants.delivery.models import Project
from programmes.funds.actions import Movement, post
from programmes.funds.models import LedgerEntry

from .. import queries
from ..models import Claim
from ..states import CLOSED

COMMITTED = LedgerEntry.Column.COMMITTED


def locked_project(claim: Claim) -> Project:
    return Project.objects.locked(claim.project_id)


def not_paused(project: Project) -> None:
    if project.state == "paused":
        raise Refused(
            "The project of this claim is paused. No claim is approved or paid until a programme "
            "officer resumes it."
        )


def close_grant(*, project: Project, early: bool, reason: str, by: Actor) -> Decimal:
    """The project is closed in this transaction: give back what is in no claim, and say how much.

    Where it ends `early`, claims that were not handed in are withdrawn first.
    """
    if early:
        for claim in project.claims.filter(state__in=queries.UNSENT).order_by("pk"):
            states.move(claim, "withdraw", by=by, reason="The project has ended early.")
    return _give_back(project, reason, by)


def give_back_rest(
    *, project: Project, reason: str, by: Actor, seen: Decimal | None = None
) -> Decimal:
    """Give back the rest of a project that was closed before this was done at once.

    `seen` are the pounds that the person was shown. Raises `RestChanged`.
    """
    require(by, "payments.give_back", project)
    if not reason.strip():
        raise Refused("Say how you know that the authority has made its last claim.")
    with transaction.atomic():
        locked = Project.objects.locked(project.pk)
        if barred := queries.why_nothing_goes_back(locked):
            raise Refused(barred)
        rest = queries.rest(locked)
        if seen is not None and seen != rest:
            raise RestChanged
        freed = money(rest + queries.recovered_but_committed(locked))
        words = f"Rest of project {locked.reference}: {reason.strip()}"
        _give_back(locked, words[:300], by)
        record("project.give_back", locked, by=by, reason=f"{freed}: {reason.strip()}")
    return rest


def give_back_of(claim: Claim, project: Project, by: Actor) -> None:
    """A claim of a closed project comes to nothing: what it held goes back."""
    if project.state in CLOSED:
        reason = f"Claim {claim.reference} of closed project {project.reference} {claim.state}"
        held = {(x.financial_year, x.kind): x.amount for x in claim.lines.all()}
        _post(project, held, reason, by)


def _give_back(project: Project, reason: str, by: Actor) -> Decimal:
    rest = {pot: left for pot, left in queries.claimable(project).items() if left > 0}
    _post(project, rest, reason, by)
    free_recovered(project, by)
    return sum(rest.values(), ZERO)


def _post(project: Project, rest: Mapping[queries.Pot, Decimal], reason: str, by: Actor) -> None:
    number = queries.entries_given_back(project).count()
    post(
        programme=project.programme,
        column=COMMITTED,
        movements=[Movement(year, kind, -left) for (year, kind), left in rest.items()],
        key=f"{queries.UNCLAIMED}{project.reference}:{number}",
        reason=reason,
        by=by,
        subject=project.offer,
        organisation=project.offer.organisation,
    )


def free_recovered(project: Project, by: Actor) -> None:
    """Nobody claims again what was recovered from a closed project. Done once for each."""
    for recovery in project.recoveries.order_by("pk"):
        post(
            programme=project.programme,
            column=COMMITTED,
            movements=[Movement(recovery.financial_year, recovery.kind, -recovery.amount)],
            key=f"recovery:{recovery.pk}",
            reason=f"Recovered from closed project {project.reference}",
            by=by,
            subject=recovery,
            organisation=project.offer.organisation,
        )
