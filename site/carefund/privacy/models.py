from django.conf import settings
from django.db import models
from django.db.models import Q

from carefund.core.states import StateField, Stateful

from .states import REQUEST


class RetentionRun(models.Model):
    """What one retention rule did in one night."""

    rule = models.CharField(max_length=60)
    night = models.DateField()
    before = models.DateTimeField()
    rows = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rule", "night"], name="retention_once_a_night")
        ]

    def __str__(self) -> str:
        return f"{self.rule} on {self.night}"


class PersonRequest(Stateful):
    """An export of what is held about a person, or their anonymisation, as it was asked for."""

    class Kind(models.TextChoices):
        EXPORT = "export", "Export"
        ANONYMISE = "anonymise", "Anonymisation"

    kind = models.CharField(max_length=10, choices=Kind)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = models.TextField()
    state = StateField(table=REQUEST)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    # A list of objects with "title", "rows" and "effect".
    result = models.JSONField(default=list)
    problem = models.TextField(blank=True)
    archive = models.FileField(upload_to="exports/%Y/%m", max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["-requested_at"], name="person_request_latest")]
        constraints = [
            REQUEST.constraint("person_request_state"),
            models.CheckConstraint(
                condition=Q(kind__in=["export", "anonymise"]), name="person_request_kind"
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(finished_at__isnull=False),
                name="person_request_done_has_moment",
            ),
            models.CheckConstraint(
                condition=~Q(kind="anonymise") | ~Q(person=models.F("requested_by")),
                name="nobody_anonymises_themselves",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of person {self.person_id}"
