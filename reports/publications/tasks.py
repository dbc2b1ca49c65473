from carefund.core.errors import Refused
from carefund.core.work import handles

from .actions import MAKE, fail, finish
from .models import ReportRun


@handles(MAKE)
def make_report(run_id: int) -> None:
    run = ReportRun.objects.get(pk=run_id)
    try:
        finish(run=run)
    except Refused as problem:
        fail(run=run, problem=problem.message)
