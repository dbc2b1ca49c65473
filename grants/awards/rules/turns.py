"""Whose approval the recommended rounds wait for."""

from typing import Any

from django.db.models import Q

from carefund.accounts.models import User
from carefund.accounts.roles import StaffRole
from programmes.calls.models import Call
from programmes.funds.queries import staff

from ..models import AllocationRound, OfferAmendment
from ..queries import amendment_turn, fingerprint_of, turn_of, turns
from .base import can_approve_amendment, may_give
from .doors import visible_to


def rounds_to_approve(user: Any) -> list[AllocationRound]:
    """The rounds whose next approval is this person's to give, longest waiting first.

    As `can_give_next` says of one round, in a fixed number of queries for all.
    """
    conflicts = Call.objects.filter(
        bids__assignments__assessor=user, bids__assignments__state="conflicted"
    )
    rows = visible_to(user).filter(state="recommended").exclude(call__in=conflicts)
    rows = rows.exclude(made_by=user).exclude(recommended_by=user)
    rows = rows.select_related("call__programme", "recommended_by").order_by("recommended_at", "pk")
    waiting = list(dict.fromkeys(rows))
    found = turns(waiting)
    return [
        row
        for row in waiting
        if (step := found[row.pk].step)
        and found[row.pk].is_open_to(user.pk)
        and may_give(user, step, row.programme_id)
    ]


def approvers_of(allocation: AllocationRound) -> list[User]:
    """The people who can give the approval that the round waits for."""
    turn = turn_of(allocation)
    if turn.step is None:
        return []
    code = allocation.call.programme.code
    return [
        person
        for person in staff(role=turn.step.role, programme=code).filter(is_active=True)
        if turn.is_open_to(person.pk)
        and may_give(person, turn.step, allocation.programme_id)
        and person.has_perm("awards.approve", allocation)
    ]


def amendment_approvers(amendment: OfferAmendment) -> list[User]:
    """The people who can give the approval that a change of an offer waits for."""
    turn = amendment_turn(amendment)
    if turn.step is None:
        return []
    code = amendment.offer.bid.call.programme.code
    people = staff(role=turn.step.role, programme=code).filter(is_active=True)
    return [person for person in people if can_approve_amendment(person, amendment)]


def concerned_with(allocation: AllocationRound) -> list[User]:
    """The officers of the round, and those who approved what is to be published."""
    code = allocation.call.programme.code
    now = fingerprint_of(allocation)
    approvers = allocation.approvals.filter(fingerprint=now).values("given_by")
    officers = staff(role=StaffRole.PROGRAMME_OFFICER, programme=code).values("pk")
    people = User.objects.filter(Q(pk__in=officers) | Q(pk__in=approvers), is_active=True)
    return [p for p in people.order_by("pk") if p.has_perm("awards.view_round", allocation)]
