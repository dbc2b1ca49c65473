from django.db import transaction

from carefund.core import clock
from carefund.core.actors import SYSTEM, Actor, person
from carefund.core.permissions import require
from carefund.core.record import record

from .. import messages, queries
from ..models import OutboxMessage, StoppedAddress
from .sending import send


def note_bounce(
    *, address: str, reason: str, message: OutboxMessage | None = None
) -> StoppedAddress:
    """Mail to `address` came back for good: mail no more to it and tell who runs the service.

    A second bounce of an address that is stopped already changes nothing.
    """
    with transaction.atomic():
        if known := queries.stopped(address):
            return known
        row = StoppedAddress.objects.create(
            address=address.lower(),
            reason=" ".join(reason.split())[:500],
            message=message,
            stopped_at=clock.now(),
        )
        # What the other server said names the address, and the record could never forget it.
        record("address.stop", row, by=SYSTEM)
        send(messages.AddressStopped(stopped=row), key=str(row.pk))
    return row


def mail_again(*, stopped: StoppedAddress, by: Actor) -> StoppedAddress:
    """The address takes mail again. What was held meanwhile can be read in the service."""
    require(by, "notify.manage")
    with transaction.atomic():
        row = StoppedAddress.objects.select_for_update(of=("self",)).get(pk=stopped.pk)
        if row.resumed_at is None:
            row.resumed_at, row.resumed_by = clock.now(), person(by)
            row.save(update_fields=["resumed_at", "resumed_by"])
            record("address.resume", row, by=by)
    return row
