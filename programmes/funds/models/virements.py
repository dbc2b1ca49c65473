"""A change of the budget, proposed by one person and approved by another."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from carefund.core import clock, years
from carefund.core.money import MoneyField
from carefund.core.paths import path_to
from carefund.core.states import StateField, Stateful
from programmes.organisations.models import not_the_same

from ..states import VIREMENT
from .base import Programme

PERSON = settings.AUTH_USER_MODEL


def _year() -> years.FinancialYearField:
    return years.FinancialYearField(null=True, blank=True)


def _kind() -> models.CharField:
    return models.CharField(max_length=7, choices=years.Kind, blank=True)


class Virement(Stateful):
    """Money moved between two budget lines of a programme, brought in, or given back.

    Without a line to take from it brings money in; without a line to give to it gives it back.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="virements")
    state = StateField(table=VIREMENT)
    from_year, from_kind = _year(), _kind()
    to_year, to_kind = _year(), _kind()
    amount = MoneyField()
    dated_on = models.DateField("date of the change")
    reason = models.TextField()
    # What allows money to be turned from capital to revenue, such as a letter of the Treasury.
    authority = models.CharField(max_length=300, blank=True)
    # The same form sent twice is one proposal.
    key = models.CharField(max_length=80, unique=True)
    proposed_at = models.DateTimeField(default=clock.now)
    proposed_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    decision_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            VIREMENT.constraint("virement_state_known"),
            not_the_same("proposed_by", "decided_by", "virement_approved_by_another"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="virement_moves_money"),
            models.CheckConstraint(condition=~Q(reason=""), name="virement_has_reason"),
            models.CheckConstraint(
                condition=Q(from_year__isnull=True, from_kind="")
                | Q(from_year__isnull=False, from_kind__in=years.Kind.values),
                name="virement_from_whole_line",
            ),
            models.CheckConstraint(
                condition=Q(to_year__isnull=True, to_kind="")
                | Q(to_year__isnull=False, to_kind__in=years.Kind.values),
                name="virement_to_whole_line",
            ),
            models.CheckConstraint(
                condition=Q(from_year__isnull=False) | Q(to_year__isnull=False),
                name="virement_has_a_line",
            ),
            models.CheckConstraint(
                condition=Q(from_year__isnull=True)
                | Q(to_year__isnull=True)
                | ~Q(from_year=F("to_year"))
                | ~Q(from_kind=F("to_kind")),
                name="virement_between_two_lines",
            ),
            models.CheckConstraint(
                condition=~Q(from_kind="capital", to_kind="revenue") | ~Q(authority=""),
                name="virement_capital_needs_authority",
            ),
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(decided_at__isnull=False),
                name="virement_approved_has_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"Virement {self.pk} of {self.programme.code}: {self.words}"

    @property
    def words(self) -> str:
        """From where to where, in words."""
        source, target = self.source, self.target
        if not source:
            return f"new money for {target}"
        return f"{source} to {target}" if target else f"{source} given back"

    @property
    def source(self) -> str:
        return line_words(self.from_year, self.from_kind)

    @property
    def target(self) -> str:
        return line_words(self.to_year, self.to_kind)

    def get_absolute_url(self) -> str:
        return path_to("funds:virement", self.programme.code, self.pk)


def line_words(year: int | None, kind: str) -> str:
    return f"{years.label(year)} {kind}" if year is not None else ""
