from django.conf import settings
from django.db import models
from django.db.models import F, Q

from carefund.core.appendonly import AppendOnly
from programmes.funds.models import Programme
from programmes.organisations.models import Organisation


class Target(models.Model):
    """A national target: what share of what, from where, to where, by when."""

    code = models.SlugField(max_length=40, unique=True)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="targets")
    name = models.CharField(max_length=200)
    definition = models.TextField()
    unit = models.CharField(max_length=20, default="per cent")
    baseline = models.DecimalField(max_digits=6, decimal_places=2)
    baseline_on = models.DateField()
    goal = models.DecimalField(max_digits=6, decimal_places=2)
    goal_on = models.DateField()
    source = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(goal_on__gt=F("baseline_on")), name="target_goal_after_baseline"
            )
        ]

    def __str__(self) -> str:
        return self.name


class TargetObservation(AppendOnly):
    """A statement about the target: measured, forecast or planned, and when it became known."""

    class Kind(models.TextChoices):
        ACTUAL = "actual", "Measured"
        LOWER_BOUND = "lower_bound", "Measured, at least"
        DERIVED = "derived", "Derived"
        FORECAST = "forecast", "Forecast"
        INTERIM_TARGET = "interim_target", "Interim target"
        PLANNED = "planned", "Planned"

    target = models.ForeignKey(Target, models.PROTECT, related_name="observations")
    area = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )  # None: England
    on = models.DateField()
    value = models.DecimalField(max_digits=6, decimal_places=2)
    kind = models.CharField(max_length=15, choices=Kind)
    statement = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=500, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    is_sample = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["target", "on", "recorded_at"], name="target_as_at"),
            models.Index(fields=["target", "area", "on", "kind"], name="target_standing"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(value__gte=0, value__lte=100), name="target_value_per_cent"
            ),
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        "actual",
                        "lower_bound",
                        "derived",
                        "forecast",
                        "interim_target",
                        "planned",
                    ]
                ),
                name="target_observation_kind_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.target}: {self.value} on {self.on}"


class Location(models.Model):
    """A place where care is given, as the regulator registers it."""

    identifier = models.CharField("location identifier", max_length=20, unique=True)
    name = models.CharField(max_length=200)
    authority = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    board = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    opened_on = models.DateField()
    # The first day on which it is closed.
    closed_on = models.DateField(null=True, blank=True)
    is_sample = models.BooleanField(default=False)

    class Meta:
        ordering = ["identifier"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gt=F("opened_on")),
                name="location_closes_after_opening",
            )
        ]

    def __str__(self) -> str:
        return self.name


class LocationChange(AppendOnly):
    """From `month` on a location has, or no longer has, digital records; when that became known.

    Months in which nothing changed have no row. For one month the row recorded last counts.
    """

    location = models.ForeignKey(Location, models.PROTECT, related_name="changes")
    month = models.DateField("first day of the month")
    has_record = models.BooleanField()
    recorded_at = models.DateTimeField()
    is_sample = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["location", "month", "recorded_at"], name="location_as_at")]
        constraints = [
            models.CheckConstraint(condition=Q(month__day=1), name="location_month_first_day")
        ]

    def __str__(self) -> str:
        return f"{self.location_id} from {self.month}"
