"""Who wants to hear what changes about calls."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from carefund.core import clock
from programmes.funds.models import Theme
from programmes.organisations.models import Region

from .base import Call

PERSON = settings.AUTH_USER_MODEL


class FollowerQuerySet(models.QuerySet):
    def current(self):
        return self.filter(ended_at__isnull=True)


class Follower(models.Model):
    """An address whose owner has asked to be told, with or without an account.

    Without a theme they hear of all themes, without a region of all England; `calls` are followed
    whatever they are about.
    """

    person = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    email = models.EmailField()
    everything = models.BooleanField("tell about new calls", default=True)
    themes = models.ManyToManyField(Theme, blank=True, related_name="+")
    regions = models.ManyToManyField(Region, blank=True, related_name="+")
    calls = models.ManyToManyField(Call, blank=True, related_name="followers")
    started_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    # The last line of any update log that they were told of, or that came before them.
    told_up_to = models.BigIntegerField(default=0)

    objects = FollowerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                condition=Q(ended_at__isnull=True) & ~Q(email=""),
                name="follower_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("started_at")),
                name="follower_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"Follower {self.pk}"


class FollowRequest(models.Model):
    """Somebody without an account asks; the owner of the address confirms by a link."""

    email = models.EmailField()
    token_hash = models.CharField(max_length=64, unique=True)
    # What was chosen: {"everything": true, "themes": [1], "regions": [2], "calls": [3]}.
    wishes = models.JSONField(default=dict)
    asked_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["email", "asked_at"], name="follow_request_by_address")]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("asked_at")), name="follow_request_lasts"
            )
        ]

    def __str__(self) -> str:
        return f"Request to follow {self.pk}"
