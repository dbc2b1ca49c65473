"""What the department asks about a submitted bid, section by section, and what it is told."""

import hashlib
import json

from django.conf import settings
from django.db import models
from django.db.models import Q

from carefund.core import clock

from .base import Bid

PERSON = settings.AUTH_USER_MODEL


class ClarificationQuerySet(models.QuerySet):
    def waiting(self):
        """Asked, and neither answered nor taken back."""
        return self.filter(replied_at__isnull=True, taken_back_at__isnull=True)


class ClarificationRequest(models.Model):
    """A question about one section. The reply may correct answers: a new version beside the old."""

    bid = models.ForeignKey(Bid, models.PROTECT, related_name="clarification_requests")
    section = models.SlugField(max_length=60)
    question = models.TextField()
    reply_by = models.DateField()
    asked_at = models.DateTimeField(default=clock.now)
    asked_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    # The reply, and the answers of the section as corrected; a draft until it is sent.
    reply = models.TextField(blank=True)
    values = models.JSONField(default=dict, blank=True)
    # The answers of the section as they stood in the submission when the reply was sent.
    before = models.JSONField(default=dict, blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    replied_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.ForeignKey(
        PERSON, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ClarificationQuerySet.as_manager()

    class Meta:
        ordering = ["bid", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["bid", "section"],
                condition=Q(replied_at__isnull=True, taken_back_at__isnull=True),
                name="bid_clarification_open_once",
            ),
            models.CheckConstraint(
                condition=Q(replied_at__isnull=True) | Q(taken_back_at__isnull=True),
                name="bid_clarification_one_end",
            ),
            models.CheckConstraint(
                condition=Q(replied_at__isnull=True) | ~Q(reply=""),
                name="bid_clarification_reply_has_words",
            ),
            models.CheckConstraint(condition=~Q(question=""), name="bid_clarification_asks"),
        ]

    def __str__(self) -> str:
        return f"Clarification of {self.section} of {self.bid_id}"

    @property
    def drafts(self) -> str:
        """Under which name the drafts of the reply are kept; no question can have it."""
        return f"clarification-{self.pk}"

    @property
    def draft(self) -> str:
        """Tells the draft that stands from every other."""
        told = json.dumps([self.reply, self.values], sort_keys=True)
        return hashlib.sha256(told.encode()).hexdigest()[:16]

    @property
    def is_waiting(self) -> bool:
        return self.replied_at is None and self.taken_back_at is None

    @property
    def is_late(self) -> bool:
        """Nobody has replied by the end of the day that was named."""
        return self.is_waiting and clock.today() > self.reply_by
