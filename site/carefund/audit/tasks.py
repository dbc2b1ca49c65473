from celery import shared_task

from .actions import seal


@shared_task(name="carefund.audit.tasks.seal_record")
def seal_record() -> None:
    seal()
