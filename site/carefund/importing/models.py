from django.conf import settings
from django.db import models

from carefund.core.states import StateField, Stateful

from .states import IMPORT_RUN


class ImportRun(Stateful):
    """A spreadsheet on its way in: uploaded, checked row by row, shown, then applied whole."""

    kind = models.CharField(max_length=60)
    state = StateField(table=IMPORT_RUN)
    file_name = models.CharField(max_length=200)
    content = models.FileField(upload_to="imports/%Y/%m")
    sha256 = models.CharField(max_length=64)
    rows_total = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    # {"new": 90, "changed": 7, "unchanged": 3, "wrong": 0}, as of the last check
    counts = models.JSONField(default=dict)
    # [{"row": 3, "column": "percent", "message": "..."}], the first of them
    problems = models.JSONField(default=list)
    # [{"row": 2, "cells": [...], "change": "new", "before": ""}], the first of each change
    preview = models.JSONField(default=list)
    # Every wrong row with its reasons, to be downloaded.
    wrong_rows = models.FileField(upload_to="imports/%Y/%m", blank=True)
    # What was previewed, row by row: see `passing.Finding`. Writing does this or nothing.
    basis = models.CharField(max_length=64, blank=True)
    checks = models.PositiveSmallIntegerField(default=0)
    notice = models.CharField(max_length=400, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            IMPORT_RUN.constraint("import_state_known"),
            models.CheckConstraint(
                condition=models.Q(rows_done__lte=models.F("rows_total")),
                name="import_rows_within_total",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="applied") | models.Q(applied_at__isnull=False),
                name="import_applied_has_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.kind})"

    @property
    def would_write(self) -> int:
        """How many rows are new or say something else than what stands."""
        return int(self.counts.get("new", 0)) + int(self.counts.get("changed", 0))
