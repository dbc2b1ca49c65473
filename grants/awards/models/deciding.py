from django.conf import settings
from django.db import models
from django.db.models import Q

from carefund.accounts.roles import StaffRole
from carefund.core import clock
from carefund.core.appendonly import AppendOnly
from carefund.core.money import ZERO, MoneyField
from programmes.funds.models import Programme

from .rounds import AllocationRound


class ApprovalStep(models.Model):
    """Who must approve the rounds of a programme from an amount on, one after the other."""

    class Role(models.TextChoices):
        SENIOR_OFFICER = StaffRole.SENIOR_OFFICER.value, "A senior officer"
        MINISTERS_TEAM = StaffRole.MINISTERS_TEAM.value, "The minister, through the minister’s team"

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="approval_steps")
    order = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=100)
    role = models.CharField(max_length=30, choices=Role)
    # The one person who gives it: the senior responsible owner. Without, anybody of the role.
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    from_amount = MoneyField(default=ZERO)

    class Meta:
        ordering = ["programme", "order"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "order"], name="approval_step_once"),
            models.CheckConstraint(
                condition=Q(from_amount__gte=0), name="approval_step_amount_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(role__in=["senior_officer", "ministers_team"]),
                name="approval_step_role_known",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Approval(AppendOnly):
    """One approval of exactly this content. It counts while the content is the same."""

    round = models.ForeignKey(AllocationRound, models.PROTECT, related_name="approvals")
    order = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=100)
    fingerprint = models.CharField("SHA-256 of what was approved", max_length=64)
    remark = models.TextField(blank=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    given_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["round", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "given_by", "fingerprint"], name="approval_once_by_each"
            )
        ]

    def __str__(self) -> str:
        return f"{self.title}: {self.given_by_id}"
