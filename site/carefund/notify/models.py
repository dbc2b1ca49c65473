from typing import Any, ClassVar

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q

from .message import Topic


class How(models.TextChoices):
    """How a message reaches a person by mail. In the service it can always be read."""

    NOW = "now", "By email at once"
    DAILY = "daily", "In one email a day"
    SERVICE = "service", "Only in the service"


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
    how = models.CharField(max_length=7, choices=How, default=How.NOW)
    about_type = models.ForeignKey(ContentType, models.PROTECT, null=True, blank=True)
    about_id = models.CharField(max_length=64, blank=True)
    about = GenericForeignKey("about_type", "about_id")
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    # Why it was not mailed although it should have been: the address does not take mail.
    held_because = models.CharField(max_length=200, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["recipient", "-created_at"], name="message_by_person"),
            models.Index(
                fields=["recipient"],
                name="message_for_digest",
                condition=Q(how="daily", sent_at__isnull=True),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(sent_at__gte=F("created_at")),
                name="message_sent_after_created",
            ),
            models.CheckConstraint(
                condition=Q(how__in=["now", "daily", "service"]), name="message_how_known"
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(held_because=""), name="message_sent_or_held"
            ),
        ]

    def __str__(self) -> str:
        return self.subject_line


class Preference(models.Model):
    """How a person wants to hear of a topic, where the message can wait."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="message_preferences"
    )
    topic = models.CharField(max_length=12, choices=Topic)
    how = models.CharField(max_length=7, choices=How)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "topic"], name="preference_once"),
            models.CheckConstraint(
                condition=Q(topic__in=Topic.values), name="preference_topic_known"
            ),
            models.CheckConstraint(
                condition=Q(how__in=["now", "daily", "service"]), name="preference_how_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_topic_display()}: {self.get_how_display()}"


class StoppedAddressQuerySet(models.QuerySet["StoppedAddress"]):
    def current(self) -> "StoppedAddressQuerySet":
        return self.filter(resumed_at__isnull=True)


class StoppedAddress(models.Model):
    """An address that mail came back from. Nothing more is mailed to it until somebody says so."""

    address = models.EmailField()
    reason = models.CharField(max_length=500)
    message = models.ForeignKey(
        OutboxMessage, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    stopped_at = models.DateTimeField()
    resumed_at = models.DateTimeField(null=True, blank=True)
    resumed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects: ClassVar[Any] = StoppedAddressQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "stopped addresses"
        constraints = [
            models.UniqueConstraint(
                fields=["address"],
                condition=Q(resumed_at__isnull=True),
                name="address_stopped_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(resumed_at__isnull=True) | Q(resumed_at__gte=F("stopped_at")),
                name="address_resumed_after_stopped",
            ),
            models.CheckConstraint(
                condition=Q(resumed_at__isnull=True, resumed_by__isnull=True)
                | Q(resumed_at__isnull=False, resumed_by__isnull=False),
                name="address_resumed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.address
