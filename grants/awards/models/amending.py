"""Amounts of an offer that were negotiated before it was answered."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from carefund.core import clock
from carefund.core.appendonly import AppendOnly
from carefund.core.money import MoneyField
from carefund.core.paths import path_to
from carefund.core.states import StateField, Stateful

from ..states import AMENDMENT
from .offers import Offer

PERSON = settings.AUTH_USER_MODEL


class OfferAmendment(Stateful):
    """Other amounts for an offer: its lines are the `OfferLine` rows of the same version."""

    offer = models.ForeignKey(Offer, models.PROTECT, related_name="amendments")
    version = models.PositiveSmallIntegerField()
    state = StateField(table=AMENDMENT)
    amount = MoneyField()
    # What was offered when it was proposed: an approval is of this change and no other.
    from_amount = MoneyField()
    reason = models.TextField()
    proposed_at = models.DateTimeField(default=clock.now)
    proposed_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["offer", "version"]
        constraints = [
            AMENDMENT.constraint("amendment_state_known"),
            models.UniqueConstraint(fields=["offer", "version"], name="amendment_version_once"),
            models.UniqueConstraint(
                fields=["offer"], condition=Q(state="proposed"), name="amendment_one_at_a_time"
            ),
            models.CheckConstraint(condition=Q(version__gte=2), name="amendment_after_the_offer"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="amendment_amount_positive"),
            models.CheckConstraint(condition=~Q(reason=""), name="amendment_has_reason"),
            models.CheckConstraint(
                condition=~Q(state="made") | Q(made_at__isnull=False),
                name="amendment_made_has_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.offer.reference}, version {self.version}"

    def get_absolute_url(self) -> str:
        return path_to("awards:amendment", self.offer.reference, self.version)

    @property
    def programme_id(self) -> int:
        return self.offer.programme_id


class AmendmentApproval(AppendOnly):
    """One approval of an amendment that rises over what was approved with the round."""

    amendment = models.ForeignKey(OfferAmendment, models.PROTECT, related_name="approvals")
    order = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=100)
    given_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["amendment", "order"]
        constraints = [
            models.UniqueConstraint(fields=["amendment", "order"], name="amendment_step_once"),
            models.UniqueConstraint(
                fields=["amendment", "given_by"], name="amendment_approval_once_by_each"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}: {self.given_by_id}"
