"""Money of a grant that goes to other years or kinds: asked for by amounts, moved exactly."""

from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction

from carefund.core import clock, years
from carefund.core.actors import Actor, person
from carefund.core.errors import Refused
from carefund.core.formats import money
from carefund.core.money import ZERO, pounds
from carefund.core.permissions import require
from carefund.core.record import record
from grants.awards.actions import rearrange
from grants.awards.queries import Difference, differences
from grants.awards.solver.problem import Pot

from .. import queries
from ..models import ChangeAmount, ChangeRequest, Project
from ..purse import grant_by_pot, purse

MONEY = ChangeRequest.Kind.MONEY


class StillClaimed(Refused):
    """More is claimed in a financial year and kind than would stay there."""

    def __init__(self, year: int, kind: str, claimed: Decimal) -> None:
        self.year, self.kind, self.claimed = year, kind, claimed
        super().__init__(
            f"{money(claimed)} of {years.label(year)}, {kind}, has been claimed or paid. Leave "
            "at least that much there, or have the claim withdrawn or refused first."
        )


def request_money_change(
    *, project: Project, amounts: Mapping[Pot, Decimal], why: str, by: Actor
) -> ChangeRequest:
    """Ask for other pounds by (financial year, kind), of the same sum.

    Nothing moves before an officer approves. One such request waits at a time, so that each is of
    the amounts that are in force.
    """
    require(by, "delivery.request_change", project)
    if not why.strip():
        raise Refused("Say why the money should move.")
    wanted = {pot: pounds(amount) for pot, amount in amounts.items() if amount}
    with transaction.atomic():
        locked = Project.objects.locked(project.pk)
        in_progress(locked, MONEY)
        found = _checked(locked, wanted)
        row = ChangeRequest.objects.create(
            project=locked,
            kind=MONEY,
            what="\n".join(_in_words(x) for x in found if x.change),
            why=why.strip(),
            requested_at=clock.now(),
            requested_by=person(by),
        )
        for x in found:
            ChangeAmount.objects.create(
                request=row,
                financial_year=x.financial_year,
                kind=x.kind,
                before=x.before,
                after=x.after,
            )
        record("change_request.make", row, by=by, changes={"kind": (None, MONEY)})
    return row


def in_progress(project: Project, kind: str = "") -> None:
    """Only what is in delivery or paused is changed; of money by one request at a time."""
    if left := queries.no_change(project, kind):
        raise Refused(" ".join(left))


def _in_words(x: Difference) -> str:
    return f"{years.label(x.financial_year)}, {x.kind}: {money(x.before)} becomes {money(x.after)}"


def _checked(project: Project, wanted: Mapping[Pot, Decimal]) -> list[Difference]:
    before = grant_by_pot(project)
    total, grant = sum(wanted.values(), ZERO), sum(before.values(), ZERO)
    if wanted == before:
        raise Refused("These are the amounts that the grant has now.")
    if any(amount < 0 for amount in wanted.values()):
        raise Refused("No amount can be below nothing.")
    if total != grant:
        raise Refused(
            f"The new amounts add up to {money(total)}. They must add up to the grant, "
            f"{money(grant)}."
        )
    _leaves_what_is_claimed(project, wanted)
    return differences(before, wanted)


def _leaves_what_is_claimed(project: Project, wanted: Mapping[Pot, Decimal]) -> None:
    for (year, kind), amount in sorted(purse().claimed(project).items()):
        if amount > wanted.get((year, kind), ZERO):
            raise StillClaimed(year, kind, amount)


def carry_out(change: ChangeRequest, by: Actor) -> None:
    """Move the money of a request that is being approved; its project is locked."""
    rows = list(change.amounts.all())
    if not rows:
        raise Refused(
            "This request does not say the new amounts, so no money can move. Refuse it and ask "
            "the authority to ask again."
        )
    before = {(x.financial_year, x.kind): x.before for x in rows if x.before}
    wanted = {(x.financial_year, x.kind): x.after for x in rows if x.after}
    if before != grant_by_pot(change.project):
        raise Refused(
            "The amounts of the grant have changed since this was asked for. Refuse it and ask "
            "the authority to ask again with the amounts of today."
        )
    _leaves_what_is_claimed(change.project, wanted)
    rearrange(offer=change.project.offer, amounts=wanted, reason=change.why, by=by)
