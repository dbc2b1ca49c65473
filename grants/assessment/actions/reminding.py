"""Reminders in working days: of scores that are due, of entries in the subsidy database."""

from datetime import date, datetime, time

from carefund.core import clock, work
from carefund.core.workdays import working_days_after, working_days_before
from carefund.notify.actions import send

from ..messages import EntryDue, ScoresDue
from ..models import Assignment, SubsidyTest

REMIND = "assessment.remind"
REMIND_ENTRY = "assessment.remind_entry"
# Working days before the scores are due (after, where negative), each in the morning.
BEFORE = (5, 1, -1)
BEFORE_ENTRY = 10
MORNING = time(9)


def _day(due_on: date, days: int) -> date:
    return working_days_before(due_on, days) if days >= 0 else working_days_after(due_on, -days)


def plan_reminders(*, assignment: Assignment) -> None:
    """Put the reminders that are still ahead on the list of work. Twice is once."""
    if clock.is_replaying() or assignment.due_on is None:
        return
    for days in BEFORE:
        moment = datetime.combine(_day(assignment.due_on, days), MORNING, clock.LONDON)
        if moment > clock.now():
            work.enqueue(
                REMIND,
                key=f"{assignment.pk}:{assignment.due_on}:{days}",
                payload={
                    "assignment_id": assignment.pk,
                    "due_on": assignment.due_on.isoformat(),
                    "days": days,
                },
                due_at=moment,
            )


def remind(*, assignment: Assignment, due_on: date, days: int) -> bool:
    """Whether there was anything to remind of: work still open and due when this was planned."""
    still = assignment.state in {"assigned", "in_progress"} and assignment.due_on == due_on
    if not still or _day(due_on, days) != clock.today():
        return False
    send(ScoresDue(assignment=assignment, days=days), key=f"{assignment.pk}:{due_on}:{days}")
    return True


def plan_entry_reminder(*, test: SubsidyTest) -> None:
    if clock.is_replaying() or test.enter_by is None or test.entered_on:
        return
    day = working_days_before(test.enter_by, BEFORE_ENTRY)
    moment = max(datetime.combine(day, MORNING, clock.LONDON), clock.now())
    work.enqueue(REMIND_ENTRY, key=str(test.pk), payload={"test_id": test.pk}, due_at=moment)


def remind_of_entry(*, test: SubsidyTest) -> bool:
    """Only of the test that stands, while nothing was entered."""
    latest = test.bid.subsidy_tests.first()
    if latest is None or latest.pk != test.pk or test.entered_on:
        return False
    send(EntryDue(test=test), key=str(test.pk))
    return True
