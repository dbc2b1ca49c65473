"""Authorities merge or hand over: the successor goes on with what is live."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from carefund.accounts.models import User
from carefund.core import clock
from carefund.core.actors import Actor
from carefund.core.errors import Refused
from carefund.core.permissions import require
from carefund.core.record import record

from ..models import Membership, Organisation, Succession
from ..succession import movers
from .memberships import end_role, set_roles
from .places import ADMINISTER


def merge_organisations(
    *,
    predecessors: Iterable[Organisation],
    successor: Organisation,
    on: date,
    reason: str,
    by: Actor,
    carry_members: bool = False,
) -> list[Succession]:
    """From `on` the successor holds the live bids, offers and projects of the predecessors.

    What was decided before stays theirs, with their name. With `carry_members` their people get
    the same roles in the successor; without, they only read what was theirs.
    """
    require(by, ADMINISTER)
    gone = sorted(set(predecessors), key=lambda organisation: organisation.pk)
    _check(gone, successor, on, reason)
    with transaction.atomic():
        wanted = [*(row.pk for row in gone), successor.pk]
        locked = {
            row.pk: row
            for row in Organisation.objects.select_for_update(of=("self",))
            .filter(pk__in=wanted)
            .order_by("pk")
        }
        if any(locked[row.pk].valid_to for row in gone):
            raise Refused("One of these organisations has been closed already.")
        found = []
        for row in gone:
            found.append(_hand_over(locked[row.pk], locked[successor.pk], on, reason, by))
            if carry_members:
                _people(locked[row.pk], locked[successor.pk], by)
    return found


def _check(gone: list[Organisation], successor: Organisation, on: date, reason: str) -> None:
    if not gone or successor in gone:
        raise Refused("Choose one or more organisations that end, and another that goes on.")
    if not reason.strip():
        raise Refused("Give the reason, such as the order that created the new authority.")
    if on > clock.today() or any(on <= row.valid_from for row in gone):
        raise Refused("Enter a day that has come and on which all of them existed.")
    if successor.valid_from > on or (successor.valid_to and successor.valid_to <= on):
        raise Refused("The successor does not exist on that day.")


def _hand_over(
    predecessor: Organisation, successor: Organisation, on: date, reason: str, by: Actor
) -> Succession:
    row, _ = Succession.objects.get_or_create(
        predecessor=predecessor, successor=successor, defaults={"on": on}
    )
    predecessor.valid_to = on
    predecessor.save(update_fields=["valid_to"])
    for mover in movers():
        mover.move(predecessor, successor, on=on, reason=reason, by=by)
    for organisation in (predecessor, successor):
        record(
            "organisation.merge",
            organisation,
            by=by,
            changes={"holder": (predecessor.name, successor.name), "on": (None, on)},
            reason=reason,
        )
    return row


def _people(predecessor: Organisation, successor: Organisation, by: Actor) -> None:
    """The last administrator may go here: the organisation itself goes."""
    current = Membership.objects.current().filter(organisation=predecessor)
    by_person: dict[User, list[Membership]] = {}
    for membership in current.select_related("user").order_by("pk"):
        by_person.setdefault(membership.user, []).append(membership)
    for user, rows in by_person.items():
        _carry(user, rows, successor, by)
        for row in rows:
            end_role(row, by, f"{predecessor} became part of {successor}.")


def _carry(user: User, rows: list[Membership], successor: Organisation, by: Actor) -> None:
    held = Membership.objects.current().filter(organisation=successor, user=user)
    roles = {row.role for row in [*rows, *held]}
    capacity = next((row.capacity for row in [*held, *rows] if row.capacity), "")
    set_roles(successor, user, roles, by=by, capacity=capacity)
