"""Who can assess, and what a panel made of the scores."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from carefund.core.appendonly import AppendOnly
from grants.bids.models import Bid
from programmes.calls.models import Call
from programmes.funds.models import Programme, Theme

PERSON = settings.AUTH_USER_MODEL


class PoolMember(models.Model):
    """What is known of an assessor of a programme when bids are given out."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="pool")
    person = models.ForeignKey(PERSON, models.PROTECT, related_name="pool_memberships")
    employer = models.CharField("organisation", max_length=200, blank=True)
    themes = models.ManyToManyField(Theme, blank=True, related_name="+")
    available_from = models.DateField(null=True, blank=True)
    available_until = models.DateField(null=True, blank=True)
    # Bids at the same time.
    most = models.PositiveSmallIntegerField("bids at most", default=10)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "person"], name="pool_member_once"),
            models.CheckConstraint(
                condition=Q(available_from__isnull=True)
                | Q(available_until__isnull=True)
                | Q(available_until__gte=F("available_from")),
                name="pool_member_available_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} in the pool"


class Panel(models.Model):
    """One sitting of the panel that moderates a call."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="panels")
    met_on = models.DateField()
    note = models.TextField(blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-met_on", "-pk"]

    def __str__(self) -> str:
        return f"Panel {self.pk} of {self.call_id}"

    @property
    def programme_id(self) -> int:
        return self.call.programme_id


class Attendance(models.Model):
    """A member of a panel, and whether they were there."""

    class Part(models.TextChoices):
        CHAIR = "chair", "Chair"
        MEMBER = "member", "Member"
        APOLOGIES = "apologies", "Sent apologies"

    panel = models.ForeignKey(Panel, models.CASCADE, related_name="attendance")
    person = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    part = models.CharField(max_length=10, choices=Part)

    class Meta:
        ordering = ["panel", "part", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["panel", "person"], name="attendance_once"),
            models.CheckConstraint(
                condition=Q(part__in=["chair", "member", "apologies"]), name="attendance_part_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_part_display()}"


class PanelDecision(AppendOnly):
    """The score that a panel agreed for a bid and why; the latest stands."""

    panel = models.ForeignKey(Panel, models.PROTECT, related_name="decisions")
    bid = models.ForeignKey(Bid, models.PROTECT, related_name="panel_decisions")
    # Code of the criterion -> the agreed score.
    scores = models.JSONField()
    before = models.DecimalField("mean of the assessors", max_digits=5, decimal_places=2)
    agreed = models.DecimalField("agreed score", max_digits=5, decimal_places=2)
    rationale = models.TextField()
    # Who left the room because of a conflict of interest, by name at the time.
    stood_aside = models.JSONField(default=list)
    at = models.DateTimeField()
    by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(rationale=""), name="decision_has_rationale"),
            models.CheckConstraint(
                condition=Q(agreed__gte=0, agreed__lte=100), name="agreed_score_per_cent"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreed} for {self.bid_id}"
