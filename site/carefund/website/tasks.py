from celery import shared_task
from django.core.management import call_command


@shared_task(ignore_result=True)
def publish_what_is_due() -> None:
    """Pages go live and end at the moments that their editors chose."""
    call_command("publish_scheduled")
