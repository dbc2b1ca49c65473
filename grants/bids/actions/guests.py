from datetime import date
from typing import Any

from carefund.core.actors import Actor
from carefund.core.permissions import require
from programmes.funds.duties import CASE_WORK
from programmes.funds.queries import holds
from programmes.organisations.actions import guests
from programmes.organisations.models import Invitation
from programmes.organisations.queries import has_role

from ..models import Bid, BidGuest


def invite_guest(
    *, bid: Bid, email: str, name: str, role: str, ends_on: date, by: Actor
) -> BidGuest:
    """Let a partner or consultant read this bid, or as a contributor write answers in it."""
    require(by, "bids.invite_guest", bid)
    return guests.let_in(
        model=BidGuest,
        kind="bid",
        organisation=bid.organisation,
        email=email,
        name=name,
        role=role,
        ends_on=ends_on,
        by=by,
        bid=bid,
    )


def end_guest(*, access: BidGuest, by: Actor) -> BidGuest:
    require(by, "bids.end_guest", access.bid)
    return guests.end(access=access, by=by)


def take_up_guest(invitation: Invitation, user: Any) -> None:
    guests.take_up(BidGuest, invitation, user)


def guest_problem(invitation: Invitation, user: Any) -> str:
    """A guest comes from outside, and never from those who decide."""
    if invitation.organisation_id and has_role(user, invitation.organisation_id):
        return "You already belong to this organisation and see what your roles allow."
    if holds(user, *CASE_WORK):
        return "You decide about money in the department, so you cannot work on a bid or project."
    return ""


def has_guest_access(user: Any) -> bool:
    return BidGuest.objects.current().filter(user=user).exists()
