import carefund.core.appendonly
import carefund.core.money
import carefund.core.operations
import carefund.core.years
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("benefits", "0001_initial"), ("benefits", "0002_append_only")]

    initial = True

    dependencies = [
        ("accounts", "0001_squashed_0002_sign_in_failures"),
        ("delivery", "0001_squashed_0004_level_conditions"),
    ]

    operations = [
        carefund.core.operations.CreateModels(
            models=[
                migrations.CreateModel(
                    name="BenefitProfile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField()),
                        ("title", models.CharField(max_length=200)),
                        (
                            "benefit_class",
                            models.CharField(
                                choices=[
                                    ("crb", "Cash releasing"),
                                    ("ncrb", "Non-cash releasing"),
                                    ("sb", "Societal"),
                                    ("ub", "Unmonetisable"),
                                ],
                                max_length=4,
                            ),
                        ),
                        ("measure", models.CharField(max_length=200)),
                        ("unit", models.CharField(max_length=40)),
                        ("baseline", models.DecimalField(decimal_places=2, max_digits=14)),
                        ("baseline_on", models.DateField()),
                        ("target", models.DecimalField(decimal_places=2, max_digits=14)),
                        ("owner", models.CharField(max_length=150)),
                        ("unit_value", carefund.core.money.MoneyField(blank=True, null=True)),
                        ("unit_value_source", models.CharField(blank=True, max_length=300)),
                        (
                            "price_year",
                            carefund.core.years.FinancialYearField(blank=True, null=True),
                        ),
                        (
                            "attribution",
                            models.PositiveSmallIntegerField(
                                default=100, verbose_name="attribution in per cent"
                            ),
                        ),
                        ("source", models.CharField(blank=True, max_length=500)),
                        ("is_sample", models.BooleanField(default=False)),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="benefits",
                                to="delivery.project",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["project", "number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("project", "number"), name="benefit_number_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("benefit_class__in", ["crb", "ncrb", "sb", "ub"])
                                ),
                                name="benefit_class_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("benefit_class", "ub"), _negated=True),
                                    ("unit_value__isnull", True),
                                    _connector="OR",
                                ),
                                name="unmonetisable_benefit_has_no_price",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("attribution__gte", 1), ("attribution__lte", 100)
                                ),
                                name="benefit_attribution_per_cent",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("baseline", models.F("target")), _negated=True),
                                name="benefit_changes_something",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Deflator",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("series", models.CharField(max_length=60)),
                        ("financial_year", carefund.core.years.FinancialYearField()),
                        ("index", models.DecimalField(decimal_places=3, max_digits=9)),
                        ("source", models.CharField(max_length=300)),
                    ],
                    options={
                        "ordering": ["series", "financial_year"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("series", "financial_year"), name="deflator_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("index__gt", 0)), name="deflator_positive"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DiscountRate",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "purpose",
                            models.CharField(
                                choices=[("standard", "Standard"), ("health", "Health")],
                                max_length=8,
                            ),
                        ),
                        ("valid_from", models.DateField()),
                        ("from_year", models.PositiveSmallIntegerField()),
                        ("to_year", models.PositiveSmallIntegerField(blank=True, null=True)),
                        (
                            "rate",
                            models.DecimalField(
                                decimal_places=2, max_digits=5, verbose_name="rate in per cent"
                            ),
                        ),
                        ("source", models.CharField(max_length=300)),
                    ],
                    options={
                        "ordering": ["purpose", "valid_from", "from_year"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("purpose", "valid_from", "from_year"),
                                name="discount_rate_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("purpose__in", ["standard", "health"])),
                                name="discount_purpose_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OptimismBias",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("project_type", models.CharField(max_length=60, unique=True)),
                        ("duration_upper", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("duration_lower", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("cost_upper", models.PositiveSmallIntegerField()),
                        ("cost_lower", models.PositiveSmallIntegerField()),
                        ("note", models.CharField(blank=True, max_length=200)),
                        ("source", models.CharField(max_length=300)),
                    ],
                    options={
                        "verbose_name_plural": "optimism bias",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("cost_upper__gte", models.F("cost_lower"))),
                                name="optimism_bias_in_order",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BenefitObservation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("period_starts_on", models.DateField()),
                        ("period_ends_on", models.DateField()),
                        ("measured", models.DecimalField(decimal_places=2, max_digits=14)),
                        ("improvement", models.DecimalField(decimal_places=2, max_digits=14)),
                        ("amount", carefund.core.money.MoneyField(blank=True, null=True)),
                        ("method", models.TextField()),
                        ("recorded_at", models.DateTimeField()),
                        ("source", models.CharField(blank=True, max_length=500)),
                        ("is_sample", models.BooleanField(default=False)),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "supersedes",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="superseded_by",
                                to="benefits.benefitobservation",
                            ),
                        ),
                        (
                            "benefit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="observations",
                                to="benefits.benefitprofile",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["benefit", "period_starts_on", "pk"],
                        "indexes": [
                            models.Index(
                                fields=["benefit", "recorded_at"], name="observation_as_at"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("supersedes__isnull", True)),
                                fields=("benefit", "period_starts_on"),
                                name="observation_one_original",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("period_ends_on__gt", models.F("period_starts_on"))
                                ),
                                name="observation_period_in_order",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BenefitForecast",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("financial_year", carefund.core.years.FinancialYearField()),
                        ("amount", carefund.core.money.MoneyField()),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "supersedes",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="superseded_by",
                                to="benefits.benefitforecast",
                            ),
                        ),
                        (
                            "benefit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="forecasts",
                                to="benefits.benefitprofile",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["benefit", "financial_year", "pk"],
                        "indexes": [
                            models.Index(fields=["benefit", "recorded_at"], name="forecast_as_at")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("supersedes__isnull", True)),
                                fields=("benefit", "financial_year"),
                                name="forecast_one_original",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("financial_year__gte", 2000), ("financial_year__lte", 2099)
                                ),
                                name="forecast_year_sane",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Verification",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("accepted", models.BooleanField()),
                        ("note", models.TextField()),
                        ("verified_at", models.DateTimeField()),
                        (
                            "observation",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="verification",
                                to="benefits.benefitobservation",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "verified_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("recorded_by__isnull", True),
                                    ("verified_by__isnull", True),
                                    models.Q(
                                        ("recorded_by", models.F("verified_by")), _negated=True
                                    ),
                                    _connector="OR",
                                ),
                                name="observation_verified_by_another",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("accepted", True),
                                    models.Q(("note", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="refused_observation_has_note",
                            ),
                        ],
                    },
                ),
            ],
        ),
        carefund.core.appendonly.RefuseChanges(
            table="benefits_benefitforecast",
        ),
        carefund.core.appendonly.RefuseChanges(
            table="benefits_benefitobservation",
        ),
        carefund.core.appendonly.RefuseChanges(
            table="benefits_verification",
        ),
    ]
