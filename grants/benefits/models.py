from django.conf import settings
from django.db import models
from django.db.models import F, Q

from carefund.core import years
from carefund.core.appendonly import AppendOnly
from carefund.core.money import MoneyField
from carefund.core.paths import path_to
from grants.delivery.models import OfProject, Project

PERSON = settings.AUTH_USER_MODEL


class BenefitClass(models.TextChoices):
    """The four classes of the NHS Comprehensive Investment Appraisal model."""

    CASH_RELEASING = "crb", "Cash releasing"
    NON_CASH_RELEASING = "ncrb", "Non-cash releasing"
    SOCIETAL = "sb", "Societal"
    UNMONETISABLE = "ub", "Unmonetisable"


class BenefitProfile(OfProject, models.Model):
    """One promised benefit: what is measured, from what baseline, worth what."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="benefits")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    benefit_class = models.CharField(max_length=4, choices=BenefitClass)
    measure = models.CharField(max_length=200)
    unit = models.CharField(max_length=40)
    baseline = models.DecimalField(max_digits=14, decimal_places=2)
    baseline_on = models.DateField()
    target = models.DecimalField(max_digits=14, decimal_places=2)
    owner = models.CharField(max_length=150)
    # Pounds of one unit of improvement, with where that is from; None where it has no price.
    unit_value = MoneyField(null=True, blank=True)
    unit_value_source = models.CharField(max_length=300, blank=True)
    price_year = years.FinancialYearField(null=True, blank=True)
    # The part of the change that the project may claim as its doing.
    attribution = models.PositiveSmallIntegerField("attribution in per cent", default=100)
    source = models.CharField(max_length=500, blank=True)
    is_sample = models.BooleanField(default=False)

    class Meta:
        ordering = ["project", "number"]
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="benefit_number_once"),
            models.CheckConstraint(
                condition=Q(benefit_class__in=BenefitClass.values), name="benefit_class_known"
            ),
            models.CheckConstraint(
                condition=~Q(benefit_class="ub") | Q(unit_value__isnull=True),
                name="unmonetisable_benefit_has_no_price",
            ),
            models.CheckConstraint(
                condition=Q(attribution__gte=1, attribution__lte=100),
                name="benefit_attribution_per_cent",
            ),
            models.CheckConstraint(
                condition=~Q(baseline=F("target")), name="benefit_changes_something"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return path_to("benefits:benefit", self.pk)


class BenefitForecast(AppendOnly):
    """Pounds promised for a financial year, as known from a moment on."""

    benefit = models.ForeignKey(BenefitProfile, models.PROTECT, related_name="forecasts")
    financial_year = years.FinancialYearField()
    amount = MoneyField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )

    class Meta:
        ordering = ["benefit", "financial_year", "pk"]
        indexes = [models.Index(fields=["benefit", "recorded_at"], name="forecast_as_at")]
        constraints = [
            models.UniqueConstraint(
                fields=["benefit", "financial_year"],
                condition=Q(supersedes__isnull=True),
                name="forecast_one_original",
            ),
            models.CheckConstraint(
                condition=years.year_range("financial_year"), name="forecast_year_sane"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount} in {years.short(self.financial_year)}"


class BenefitObservation(AppendOnly):
    """What was measured for a period and what it is worth; a correction supersedes."""

    benefit = models.ForeignKey(BenefitProfile, models.PROTECT, related_name="observations")
    period_starts_on = models.DateField()
    period_ends_on = models.DateField()
    measured = models.DecimalField(max_digits=14, decimal_places=2)
    # Units of improvement in the period, and their worth in pounds after attribution.
    improvement = models.DecimalField(max_digits=14, decimal_places=2)
    amount = MoneyField(null=True, blank=True)
    method = models.TextField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    source = models.CharField(max_length=500, blank=True)
    is_sample = models.BooleanField(default=False)

    class Meta:
        ordering = ["benefit", "period_starts_on", "pk"]
        indexes = [
            models.Index(fields=["benefit", "recorded_at"], name="observation_as_at"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["benefit", "period_starts_on"],
                condition=Q(supersedes__isnull=True),
                name="observation_one_original",
            ),
            models.CheckConstraint(
                condition=Q(period_ends_on__gt=F("period_starts_on")),
                name="observation_period_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measured} for {self.period_starts_on} to {self.period_ends_on}"

    @property
    def programme_id(self) -> int:
        return self.benefit.project.programme_id

    @property
    def organisation_id(self) -> int:
        return self.benefit.project.organisation_id


class Verification(AppendOnly):
    """An officer's finding on an observation, never by the person who recorded it."""

    observation = models.OneToOneField(
        BenefitObservation, models.PROTECT, related_name="verification"
    )
    accepted = models.BooleanField()
    note = models.TextField()
    recorded_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    verified_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    verified_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(recorded_by__isnull=True)
                | Q(verified_by__isnull=True)
                | ~Q(recorded_by=F("verified_by")),
                name="observation_verified_by_another",
            ),
            models.CheckConstraint(
                condition=Q(accepted=True) | ~Q(note=""), name="refused_observation_has_note"
            ),
        ]

    def __str__(self) -> str:
        return "Verified" if self.accepted else "Not accepted"


class Deflator(models.Model):
    """The GDP deflator of a financial year in a published series."""

    series = models.CharField(max_length=60)
    financial_year = years.FinancialYearField()
    index = models.DecimalField(max_digits=9, decimal_places=3)
    source = models.CharField(max_length=300)

    class Meta:
        ordering = ["series", "financial_year"]
        constraints = [
            models.UniqueConstraint(fields=["series", "financial_year"], name="deflator_once"),
            models.CheckConstraint(condition=Q(index__gt=0), name="deflator_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.series} {years.short(self.financial_year)}: {self.index}"


class DiscountRate(models.Model):
    """A step of a discount-rate table: the rate for years `from_year` to `to_year`."""

    class Purpose(models.TextChoices):
        STANDARD = "standard", "Standard"
        HEALTH = "health", "Health"

    purpose = models.CharField(max_length=8, choices=Purpose)
    valid_from = models.DateField()
    from_year = models.PositiveSmallIntegerField()
    to_year = models.PositiveSmallIntegerField(null=True, blank=True)
    rate = models.DecimalField("rate in per cent", max_digits=5, decimal_places=2)
    source = models.CharField(max_length=300)

    class Meta:
        ordering = ["purpose", "valid_from", "from_year"]
        constraints = [
            models.UniqueConstraint(
                fields=["purpose", "valid_from", "from_year"], name="discount_rate_once"
            ),
            models.CheckConstraint(
                condition=Q(purpose__in=["standard", "health"]), name="discount_purpose_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rate}% from year {self.from_year}"


class OptimismBias(models.Model):
    """Upper and lower bounds of optimism bias, in per cent, by type of project."""

    project_type = models.CharField(max_length=60, unique=True)
    duration_upper = models.PositiveSmallIntegerField(null=True, blank=True)
    duration_lower = models.PositiveSmallIntegerField(null=True, blank=True)
    cost_upper = models.PositiveSmallIntegerField()
    cost_lower = models.PositiveSmallIntegerField()
    note = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=300)

    class Meta:
        verbose_name_plural = "optimism bias"
        constraints = [
            models.CheckConstraint(
                condition=Q(cost_upper__gte=F("cost_lower")), name="optimism_bias_in_order"
            )
        ]

    def __str__(self) -> str:
        return self.project_type
