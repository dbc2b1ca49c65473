import uuid
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models

COLOURS = {
    "waiting": "yellow",
    "not_scanned": "grey",
    "clean": "green",
    "infected": "red",
    "unscannable": "red",
    "removed": "grey",
}


class StoredFile(models.Model):
    """An upload: kept under an unguessable name, served only to those its subject admits."""

    class Scan(models.TextChoices):
        WAITING = "waiting", "Being checked for viruses"
        NOT_SCANNED = "not_scanned", "Not scanned"
        CLEAN = "clean", "No virus found"
        INFECTED = "infected", "Virus found"
        UNSCANNABLE = "unscannable", "Too large to check"
        REMOVED = "removed", "Removed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)
    content = models.FileField(upload_to="files/%Y/%m", max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    scan = models.CharField(max_length=12, choices=Scan, default=Scan.NOT_SCANNED)
    scanned_at = models.DateTimeField(null=True, blank=True)
    # What the scanner found.
    finding = models.CharField(max_length=200, blank=True)
    subject_type = models.ForeignKey(ContentType, models.PROTECT)
    subject_id = models.CharField(max_length=64)
    subject = GenericForeignKey("subject_type", "subject_id")
    role = models.CharField(max_length=80, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    uploaded_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["subject_type", "subject_id"], name="file_by_subject"),
            models.Index(
                fields=["uploaded_at"],
                name="file_to_scan",
                condition=models.Q(scan__in=["waiting", "not_scanned"]),
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(size__gt=0), name="file_not_empty"),
            models.CheckConstraint(
                condition=models.Q(
                    scan__in=[
                        "waiting",
                        "not_scanned",
                        "clean",
                        "infected",
                        "unscannable",
                        "removed",
                    ]
                ),
                name="file_scan_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(scan__in=["clean", "infected"])
                | models.Q(scanned_at__isnull=False),
                name="file_scanned_has_moment",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def may_be_opened(self) -> bool:
        """With a scanner only what it found clean; without one all that was not found bad."""
        if settings.CLAMAV_SOCKET:
            return self.scan == self.Scan.CLEAN
        return self.scan in {self.Scan.CLEAN, self.Scan.NOT_SCANNED, self.Scan.WAITING}

    @property
    def scan_tag(self) -> dict[str, Any]:
        """Words and colour of its state, as a person sees it now."""
        shown = self.Scan(self.scan)
        if shown == self.Scan.NOT_SCANNED and settings.CLAMAV_SOCKET:
            shown = self.Scan.WAITING
        elif shown == self.Scan.WAITING and not settings.CLAMAV_SOCKET:
            shown = self.Scan.NOT_SCANNED
        return {"text": shown.label, "colour": COLOURS[shown.value]}
