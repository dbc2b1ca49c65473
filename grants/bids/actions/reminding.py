"""Reminders to those who have begun a bid and not submitted it."""

from datetime import date, datetime, time

from carefund.core import clock, work
from carefund.core.actors import SYSTEM
from carefund.core.record import record
from carefund.core.workdays import working_days_before
from carefund.notify.actions import send

from ..messages import NotSubmittedYet
from ..models import Bid
from ..states import IN_PROGRESS

REMIND = "bids.remind"
# Working days before the call closes, each in the morning.
BEFORE = (10, 5, 1)
MORNING = time(9)


def _day(closes_at: datetime, days: int) -> date:
    return working_days_before(closes_at.astimezone(clock.LONDON).date(), days)


def plan_reminders(*, bid: Bid) -> None:
    """Put the reminders that are still ahead on the list of work. Twice is once."""
    if clock.is_replaying():
        return
    closes_at = bid.call.closes_at
    for days in BEFORE:
        moment = datetime.combine(_day(closes_at, days), MORNING, clock.LONDON)
        if moment > clock.now():
            work.enqueue(
                REMIND,
                key=f"{bid.pk}:{closes_at.isoformat()}:{days}",
                payload={"bid_id": bid.pk, "closes_at": closes_at.isoformat(), "days": days},
                due_at=moment,
            )


def remind(*, bid: Bid, closes_at: datetime, days: int) -> bool:
    """Remind of a bid that is still to be submitted; whether there was anything to remind of.

    `closes_at` is the instant for which this was planned: after an extension others were planned.
    A worker that comes a day late says nothing, because the days would be wrong.
    """
    if bid.state not in IN_PROGRESS or bid.call.closes_at != closes_at or not bid.call.is_open:
        return False
    if _day(closes_at, days) != clock.today():
        return False
    record("bid.remind", bid, by=SYSTEM)
    send(NotSubmittedYet(bid=bid, days=days), key=f"{bid.pk}:{closes_at.isoformat()}:{days}")
    return True
