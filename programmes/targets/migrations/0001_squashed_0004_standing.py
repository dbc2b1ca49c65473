import carefund.core.appendonly
import carefund.core.operations
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("targets", "0001_initial"),
        ("targets", "0002_append_only"),
        ("targets", "0003_locations"),
        ("targets", "0004_standing"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_squashed_0002_sign_in_failures"),
        ("funds", "0001_squashed_0004_governance_and_virements"),
        ("organisations", "0001_squashed_0002_people_and_places"),
    ]

    operations = [
        carefund.core.operations.CreateModels(
            models=[
                migrations.CreateModel(
                    name="Target",
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
                        ("code", models.SlugField(max_length=40, unique=True)),
                        ("name", models.CharField(max_length=200)),
                        ("definition", models.TextField()),
                        ("unit", models.CharField(default="per cent", max_length=20)),
                        ("baseline", models.DecimalField(decimal_places=2, max_digits=6)),
                        ("baseline_on", models.DateField()),
                        ("goal", models.DecimalField(decimal_places=2, max_digits=6)),
                        ("goal_on", models.DateField()),
                        ("source", models.CharField(blank=True, max_length=500)),
                        (
                            "programme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="targets",
                                to="funds.programme",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("goal_on__gt", models.F("baseline_on"))),
                                name="target_goal_after_baseline",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Location",
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
                            "identifier",
                            models.CharField(
                                max_length=20, unique=True, verbose_name="location identifier"
                            ),
                        ),
                        ("name", models.CharField(max_length=200)),
                        ("opened_on", models.DateField()),
                        ("closed_on", models.DateField(blank=True, null=True)),
                        ("is_sample", models.BooleanField(default=False)),
                        (
                            "authority",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organisations.organisation",
                            ),
                        ),
                        (
                            "board",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organisations.organisation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["identifier"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("closed_on__isnull", True),
                                    ("closed_on__gt", models.F("opened_on")),
                                    _connector="OR",
                                ),
                                name="location_closes_after_opening",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TargetObservation",
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
                        ("on", models.DateField()),
                        ("value", models.DecimalField(decimal_places=2, max_digits=6)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("actual", "Measured"),
                                    ("lower_bound", "Measured, at least"),
                                    ("derived", "Derived"),
                                    ("forecast", "Forecast"),
                                    ("interim_target", "Interim target"),
                                    ("planned", "Planned"),
                                ],
                                max_length=15,
                            ),
                        ),
                        ("statement", models.CharField(blank=True, max_length=300)),
                        ("source", models.CharField(blank=True, max_length=500)),
                        ("recorded_at", models.DateTimeField()),
                        ("is_sample", models.BooleanField(default=False)),
                        (
                            "area",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organisations.organisation",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                blank=True,
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
                                to="targets.targetobservation",
                            ),
                        ),
                        (
                            "target",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="observations",
                                to="targets.target",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["target", "on", "recorded_at"], name="target_as_at"
                            ),
                            models.Index(
                                fields=["target", "area", "on", "kind"], name="target_standing"
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("value__gte", 0), ("value__lte", 100)),
                                name="target_value_per_cent",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "actual",
                                            "lower_bound",
                                            "derived",
                                            "forecast",
                                            "interim_target",
                                            "planned",
                                        ],
                                    )
                                ),
                                name="target_observation_kind_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LocationChange",
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
                        ("month", models.DateField(verbose_name="first day of the month")),
                        ("has_record", models.BooleanField()),
                        ("recorded_at", models.DateTimeField()),
                        ("is_sample", models.BooleanField(default=False)),
                        (
                            "location",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="changes",
                                to="targets.location",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["location", "month", "recorded_at"], name="location_as_at"
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("month__day", 1)),
                                name="location_month_first_day",
                            )
                        ],
                    },
                ),
            ],
        ),
        carefund.core.appendonly.RefuseChanges(
            table="targets_targetobservation",
        ),
        carefund.core.appendonly.RefuseChanges(
            table="targets_locationchange",
        ),
    ]
