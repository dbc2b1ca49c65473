from celery import shared_task

from carefund.core import clock
from carefund.core.errors import Refused
from carefund.core.work import handles

from .actions import DO, NIGHT, begin_night, fail, fulfil, retain
from .models import PersonRequest, RetentionRun


@handles(DO)
def do_request(request_id: int) -> None:
    request = PersonRequest.objects.get(pk=request_id)
    try:
        fulfil(request=request)
    except Refused as problem:
        fail(request=request, problem=problem.message)


@handles(NIGHT)
def retain_page(run_id: int, page: int) -> None:
    retain(run=RetentionRun.objects.get(pk=run_id), page=page)


@shared_task(name="carefund.privacy.tasks.begin_the_night")
def begin_the_night() -> None:
    begin_night(night=clock.today())
