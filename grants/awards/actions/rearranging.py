"""An accepted grant in other years and kinds: its sum, and its agreement, stay."""

from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction
from django.db.models import Max

from carefund.core import years
from carefund.core.actors import Actor
from carefund.core.errors import Refused
from carefund.core.money import ZERO, pounds
from carefund.core.record import record
from programmes.funds.actions import Movement, Overspent, post
from programmes.funds.models import LedgerEntry

from .. import queries
from ..models import Offer, OfferLine
from ..solver.problem import Pot


class NoRoom(Refused):
    """A budget line has too little free. Carries financial year, kind, what is needed, what is."""

    def __init__(self, year: int, kind: str, needed: Decimal, free: Decimal) -> None:
        self.year, self.kind, self.needed, self.free = year, kind, needed, free
        super().__init__(
            f"The change needs £{needed:,.2f} more in {years.label(year)}, {kind}. The budget "
            f"line has £{free:,.2f} free. Move money there by a virement first, or refuse the "
            "change."
        )


def rearrange(*, offer: Offer, amounts: Mapping[Pot, Decimal], reason: str, by: Actor) -> Offer:
    """Put other pounds by (financial year, kind) in an accepted grant, of the same sum.

    Whoever calls it has decided that this may be. The amounts are a further version of the lines,
    and the ledger gets what differs, both at once. What a call has set aside is not touched: each
    rise must be free on its budget line. Raises `NoRoom`, `NoBudgetLine`, `Refused`.
    """
    wanted = {pot: pounds(amount) for pot, amount in amounts.items() if amount}
    with transaction.atomic():
        locked: Offer = Offer.objects.select_for_update(of=("self",)).get(pk=offer.pk)
        before = queries.lines_of(locked, locked.version)
        _same_grant(locked, wanted)
        last = OfferLine.every.filter(offer=locked).aggregate(last=Max("version"))["last"] or 1
        for (year, kind), amount in sorted(wanted.items()):
            OfferLine.objects.create(
                offer=locked, version=last + 1, financial_year=year, kind=kind, amount=amount
            )
        changes = {"version": (locked.version, last + 1)}
        locked.version = last + 1
        locked.save(update_fields=["version"])
        _commit(locked, queries.differences(before, wanted), by)
        record("offer.rearrange", locked, by=by, changes=changes, reason=reason)
    offer.version = locked.version
    return locked


def _same_grant(offer: Offer, wanted: Mapping[Pot, Decimal]) -> None:
    if offer.state != "accepted":
        raise Refused("Only the amounts of an accepted grant are moved between years or kinds.")
    if any(amount < 0 for amount in wanted.values()):
        raise Refused("No amount can be below nothing.")
    total = sum(wanted.values(), ZERO)
    if total != offer.amount:
        raise Refused(
            f"The new amounts add up to £{total:,.2f}. They must add up to the grant, "
            f"£{offer.amount:,.2f}."
        )


def _commit(offer: Offer, found: list[queries.Difference], by: Actor) -> None:
    moves = [Movement(x.financial_year, x.kind, x.change) for x in found if x.change]
    try:
        post(
            programme=offer.bid.call.programme,
            column=LedgerEntry.Column.COMMITTED,
            movements=moves,
            key=f"offer:{offer.bid.reference}:version-{offer.version}",
            reason=f"Offer {offer.reference} between years or kinds, version {offer.version}",
            by=by,
            subject=offer,
            organisation=offer.organisation,
        )
    except Overspent as over:
        line = over.line
        raise NoRoom(line.financial_year, line.kind, over.amount, over.room) from over
