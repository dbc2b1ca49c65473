"""A successor may answer the open offers of an organisation that ends."""

from datetime import date

from carefund.core.actors import Actor
from carefund.core.record import record
from grants.bids.actions import hand_over as hand_over_bid
from programmes.organisations.models import Organisation

from ..models import Offer


def open_offers(organisation: Organisation) -> list[Offer]:
    return list(Offer.objects.filter(organisation=organisation, state="offered").order_by("pk"))


def hand_over_offers(
    predecessor: Organisation, successor: Organisation, *, on: date, reason: str, by: Actor
) -> None:
    """An accepted offer keeps its organisation: who was awarded it is a fact of that day."""
    for offer in open_offers(predecessor):
        locked = Offer.objects.select_for_update(of=("self",)).get(pk=offer.pk)
        locked.organisation = successor
        locked.save(update_fields=["organisation"])
        record(
            "offer.hand_over",
            locked,
            by=by,
            changes={"organisation": (predecessor.name, successor.name)},
            reason=reason,
        )
        hand_over_bid(bid=locked.bid, successor=successor, on=on, reason=reason, by=by)
