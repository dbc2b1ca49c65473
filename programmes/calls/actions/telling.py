"""The update log of a call, and the one message that tells its followers of many lines."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.db.models import Max

from carefund.core import clock, work
from carefund.core.actors import Actor, person
from carefund.notify.actions import send

from ..messages import CallsChanged
from ..models import Call, CallUpdate, Follower

# What changes within this time is one change: a person hears of it once.
GATHER = timedelta(minutes=15)


def note(*, call: Call, text: str, by: Actor) -> CallUpdate:
    """Write a line into the update log and let the followers know a little later."""
    row = CallUpdate.objects.create(call=call, text=text, at=clock.now(), by=person(by))
    if not clock.is_replaying():
        slot = int(row.at.timestamp() // GATHER.total_seconds()) + 1
        work.enqueue("calls.tell", key=str(slot), due_at=row.at + GATHER)
    return row


def tell_followers() -> int:
    """Send each follower one message about all that changed since they were last told."""
    newest = newest_update()
    told = 0
    for follower in _to_tell(newest):
        told += _tell(follower, newest)
    return told


def newest_update() -> int:
    return CallUpdate.objects.aggregate(last=Max("pk"))["last"] or 0


def _to_tell(newest: int) -> Iterable[Follower]:
    rows = Follower.objects.current().filter(told_up_to__lt=newest)
    return rows.select_related("person").prefetch_related("themes", "regions", "calls")


def _tell(follower: Follower, newest: int) -> int:
    with transaction.atomic():
        changes = [row for row in _news(follower, newest) if concerns(follower, row.call)]
        sent = 0
        if changes:
            message = CallsChanged(follower=follower, changes=tuple(changes))
            sent = send(message, key=f"{follower.pk}:{newest}")
        Follower.objects.filter(pk=follower.pk).update(told_up_to=newest)
    return sent


def _news(follower: Follower, newest: int) -> Iterable[CallUpdate]:
    rows = CallUpdate.objects.filter(pk__gt=follower.told_up_to, pk__lte=newest)
    joined = rows.select_related("call__programme").order_by("call", "pk")
    return joined.prefetch_related("call__themes", "call__eligible_regions")


def concerns(follower: Follower, call: Call) -> bool:
    """Whether the follower wants to hear of this call."""
    if call.pk in {row.pk for row in follower.calls.all()}:
        return True
    if not follower.everything:
        return False
    return _meet(follower.themes.all(), call.themes.all()) and _meet(
        follower.regions.all(), call.eligible_regions.all()
    )


def _meet(wanted: Iterable[object], given: Iterable[object]) -> bool:
    """Nothing chosen, or nothing said, is everything."""
    ours, theirs = set(wanted), set(given)
    return not ours or not theirs or bool(ours & theirs)
