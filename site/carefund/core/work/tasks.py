from celery import shared_task

from carefund.core.models import Job

from .queue import run


@shared_task(name="carefund.core.work.tasks.run_job")
def run_job(job_id: int) -> None:
    run(job_id)


@shared_task(name="carefund.core.work.tasks.sweep")
def sweep() -> None:
    """Take up what is due: jobs for later, and those whose wake-up call or worker was lost."""
    for job_id in list(Job.objects.due().order_by("due_at").values_list("pk", flat=True)[:500]):
        run_job.delay(job_id)
