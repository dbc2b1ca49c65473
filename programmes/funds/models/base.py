from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q

from carefund.accounts.roles import StaffRole
from carefund.core import clock, years
from carefund.core.appendonly import AppendOnly
from carefund.core.money import ZERO, MoneyField
from programmes.organisations.models import Invitation, Organisation, not_the_same


class Programme(models.Model):
    """A line of public money with a purpose: what ministers announced."""

    code = models.SlugField(max_length=30, unique=True)
    name = models.CharField(max_length=200)
    # Prefix of the references of its bids and projects: DSC-2026-00042-K.
    prefix = models.CharField(max_length=6)
    summary = models.TextField()
    objectives = models.TextField(blank=True)
    funder = models.ForeignKey(Organisation, models.PROTECT, related_name="programmes")
    senior_responsible_owner = models.CharField("senior responsible owner", max_length=150)
    starts_on = models.DateField()
    ends_on = models.DateField()
    business_case = models.CharField("business case reference", max_length=100, blank=True)
    announced_total = MoneyField(null=True, blank=True)
    # A reported programme total of benefits whose basis was not published (DOMAIN 1.6).
    reported_benefits = MoneyField(null=True, blank=True)
    source = models.CharField(max_length=500, blank=True)
    is_sample = models.BooleanField(default=False)

    class Meta:
        ordering = ["starts_on", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="programme_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Theme(models.Model):
    """A purpose within a programme by which bids and benefits are grouped."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="themes")
    code = models.SlugField(max_length=40)
    name = models.CharField(max_length=150)
    # New calls no longer offer it; what was grouped by it stays.
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["programme", "name"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "code"], name="theme_code_once")
        ]

    def __str__(self) -> str:
        return self.name


class RoleAssignmentQuerySet(models.QuerySet):
    def current(self):
        return self.filter(ended_at__isnull=True)


class RoleAssignment(models.Model):
    """A role in the department, for one programme or (without one) for all."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="role_assignments"
    )
    role = models.CharField(max_length=30, choices=StaffRole)
    programme = models.ForeignKey(
        Programme, models.PROTECT, null=True, blank=True, related_name="role_assignments"
    )
    started_at = models.DateTimeField(default=clock.now)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = RoleAssignmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "programme"],
                condition=Q(ended_at__isnull=True),
                name="staff_role_once_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=Q(ended_at__isnull=True, programme__isnull=True),
                name="staff_role_for_all_once",
            ),
            models.CheckConstraint(condition=Q(role__in=StaffRole.values), name="staff_role_known"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("started_at")),
                name="staff_role_ends_after_start",
            ),
            not_the_same("given_by", "user", "staff_role_given_by_another"),
            not_the_same("ended_by", "user", "staff_role_ended_by_another"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.words}"

    @property
    def words(self) -> str:
        """The role and for what it is held."""
        where = self.programme.name if self.programme else "all programmes"
        return f"{self.get_role_display()}, {where}"


class StaffInvitation(models.Model):
    """What an invitation to the department gives: a role, for one programme or for all."""

    invitation = models.OneToOneField(Invitation, models.CASCADE, related_name="staff")
    role = models.CharField(max_length=30, choices=StaffRole)
    programme = models.ForeignKey(
        Programme, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=StaffRole.values), name="staff_invitation_role_known"
            )
        ]

    def __str__(self) -> str:
        where = self.programme.name if self.programme else "all programmes"
        return f"{self.get_role_display()}, {where}"


class BudgetLine(models.Model):
    """Money of one programme, financial year and kind. The totals follow the ledger.

    The totals exist so that the database itself can refuse an overspend, and are written only by
    `actions.post`, under the lock of this row; `queries.unreconciled` proves them against the sums.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="budget_lines")
    financial_year = years.FinancialYearField()
    kind = models.CharField(max_length=7, choices=years.Kind)
    budget = MoneyField(default=ZERO)
    # Set aside for calls that have been announced and not decided.
    reserved = MoneyField(default=ZERO)
    committed = MoneyField(default=ZERO)
    claimed = MoneyField(default=ZERO)
    paid = MoneyField(default=ZERO)

    class Meta:
        ordering = ["financial_year", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "financial_year", "kind"], name="budget_line_once"
            ),
            models.CheckConstraint(
                condition=years.year_range("financial_year"), name="budget_line_year_sane"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=years.Kind.values), name="budget_line_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(committed__lte=F("budget") - F("reserved")),
                name="budget_line_never_overspent",
            ),
            models.CheckConstraint(
                condition=Q(claimed__lte=F("committed")), name="budget_line_claims_within_awards"
            ),
            models.CheckConstraint(
                condition=Q(paid__lte=F("claimed")), name="budget_line_payments_within_claims"
            ),
            models.CheckConstraint(
                condition=Q(
                    budget__gte=0, reserved__gte=0, committed__gte=0, claimed__gte=0, paid__gte=0
                ),
                name="budget_line_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return (
            f"{self.programme.code} {years.short(self.financial_year)} "
            f"{self.get_kind_display().lower()}"
        )

    @property
    def free(self):
        """Budget that is neither promised to an award nor set aside for a call, in pounds."""
        return self.budget - self.reserved - self.committed


class LedgerEntry(AppendOnly):
    """One movement on a budget line. Corrected by an entry that reverses it, never changed."""

    class Column(models.TextChoices):
        BUDGET = "budget", "Budget"
        RESERVED = "reserved", "Reserved for calls"
        COMMITTED = "committed", "Committed"
        CLAIMED = "claimed", "Claimed"
        PAID = "paid", "Paid"

    line = models.ForeignKey(BudgetLine, models.PROTECT, related_name="entries")
    column = models.CharField(max_length=9, choices=Column)
    amount = MoneyField()  # pounds; negative when it takes back
    # The call, award, claim or payment that it stands for, or the virement of the budget.
    subject_type = models.ForeignKey(ContentType, models.PROTECT, null=True, blank=True)
    subject_id = models.CharField(max_length=64, blank=True)
    subject = GenericForeignKey("subject_type", "subject_id")
    subject_name = models.CharField(max_length=200, blank=True)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    key = models.CharField("idempotency key", max_length=200, unique=True)
    reverses = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="reversed_by"
    )
    reason = models.CharField(max_length=300)
    occurred_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name_plural = "ledger entries"
        indexes = [
            models.Index(fields=["line", "column", "recorded_at"], name="ledger_as_at"),
            models.Index(fields=["subject_type", "subject_id"], name="ledger_by_subject"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(amount=0), name="ledger_entry_moves_money"),
            models.CheckConstraint(
                condition=Q(column__in=["budget", "reserved", "committed", "claimed", "paid"]),
                name="ledger_column_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_column_display()} {self.amount} on {self.line}"
