from django.conf import settings
from django.db import models
from django.db.models import F, Q

from carefund.core import clock, years
from carefund.core.amounts import YearAmount, once_and_positive
from carefund.core.appendonly import AppendOnly
from carefund.core.money import MoneyField
from carefund.core.paths import path_to
from carefund.core.states import StateField, Stateful
from grants.delivery.models import OfProject, Project
from programmes.organisations.models import not_the_same

from .states import CLAIM

AUTHOR = settings.AUTH_USER_MODEL


class Claim(OfProject, Stateful):
    """Money an authority asks for, for what it has spent on a project in a period."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="claims")
    reference = models.CharField(max_length=30, unique=True)
    state = StateField(table=CLAIM)
    period_starts_on = models.DateField()
    period_ends_on = models.DateField()
    # What its lines add up to, written with them: lists add up two hundred thousand claims.
    total = MoneyField(default=0)
    narrative = models.TextField()
    prepared_by = models.ForeignKey(AUTHOR, models.PROTECT, null=True, related_name="+")
    prepared_at = models.DateTimeField(default=clock.now)
    certified_by = models.ForeignKey(
        AUTHOR, models.PROTECT, null=True, blank=True, related_name="+"
    )
    certified_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(AUTHOR, models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    decision_reason = models.TextField(blank=True)
    is_sample = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["state", "-submitted_at"], name="claim_by_state"),
            # Counted, added up and put in order without a look at the claims themselves.
            models.Index(fields=["state", "period_ends_on", "total"], name="claim_by_period"),
        ]
        constraints = [
            CLAIM.constraint("claim_state_known"),
            models.CheckConstraint(
                condition=Q(certified_by__isnull=True)
                | Q(prepared_by__isnull=True)
                | ~Q(certified_by=F("prepared_by")),
                name="claim_certified_by_another",
            ),
            not_the_same("approved_by", "prepared_by", "claim_approved_not_by_its_preparer"),
            not_the_same("approved_by", "certified_by", "claim_approved_not_by_its_certifier"),
            models.CheckConstraint(
                condition=Q(period_ends_on__gte=F("period_starts_on")),
                name="claim_period_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "paid"]) | Q(approved_at__isnull=False),
                name="claim_approved_has_moment",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return path_to("payments:claim", self.reference)


class ClaimLine(YearAmount):
    """Pounds of a claim by financial year and kind."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="lines")

    class Meta(YearAmount.Meta):
        constraints = once_and_positive("claim", "claim_line", "claim_line")


class Payment(AppendOnly):
    """Money released for an approved claim, never by the person who approved it."""

    claim = models.OneToOneField(Claim, models.PROTECT, related_name="payment")
    amount = MoneyField()
    approved_by = models.ForeignKey(AUTHOR, models.PROTECT, null=True, related_name="+")
    released_by = models.ForeignKey(AUTHOR, models.PROTECT, null=True, related_name="+")
    released_at = models.DateTimeField()
    paid_on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="payment_positive"),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True)
                | Q(released_by__isnull=True)
                | ~Q(approved_by=F("released_by")),
                name="payment_released_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"£{self.amount:,.2f} for {self.claim_id}"


class Recovery(AppendOnly):
    """Money to be paid back by a project, with the reason."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="recoveries")
    financial_year = years.FinancialYearField()
    kind = models.CharField(max_length=7, choices=years.Kind)
    amount = MoneyField()
    reason = models.TextField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(AUTHOR, models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "recoveries"
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="recovery_positive"),
            models.CheckConstraint(condition=~Q(reason=""), name="recovery_has_reason"),
        ]

    def __str__(self) -> str:
        return f"£{self.amount:,.2f} from {self.project_id}"

    def get_absolute_url(self) -> str:
        return self.project.get_absolute_url()
