from celery import shared_task

from carefund.core import tallies
from carefund.core.models import Job

from .queue import run


@shared_task(name="carefund.core.work.tasks.run_job")
def run_job(job_id: int) -> None:
    run(job_id)


@shared_task(name="carefund.core.work.tasks.run_jobs")
def run_jobs(job_ids: list[int]) -> None:
    """Several from one change: the workers share them out."""
    for job_id in job_ids:
        run_job.delay(job_id)


def wake(job_ids: list[int]) -> None:
    """One message to the broker for all: whoever changed something waits while it is sent."""
    if len(job_ids) == 1:
        run_job.delay(job_ids[0])
    else:
        run_jobs.delay(job_ids)


@shared_task(name="carefund.core.work.tasks.sweep")
def sweep() -> None:
    """Take up what is due: jobs for later, and those whose wake-up call or worker was lost."""
    for job_id in list(Job.objects.due().order_by("due_at").values_list("pk", flat=True)[:500]):
        run_job.delay(job_id)


@shared_task(name="carefund.core.work.tasks.sum_up_tallies")
def sum_up_tallies() -> None:
    """Keep the kept numbers of lists short."""
    tallies.sum_up()
