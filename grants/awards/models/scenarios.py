from django.conf import settings
from django.db import models
from django.db.models import Q

from carefund.core import clock
from carefund.core.money import MoneyField
from carefund.core.paths import path_to
from grants.bids.models import Bid
from programmes.funds.models import Theme
from programmes.organisations.models import Organisation, Region

from .rounds import AllocationRound

Q_ABOUT_BID = Q(kind__in=["must", "never", "either"])


class Constraint(models.Model):
    """A wish of the officer that every selection of the round must keep."""

    class Kind(models.TextChoices):
        LEAST_REGION = "least_region", "A region gets at least"
        LEAST_BOARD = "least_board", "An integrated care board’s area gets at least"
        MOST_THEME = "most_theme", "A theme gets at most"
        MOST_AUTHORITY = "most_authority", "One authority gets at most"
        MUST = "must", "A bid must be funded"
        NEVER = "never", "A bid must not be funded"
        EITHER = "either", "One of two bids, not both"
        PART = "part", "A bid may be funded in part"

    round = models.ForeignKey(AllocationRound, models.CASCADE, related_name="constraints")
    kind = models.CharField(max_length=15, choices=Kind)
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+")
    board = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    theme = models.ForeignKey(Theme, models.PROTECT, null=True, blank=True, related_name="+")
    # Of one authority; without it, of any.
    authority = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Of a bid that may be cut; without it, of any.
    bid = models.ForeignKey(Bid, models.PROTECT, null=True, blank=True, related_name="+")
    other_bid = models.ForeignKey(Bid, models.PROTECT, null=True, blank=True, related_name="+")
    # How many bids, or how many pounds; of a bid in part, the least per cent.
    number = models.PositiveIntegerField(null=True, blank=True)
    amount = MoneyField(null=True, blank=True)
    note = models.CharField("why", max_length=300)

    class Meta:
        ordering = ["round", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        "least_region",
                        "least_board",
                        "most_theme",
                        "most_authority",
                        "must",
                        "never",
                        "either",
                        "part",
                    ]
                ),
                name="constraint_kind_known",
            ),
            models.CheckConstraint(
                condition=~Q(kind="least_region") | Q(region__isnull=False),
                name="constraint_has_region",
            ),
            models.CheckConstraint(
                condition=~Q(kind="least_board") | Q(board__isnull=False),
                name="constraint_has_board",
            ),
            models.CheckConstraint(
                condition=~Q(kind="most_theme") | Q(theme__isnull=False),
                name="constraint_has_theme",
            ),
            models.CheckConstraint(
                condition=~Q_ABOUT_BID | Q(bid__isnull=False), name="constraint_has_bid"
            ),
            models.CheckConstraint(
                condition=~Q(kind="either") | Q(other_bid__isnull=False),
                name="constraint_has_other_bid",
            ),
            models.CheckConstraint(
                condition=~Q(kind="part") | Q(number__gte=1, number__lte=99),
                name="constraint_part_is_per_cent",
            ),
            models.CheckConstraint(
                condition=Q_ABOUT_BID
                | Q(number__isnull=False, amount__isnull=True)
                | Q(number__isnull=True, amount__isnull=False),
                name="constraint_counts_bids_or_pounds",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def key(self) -> str:
        return f"wish:{self.pk}"


class Scenario(models.Model):
    """A selection that was worked out for a round, kept as it came out."""

    round = models.ForeignKey(AllocationRound, models.CASCADE, related_name="scenarios")
    name = models.CharField(max_length=100)
    # `objective`, `weight` (per cent on the score), `minimum_score`; `by_hand` where a person
    # chose and nothing was worked out.
    aim = models.JSONField(default=dict)
    # What it was worked out from, in words, and the fingerprint of all of that.
    wishes = models.JSONField(default=list)
    inputs = models.CharField("SHA-256 of what it was worked out from", max_length=64, blank=True)
    # See `queries.scenarios`: shares, sums, reasons, what-ifs, or the conflict. Empty: not yet.
    result = models.JSONField(default=dict)
    steps_done = models.PositiveSmallIntegerField(default=0)
    steps_all = models.PositiveSmallIntegerField(default=0)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["round", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "name"], name="scenario_name_once"),
            models.CheckConstraint(
                condition=Q(steps_done__lte=models.F("steps_all")), name="scenario_steps_in_range"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return path_to("awards:scenario", self.round_id, self.pk)

    @property
    def is_solved(self) -> bool:
        return "shares" in self.result

    @property
    def is_explained(self) -> bool:
        return self.is_solved and self.steps_done == self.steps_all

    @property
    def shares(self) -> dict[int, int]:
        return {int(key): share for key, share in self.result.get("shares", {}).items()}
