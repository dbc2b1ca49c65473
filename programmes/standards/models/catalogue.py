from django.db import models
from django.db.models import Q

from carefund.core import clock
from carefund.core.paths import path_to


class StandardQuerySet(models.QuerySet["Standard"]):
    def newest(self) -> "StandardQuerySet":
        """The version of each catalogue that is in force today."""
        known = self.filter(published_on__lte=clock.today())
        same = known.filter(code=models.OuterRef("code")).order_by("-published_on", "-pk")
        return self.filter(pk=models.Subquery(same.values("pk")[:1])).order_by("name")


class Standard(models.Model):
    """A versioned catalogue of what good looks like."""

    code = models.SlugField(max_length=40)
    version = models.CharField(max_length=20)
    name = models.CharField(max_length=150)
    summary = models.TextField()
    published_on = models.DateField()
    source = models.CharField(max_length=300, blank=True)

    objects = StandardQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="standard_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.version})"

    def get_absolute_url(self) -> str:
        return path_to("standards:version", self.code, self.version)


class Measure(models.Model):
    """One measure of a standard."""

    standard = models.ForeignKey(Standard, models.CASCADE, related_name="measures")
    number = models.PositiveSmallIntegerField()
    # The same in every version in which the measure asks for the same thing.
    code = models.SlugField(max_length=60)
    title = models.CharField(max_length=150)
    description = models.TextField(blank=True)

    class Meta:
        ordering = ["standard", "number"]
        constraints = [
            models.UniqueConstraint(fields=["standard", "number"], name="measure_number_once"),
            models.UniqueConstraint(fields=["standard", "code"], name="measure_code_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


class Level(models.Model):
    """A step of maturity in a measure, with the words by which it is recognised."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="levels")
    level = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=40, blank=True)
    descriptor = models.TextField()

    class Meta:
        ordering = ["measure", "level"]
        constraints = [
            models.UniqueConstraint(fields=["measure", "level"], name="level_once"),
            models.CheckConstraint(condition=Q(level__lte=5), name="level_up_to_five"),
        ]

    def __str__(self) -> str:
        return f"{self.measure}: level {self.level}"
