from django.conf import settings
from django.db import models
from django.db.models import F, Q

from carefund.core import clock
from carefund.core.states import StateField, Stateful
from programmes.funds.models import Programme

from .states import REPORT


class ReportRun(Stateful):
    """One report as at one moment: its frozen figures, files and clearance."""

    kind = models.CharField(max_length=30, choices=[("benefits", "Benefits report")])
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="reports")
    reference = models.CharField(max_length=30, unique=True)
    as_at = models.DateTimeField()
    state = StateField(table=REPORT)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    requested_at = models.DateTimeField(default=clock.now)
    # Every figure with its definition, parameters and rows: figures.snapshot writes and reads it.
    figures = models.JSONField(default=dict)
    fingerprint = models.CharField("SHA-256 of the figures", max_length=64, blank=True)
    problem = models.TextField(blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    cleared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    cleared_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-as_at", "-pk"]
        constraints = [
            REPORT.constraint("report_state_known"),
            models.CheckConstraint(
                condition=Q(cleared_by__isnull=True)
                | Q(requested_by__isnull=True)
                | ~Q(cleared_by=F("requested_by")),
                name="report_cleared_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["draft", "cleared"]) | ~Q(fingerprint=""),
                name="report_finished_has_fingerprint",
            ),
            models.CheckConstraint(
                condition=~Q(state="cleared") | Q(cleared_at__isnull=False),
                name="report_cleared_has_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference}: {self.get_kind_display()} of {self.programme}"
