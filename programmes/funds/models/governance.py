"""How a programme answers for itself: who pays, what the standard asks, what reviews decided."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from carefund.core import clock
from carefund.core.appendonly import AppendOnly
from carefund.core.money import MoneyField

from .base import Programme

PERSON = settings.AUTH_USER_MODEL


class FundingSource(models.Model):
    """Where the programme's money comes from, such as a levy or a spending review."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="funding_sources")
    name = models.CharField(max_length=200)
    amount = MoneyField(null=True, blank=True)
    reference = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["programme", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "name"], name="funding_source_once"),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0),
                name="funding_source_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RequirementAnswer(AppendOnly):
    """How a programme meets one of the ten minimum requirements, or why not. The last stands."""

    class Stance(models.TextChoices):
        COMPLY = "comply", "Complies"
        EXPLAIN = "explain", "Explains why not"

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="requirement_answers")
    number = models.PositiveSmallIntegerField()
    stance = models.CharField(max_length=7, choices=Stance)
    # What shows that it complies, or where the departure is justified.
    evidence = models.TextField()
    recorded_at = models.DateTimeField(default=clock.now)
    recorded_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["programme", "number", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=10), name="requirement_is_one_of_ten"
            ),
            models.CheckConstraint(
                condition=Q(stance__in=["comply", "explain"]), name="requirement_stance_known"
            ),
            models.CheckConstraint(condition=~Q(evidence=""), name="requirement_has_evidence"),
        ]

    def __str__(self) -> str:
        return f"Minimum requirement {self.number} of {self.programme}"


class AnnualReview(AppendOnly):
    """What a senior officer decided about a programme after a year, for good."""

    class Decision(models.TextChoices):
        CONTINUE = "continue", "Continue"
        AMEND = "amend", "Amend"
        DISCONTINUE = "discontinue", "Discontinue"

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="annual_reviews")
    reviewed_on = models.DateField()
    decision = models.CharField(max_length=11, choices=Decision)
    findings = models.TextField()
    recorded_at = models.DateTimeField(default=clock.now)
    recorded_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["programme", "-reviewed_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "reviewed_on"], name="annual_review_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(decision__in=["continue", "amend", "discontinue"]),
                name="annual_review_decision_known",
            ),
            models.CheckConstraint(condition=~Q(findings=""), name="annual_review_has_findings"),
        ]

    def __str__(self) -> str:
        return f"Review of {self.programme} on {self.reviewed_on}"
