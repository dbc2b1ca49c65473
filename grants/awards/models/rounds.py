from django.conf import settings
from django.db import models
from django.db.models import F, Q

from carefund.core import clock
from carefund.core.paths import path_to
from carefund.core.states import StateField, Stateful
from grants.bids.models import Bid
from programmes.calls.models import Call
from programmes.organisations.models import not_the_same

from ..states import OPEN, ROUND


class AllocationRound(Stateful):
    """A choice among the assessed bids of a call, within its budget lines."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    state = StateField(table=ROUND)
    # `rule` in words, `minimum_score` as a string, and whether the choice is `proven_optimal`.
    method = models.JSONField(default=dict)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    made_at = models.DateTimeField(default=clock.now)
    recommended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    recommended_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    rationale = models.TextField(blank=True)
    # Until then nobody outside learns of the decision; without it they do on the last approval.
    publish_at = models.DateTimeField(null=True, blank=True)
    # Why it could not be published on its day, until it is.
    publish_problem = models.TextField(blank=True)
    release_scores = models.BooleanField(default=False)
    release_comments = models.BooleanField(default=False)
    # The scenario that its choices were taken from.
    scenario = models.ForeignKey(
        "awards.Scenario", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            ROUND.constraint("round_state_known"),
            models.UniqueConstraint(fields=["call", "number"], name="round_number_once"),
            models.UniqueConstraint(
                fields=["call"],
                condition=Q(state__in=["draft", "recommended", "embargoed"]),
                name="round_one_open_per_call",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True)
                | Q(recommended_by__isnull=True)
                | ~Q(approved_by=F("recommended_by")),
                name="round_approved_by_another",
            ),
            not_the_same("approved_by", "made_by", "round_approved_not_by_its_maker"),
            models.CheckConstraint(
                condition=~Q(state__in=["embargoed", "approved"]) | Q(approved_at__isnull=False),
                name="round_approved_has_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call}, round {self.number}"

    def get_absolute_url(self) -> str:
        return path_to("awards:round", self.pk)

    @property
    def programme_id(self) -> int:
        return self.call.programme_id

    @property
    def is_open(self) -> bool:
        return self.state in OPEN


class Choice(models.Model):
    """What a round decides about one bid, and why."""

    class Decision(models.TextChoices):
        FUND = "fund", "Fund"
        RESERVE = "reserve", "Reserve"
        REFUSE = "refuse", "Do not fund"

    round = models.ForeignKey(AllocationRound, models.CASCADE, related_name="choices")
    bid = models.ForeignKey(Bid, models.PROTECT, related_name="choices")
    decision = models.CharField(max_length=8, choices=Decision)
    reason = models.TextField()
    rank = models.PositiveSmallIntegerField()
    # Per cent of what was asked for.
    share = models.PositiveSmallIntegerField(default=100)
    conditions = models.TextField(blank=True)

    class Meta:
        ordering = ["round", "rank"]
        constraints = [
            models.UniqueConstraint(fields=["round", "bid"], name="choice_once"),
            models.CheckConstraint(
                condition=Q(decision__in=["fund", "reserve", "refuse"]),
                name="choice_decision_known",
            ),
            models.CheckConstraint(
                condition=Q(share__gte=1, share__lte=100), name="choice_share_is_per_cent"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_decision_display()}: {self.bid_id}"
