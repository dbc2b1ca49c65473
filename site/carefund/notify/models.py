from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models


class OutboxMessage(models.Model):
    """A message to one person: written with the change it tells of, sent by a worker."""

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="messages", null=True
    )
    address = models.EmailField()
    kind = models.CharField(max_length=80)
    # The same thing is told to the same person once.
    key = models.CharField(max_length=200, unique=True)
    subject_line = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField()
    about_type = models.ForeignKey(ContentType, models.PROTECT, null=True, blank=True)
    about_id = models.CharField(max_length=64, blank=True)
    about = GenericForeignKey("about_type", "about_id")
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["recipient", "-created_at"], name="message_by_person")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sent_at__isnull=True)
                | models.Q(sent_at__gte=models.F("created_at")),
                name="message_sent_after_created",
            )
        ]

    def __str__(self) -> str:
        return self.subject_line
