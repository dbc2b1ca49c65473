"""A successor goes on with the live bids of an organisation that ends."""

from datetime import date
from typing import Any

from carefund.core import clock
from carefund.core.actors import Actor, person
from carefund.core.record import record
from programmes.calls.models import Invitation as CallInvitation
from programmes.organisations.models import Organisation

from ..models import Bid, BidHolder
from ..states import LIVE


def live_bids(organisation: Organisation) -> list[Bid]:
    return list(Bid.objects.filter(organisation=organisation, state__in=LIVE).order_by("pk"))


def hand_over_bids(
    predecessor: Organisation, successor: Organisation, *, on: date, reason: str, by: Actor
) -> None:
    for bid in live_bids(predecessor):
        hand_over(bid=bid, successor=successor, on=on, reason=reason, by=by)


def hand_over(*, bid: Bid, successor: Organisation, on: date, reason: str, by: Actor) -> Bid:
    """`successor` holds the bid from `on`. In a transaction; the caller has asked permission."""
    locked = Bid.objects.select_for_update(of=("self",)).get(pk=bid.pk)
    predecessor = locked.organisation
    if predecessor == successor:
        return locked
    BidHolder.objects.create(
        bid=locked,
        predecessor=predecessor,
        successor=successor,
        on=on,
        reason=reason,
        recorded_at=clock.now(),
        recorded_by=person(by),
    )
    locked.organisation = successor
    locked.save(update_fields=["organisation"])
    record(
        "bid.hand_over",
        locked,
        by=by,
        changes={"organisation": (predecessor.name, successor.name)},
        reason=reason,
    )
    return locked


def open_invitations(organisation: Organisation) -> list[CallInvitation]:
    rows = CallInvitation.objects.filter(organisation=organisation, call__closes_at__gt=clock.now())
    return list(rows.select_related("call").order_by("pk"))


def hand_over_invitations(
    predecessor: Organisation, successor: Organisation, **_facts: Any
) -> None:
    for row in open_invitations(predecessor):
        CallInvitation.objects.get_or_create(call=row.call, organisation=successor)
