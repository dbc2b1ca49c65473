from django.conf import settings
from django.db import models
from django.db.models import Q

from carefund.core.money import MoneyField

from .base import Bid, BidGuest


class BidPartner(models.Model):
    """An organisation that takes part in one bid and confirms what it will do and give."""

    class Answer(models.TextChoices):
        WAITING = "waiting", "Not confirmed yet"
        CONFIRMED = "confirmed", "Confirmed"
        DECLINED = "declined", "Declined"

    bid = models.ForeignKey(Bid, models.PROTECT, related_name="partners")
    # Through this access the partner reads the bid; it ends like any other guest's.
    guest = models.OneToOneField(BidGuest, models.PROTECT, related_name="partner")
    organisation = models.CharField(max_length=200)
    part = models.TextField("what they will do")
    contribution = MoneyField("what they will give")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    answer = models.CharField(max_length=10, choices=Answer, default=Answer.WAITING)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Why they declined, or what they want to add.
    remark = models.TextField(blank=True)

    class Meta:
        ordering = ["bid", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer__in=["waiting", "confirmed", "declined"]),
                name="partner_answer_known",
            ),
            models.CheckConstraint(
                condition=Q(answer="waiting", answered_at__isnull=True)
                | (~Q(answer="waiting") & Q(answered_at__isnull=False)),
                name="partner_answer_has_moment",
            ),
            models.CheckConstraint(
                condition=Q(contribution__gte=0), name="partner_contribution_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} in {self.bid_id}"
