"""From a first phase to a second, and news from the call to those who bid to it."""

from datetime import datetime
from typing import Any

from django.db import transaction

from carefund.core.actors import Actor
from carefund.core.errors import Refused
from carefund.notify.actions import send
from carefund.notify.message import Quote
from programmes.calls import actions as calls
from programmes.calls.models import Call, Invitation

from .. import queries
from ..messages import CallExtended, Invited
from .reminding import plan_reminders


def invite_winners(*, call: Call, by: Actor) -> list[Invitation]:
    """Invite everybody who was funded in the call that this one follows. Twice is once."""
    if call.follows is None:
        raise Refused("This call follows no other, so there is nobody to invite from it.")
    winners = list(queries.awarded_organisations(call.follows))
    if not winners:
        raise Refused(f"Nobody has been funded in “{call.follows}” yet.")
    with transaction.atomic():
        made = calls.invite(call=call, organisations=winners, by=by)
        for invitation in made:
            send(Invited(invitation=invitation), key=str(invitation.pk))
    return made


def tell_of_extension(*, call: Call, before: datetime, reason: str, **_rest: Any) -> None:
    """Whoever has begun a bid hears that there is more time."""
    for bid in queries.live_bids(call):
        message = CallExtended(bid=bid, call=call, before=before, reason=Quote(reason))
        send(message, key=f"{bid.pk}:{call.closes_at.isoformat()}")
        plan_reminders(bid=bid)
