from django.conf import settings
from django.db import models
from django.db.models import Q

from carefund.core.appendonly import AppendOnly
from programmes.organisations.models import Organisation


class Standard(models.Model):
    """A versioned catalogue of what good looks like."""

    code = models.SlugField(max_length=40)
    version = models.CharField(max_length=20)
    name = models.CharField(max_length=150)
    summary = models.TextField()
    published_on = models.DateField()
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="standard_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.version})"


class Measure(models.Model):
    """One measure of a standard."""

    standard = models.ForeignKey(Standard, models.CASCADE, related_name="measures")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=150)
    description = models.TextField(blank=True)

    class Meta:
        ordering = ["standard", "number"]
        constraints = [
            models.UniqueConstraint(fields=["standard", "number"], name="measure_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


class Level(models.Model):
    """A step of maturity in a measure, with the words by which it is recognised."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="levels")
    level = models.PositiveSmallIntegerField()
    descriptor = models.TextField()

    class Meta:
        ordering = ["measure", "level"]
        constraints = [
            models.UniqueConstraint(fields=["measure", "level"], name="level_once"),
            models.CheckConstraint(condition=Q(level__lte=5), name="level_up_to_five"),
        ]

    def __str__(self) -> str:
        return f"{self.measure}: level {self.level}"


class SelfAssessment(AppendOnly):
    """Where an organisation says it stands in a measure, at a moment; a later one supersedes."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="self_assessments")
    level = models.ForeignKey(Level, models.PROTECT)
    evidence = models.TextField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "-recorded_at"], name="self_assessment_latest")
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.level}"
