"""Grants to many authorities at once under section 31 of the Local Government Act 2003."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from carefund.core import clock, years
from carefund.core.money import MoneyField
from carefund.core.paths import path_to
from carefund.core.states import StateField, Stateful
from programmes.funds.models import Programme
from programmes.organisations.models import Organisation, not_the_same

from ..states import DETERMINATION

PERSON = settings.AUTH_USER_MODEL


class Determination(Stateful):
    """What a minister determines: how much each authority gets, and how it is bound."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="determinations")
    reference = models.CharField(max_length=30, unique=True)
    state = StateField(table=DETERMINATION)
    title = models.CharField(max_length=200)
    purpose = models.TextField()
    financial_year = years.FinancialYearField()
    kind = models.CharField(max_length=7, choices=years.Kind)
    # What the amounts of the authorities add up to, to the penny.
    total = MoneyField()
    ring_fenced = models.BooleanField()
    conditions = models.TextField(blank=True)
    made_at = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField(null=True, blank=True)
    issued_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    # The day on which every authority is paid its amount, in one payment.
    pay_on = models.DateField(null=True, blank=True)
    paid_at = models.DateTimeField(null=True, blank=True)
    paid_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    # What this one takes the place of when it is issued, and why.
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replacements"
    )
    change_reason = models.TextField(blank=True)
    is_sample = models.BooleanField(default=False)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            DETERMINATION.constraint("determination_state_known"),
            models.CheckConstraint(condition=Q(total__gt=0), name="determination_total_positive"),
            models.CheckConstraint(
                condition=years.year_range("financial_year"), name="determination_year_sane"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=years.Kind.values), name="determination_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "abandoned"]) | Q(issued_at__gte=F("made_at")),
                name="determination_issued_has_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state="paid") | Q(paid_at__isnull=False),
                name="determination_paid_has_moment",
            ),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True) | ~Q(change_reason=""),
                name="determination_change_has_reason",
            ),
            models.UniqueConstraint(
                fields=["replaces"],
                condition=Q(state__in=["draft", "issued", "paid"]),
                name="determination_replaced_once",
            ),
            not_the_same("made_by", "issued_by", "determination_issued_by_another"),
            not_the_same("issued_by", "paid_by", "determination_paid_by_another"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    def get_absolute_url(self) -> str:
        return path_to("awards:determination", self.reference)

    @property
    def issued_in_london(self) -> datetime:
        """When it was issued, by the clock in London. A draft has no such moment."""
        if self.issued_at is None:
            raise ValueError(f"{self.reference} has not been issued.")
        return self.issued_at.astimezone(clock.LONDON)


class DeterminationShare(models.Model):
    """What one authority gets. It changes until the determination is issued, then never."""

    determination = models.ForeignKey(Determination, models.PROTECT, related_name="shares")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="determined")
    amount = MoneyField()

    class Meta:
        ordering = ["organisation__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["determination", "organisation"], name="determination_share_once"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="determination_share_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.amount} to {self.organisation}"
