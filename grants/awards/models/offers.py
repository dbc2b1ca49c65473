from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from carefund.core import clock
from carefund.core.amounts import YearAmount, once_and_positive
from carefund.core.appendonly import AppendOnly, AppendOnlyQuerySet
from carefund.core.money import MoneyField
from carefund.core.paths import path_to
from carefund.core.states import StateField, Stateful
from grants.bids.models import Bid
from programmes.organisations.models import Organisation
from programmes.organisations.queries import name_on

from ..states import OFFER
from .rounds import AllocationRound


class Offer(Stateful):
    """A grant offered to the bidder: committed in the ledger in the same transaction."""

    bid = models.OneToOneField(Bid, models.PROTECT, related_name="offer")
    round = models.ForeignKey(AllocationRound, models.PROTECT, related_name="offers")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="offers")
    reference = models.CharField(max_length=30, unique=True)
    state = StateField(table=OFFER)
    amount = MoneyField()
    # Negotiated amounts are a further version; the lines of the earlier ones stay.
    version = models.PositiveSmallIntegerField(default=1)
    offered_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    reply = models.TextField(blank=True)
    # What the grant is bound to beside the agreement's clauses, as decided with the bid.
    conditions = models.TextField(blank=True)
    # "exact", or how the published amount is qualified: "over", "rounded", "sample"
    amount_precision = models.CharField(max_length=200, default="exact")
    source = models.CharField(max_length=500, blank=True)
    is_sample = models.BooleanField(default=False)

    class Meta:
        constraints = [
            OFFER.constraint("offer_state_known"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="offer_amount_positive"),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("offered_at")), name="offer_expires_after_made"
            ),
            models.CheckConstraint(
                condition=Q(state="offered") | Q(answered_at__isnull=False),
                name="offer_answered_has_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} to {self.organisation}"

    def get_absolute_url(self) -> str:
        return path_to("awards:offer", self.reference)

    @property
    def programme_id(self) -> int:
        return self.bid.call.programme_id

    @property
    def answered_in_london(self) -> datetime:
        """When it was answered, by the clock in London. An offer that waits has no such moment."""
        if self.answered_at is None:
            raise ValueError(f"{self.reference} has not been answered.")
        return self.answered_at.astimezone(clock.LONDON)

    @property
    def awarded_to(self) -> str:
        """The name of the recipient on the day it accepted, whatever it is called now."""
        return name_on(self.organisation, self.answered_in_london.date())

    @property
    def has_run_out(self) -> bool:
        """Not answered in its time: it can no longer be accepted."""
        return self.state == "offered" and clock.now() >= self.expires_at


class CurrentLines(models.Manager.from_queryset(AppendOnlyQuerySet)):  # type: ignore[misc]
    """Only what is offered now: `offer.lines` never shows an amount that was negotiated away."""

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().filter(version=F("offer__version"))


class OfferLine(AppendOnly, YearAmount):
    """Pounds of an offer by financial year and kind: what the ledger has committed."""

    offer = models.ForeignKey(Offer, models.PROTECT, related_name="lines")
    version = models.PositiveSmallIntegerField(default=1)

    objects: ClassVar[Any] = CurrentLines()
    every = AppendOnlyQuerySet.as_manager()

    class Meta(YearAmount.Meta):
        constraints = once_and_positive("offer", "offer_line", "offer_line", "version")


class Agreement(AppendOnly):
    """The grant agreement as accepted: frozen text with its fingerprint."""

    offer = models.OneToOneField(Offer, models.PROTECT, related_name="agreement")
    # Lists: `clauses` (each `title` and `text`), `schedule`, `milestones` and `benefits`.
    content = models.JSONField()
    fingerprint = models.CharField("SHA-256 of the content", max_length=64)
    accepted_at = models.DateTimeField()
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    def __str__(self) -> str:
        return f"Agreement on {self.offer_id}"
