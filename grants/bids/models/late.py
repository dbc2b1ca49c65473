from django.conf import settings
from django.db import models

from carefund.core.appendonly import AppendOnly

from .base import Bid


class LateGrace(AppendOnly):
    """A senior officer lets one bid in after the close, until a moment and for a reason."""

    bid = models.ForeignKey(Bid, models.PROTECT, related_name="graces")
    until = models.DateTimeField()
    reason = models.TextField()
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["bid", "pk"]

    def __str__(self) -> str:
        return f"Grace for {self.bid_id}"
