from datetime import date

from carefund.core.work import handles

from .actions import reminding
from .models import Assignment, SubsidyTest


@handles(reminding.REMIND)
def remind_of_scores(assignment_id: int, due_on: str, days: int) -> None:
    rows = Assignment.objects.select_related("bid__call", "assessor")
    if found := rows.filter(pk=assignment_id).first():
        reminding.remind(assignment=found, due_on=date.fromisoformat(due_on), days=days)


@handles(reminding.REMIND_ENTRY)
def remind_of_entry(test_id: int) -> None:
    if test := SubsidyTest.objects.select_related("bid__call").filter(pk=test_id).first():
        reminding.remind_of_entry(test=test)
