"""What an authority asks to be changed, and what becomes of it."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from carefund.core import years
from carefund.core.appendonly import AppendOnly
from carefund.core.money import ZERO, MoneyField
from carefund.core.states import StateField, Stateful

from ..states import CHANGE_REQUEST
from .base import Project
from .holding import OfProject

NEXT_STEPS = {
    "dates": "Now give the milestones their new dates. The dates first agreed stay beside them.",
    "money": "From now on you can claim up to the new amounts. The agreement stays as signed.",
}


class ChangeRequest(OfProject, Stateful):
    """A change an authority asks for: to dates, money or scope."""

    class Kind(models.TextChoices):
        DATES = "dates", "Dates"
        MONEY = "money", "Money between years or kinds"
        SCOPE = "scope", "Scope"

    project = models.ForeignKey(Project, models.PROTECT, related_name="change_requests")
    kind = models.CharField(max_length=5, choices=Kind)
    state = StateField(table=CHANGE_REQUEST)
    what = models.TextField()
    why = models.TextField()
    requested_at = models.DateTimeField()
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decision_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            CHANGE_REQUEST.constraint("change_request_state_known"),
            models.CheckConstraint(
                condition=Q(kind__in=["dates", "money", "scope"]),
                name="change_request_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("requested_by")),
                name="change_request_decided_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.what[:80]}"

    @property
    def total(self) -> Decimal:
        """Pounds of a change of money, the same before and after; its amounts are read with it."""
        return sum((row.after for row in self.amounts.all()), ZERO)

    @property
    def next_step(self) -> str:
        """What the authority does, or can do, once the change is approved."""
        return NEXT_STEPS.get(self.kind, "") if self.state == "approved" else ""


class ChangeAmount(AppendOnly):
    """What a change of money asks for in one financial year and kind, beside what was there."""

    request = models.ForeignKey(ChangeRequest, models.PROTECT, related_name="amounts")
    financial_year = years.FinancialYearField()
    kind = models.CharField(max_length=7, choices=years.Kind)
    # Pounds when it was asked: an approval is of this change and no other.
    before = MoneyField()
    after = MoneyField()

    class Meta:
        ordering = ["financial_year", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["request", "financial_year", "kind"], name="change_amount_once"
            ),
            models.CheckConstraint(
                condition=Q(before__gte=0, after__gte=0), name="change_amount_not_negative"
            ),
            models.CheckConstraint(
                condition=years.year_range("financial_year"), name="change_amount_year_sane"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=years.Kind.values), name="change_amount_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} in {years.short(self.financial_year)}: {self.after}"

    @property
    def change(self) -> Decimal:
        return self.after - self.before
