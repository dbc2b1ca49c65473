from celery import shared_task

from carefund.core.work import handles

from .actions import SCAN, scan, scan_waiting


@handles(SCAN)
def scan_file(file_id: str) -> None:
    scan(file_id=file_id)


@shared_task(name="carefund.files.tasks.scan_what_waits")
def scan_what_waits() -> None:
    scan_waiting()
