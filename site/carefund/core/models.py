from django.db import models

from . import clock
from .years import year_range


class ReferenceSequence(models.Model):
    """The last number given out in a series of references."""

    prefix = models.CharField(max_length=12)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["prefix", "year"], name="reference_series_once"),
            models.CheckConstraint(condition=year_range("year"), name="reference_year_sane"),
        ]

    def __str__(self) -> str:
        return f"{self.prefix}-{self.year}"


class JobQuerySet(models.QuerySet["Job"]):
    def due(self) -> "JobQuerySet":
        """What a worker should take up now: waiting and due, or left by a dead worker."""
        now = clock.now()
        waiting = models.Q(state=Job.State.WAITING, due_at__lte=now)
        abandoned = models.Q(state=Job.State.RUNNING, lease_until__lt=now)
        return self.filter(waiting | abandoned)


class Job(models.Model):
    """Background work as a row; the broker only carries its id (DESIGN, rule 11)."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        RUNNING = "running", "Running"
        DONE = "done", "Done"
        FAILED = "failed", "Failed"

    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=200, unique=True)
    payload = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    due_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(blank=True)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at"],
                name="job_open_by_due",
                condition=models.Q(state__in=["waiting", "running"]),
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["waiting", "running", "done", "failed"]),
                name="job_state_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="running") | models.Q(lease_until__isnull=False),
                name="job_running_has_lease",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Tally(models.Model):
    """A change of how many rows of a list are in a state, and of what they add up to.

    Triggers of the counted tables write it, within whatever changes a row (`KeepTally`); what
    stands is the sum of all changes. Nobody waits for another: rows are only added, and put
    together by the hour.
    """

    class Of(models.TextChoices):
        BIDS = "bids"
        CLAIMS = "claims"
        MILESTONES = "milestones"
        RETURNS = "returns"

    of = models.CharField(max_length=10, choices=Of)
    # The key of the programme, which this floor does not know.
    scope = models.BigIntegerField()
    state = models.CharField(max_length=30)
    number = models.IntegerField()
    pence = models.BigIntegerField()

    class Meta:
        verbose_name_plural = "tallies"

    def __str__(self) -> str:
        return f"{self.of} {self.state} of {self.scope}: {self.number:+}"
