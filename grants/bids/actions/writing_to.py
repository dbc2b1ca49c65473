"""What officers write to bidders: to one, or to all of a call."""

from django.db import transaction

from carefund.core import clock
from carefund.core.actors import Actor
from carefund.core.errors import Refused
from carefund.core.permissions import require
from carefund.core.record import record
from carefund.notify.actions import send
from carefund.notify.message import Quote
from programmes.calls.models import Call

from .. import messages, queries
from ..models import Bid


def write_to_bidder(*, bid: Bid, text: str, by: Actor) -> None:
    """A message to the authority whose bid the department has."""
    require(by, "bids.work", bid)
    with transaction.atomic():
        _write(bid, text, by)


def write_to_bidders(*, call: Call, audience: str, text: str, by: Actor) -> int:
    """The same message to everybody of `audience` (see `queries.AUDIENCES`); how many bids.

    Raises `Refused` when there is nobody to write to.
    """
    require(by, "calls.manage", call)
    with transaction.atomic():
        bids = list(queries.audience_of(call, audience))
        if not bids:
            raise Refused("There is no bid of this kind yet. Nobody was written to.")
        for bid in bids:
            _write(bid, text, by)
    return len(bids)


def _write(bid: Bid, text: str, by: Actor) -> None:
    if not text.strip():
        raise Refused("Write your message.")
    record("bid.write_to_bidder", bid, by=by, reason=text.strip())
    message = messages.FromTheDepartment(bid=bid, text=Quote(text.strip()))
    send(message, key=f"{bid.pk}:{clock.now().isoformat()}")
