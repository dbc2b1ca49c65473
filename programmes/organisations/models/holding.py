"""Who holds a live bid or project: a fact with a day, so that every past day can be asked."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from carefund.core import clock
from carefund.core.appendonly import AppendOnly

from .places import Organisation


class HolderChange(AppendOnly):
    """An organisation took something over from another, from a day on.

    A concrete model adds a foreign key to what was taken over.
    """

    predecessor = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    successor = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    on = models.DateField()
    reason = models.TextField()
    recorded_at = models.DateTimeField(default=clock.now)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=~Q(predecessor=F("successor")), name="%(class)s_between_two"
            )
        ]

    def __str__(self) -> str:
        return f"From {self.predecessor} to {self.successor} on {self.on}"
