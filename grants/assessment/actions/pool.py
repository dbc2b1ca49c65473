"""The pool of assessors, and giving out the bids of a call in one go."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction

from carefund.accounts.models import User
from carefund.core.actors import Actor
from carefund.core.errors import Refused
from carefund.core.permissions import require
from carefund.core.record import record
from grants.bids.models import Bid
from programmes.calls.models import Call
from programmes.funds.models import Programme

from .. import queries
from ..models import Assignment, PoolMember
from .base import assign


def describe_assessor(
    *,
    programme: Programme,
    assessor: User,
    fields: dict[str, Any],
    themes: Iterable[Any],
    by: Actor,
) -> PoolMember:
    """What is known of an assessor when bids are given out."""
    require(by, "assessment.assign_call", programme)
    if not queries.assessors_of(programme.pk).filter(pk=assessor.pk).exists():
        raise Refused("This person is not an assessor of the programme.")
    with transaction.atomic():
        row, _ = PoolMember.objects.update_or_create(
            programme=programme, person=assessor, defaults=fields
        )
        row.themes.set(themes)
        record("assessment.describe_assessor", row, by=by, changes={"most": (None, row.most)})
    return row


def give_out(
    *, call: Call, given: Iterable[tuple[Bid, User]], due_on: date | None, by: Actor
) -> list[Assignment]:
    """Confirm who assesses what, as the officer has it now: all of it or nothing."""
    require(by, "assessment.assign_call", call)
    pairs = list(given)
    if not pairs:
        raise Refused("Choose at least one assessor.")
    if len({(bid.pk, person.pk) for bid, person in pairs}) < len(pairs):
        raise Refused("The same assessor is chosen twice for one bid.")
    rooms = {row.person.pk: row.free for row in queries.pool_of(call.programme_id)}
    for _, person in pairs:
        rooms[person.pk] = rooms.get(person.pk, 0) - 1
    if over := [str(person) for _, person in pairs if rooms[person.pk] < 0]:
        raise Refused("More bids than they can take: " + ", ".join(sorted(set(over))) + ".")
    with transaction.atomic():
        return [assign(bid=bid, assessor=person, due_on=due_on, by=by) for bid, person in pairs]
