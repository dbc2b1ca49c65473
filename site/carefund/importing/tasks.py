from carefund.accounts.models import User
from carefund.core.actors import SYSTEM
from carefund.core.errors import Refused
from carefund.core.work import handles

from . import actions
from .models import ImportRun


@handles(actions.CHECK, in_steps=True)
def check_spreadsheet(run_id: int) -> None:
    actions.check(run=ImportRun.objects.get(pk=run_id))


@handles(actions.APPLY)
def apply_spreadsheet(run_id: int, user_id: int) -> None:
    run, user = ImportRun.objects.get(pk=run_id), User.objects.get(pk=user_id)
    if run.state != "checked":
        return
    try:
        actions.apply(run=run, by=user)
    except actions.Moved as problem:
        run.refresh_from_db()
        actions.check_again(run=run, notice=problem.message)
    except Refused as problem:
        run.refresh_from_db()
        # Who asked may have lost the right to; the spreadsheet is put aside all the same.
        actions.abandon(run=run, by=SYSTEM, reason=problem.message)
