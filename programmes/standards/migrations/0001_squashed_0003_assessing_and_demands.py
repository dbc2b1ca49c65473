import carefund.core.appendonly
import carefund.core.clock
import carefund.core.operations
import django.db.models.deletion
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("standards", "0001_initial"),
        ("standards", "0002_append_only"),
        ("standards", "0003_assessing_and_demands"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_squashed_0002_sign_in_failures"),
        ("calls", "0001_squashed_0006_late_by_grace"),
        ("organisations", "0001_squashed_0002_people_and_places"),
    ]

    operations = [
        carefund.core.operations.CreateModels(
            models=[
                migrations.CreateModel(
                    name="Standard",
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
                        ("code", models.SlugField(max_length=40)),
                        ("version", models.CharField(max_length=20)),
                        ("name", models.CharField(max_length=150)),
                        ("summary", models.TextField()),
                        ("published_on", models.DateField()),
                        ("source", models.CharField(blank=True, max_length=300)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("code", "version"), name="standard_version_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Measure",
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
                        ("title", models.CharField(max_length=150)),
                        ("description", models.TextField(blank=True)),
                        (
                            "standard",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="measures",
                                to="standards.standard",
                            ),
                        ),
                        ("code", models.SlugField(max_length=60)),
                    ],
                    options={
                        "ordering": ["standard", "number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("standard", "number"), name="measure_number_once"
                            ),
                            models.UniqueConstraint(
                                fields=("standard", "code"), name="measure_code_once"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SelfAssessment",
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
                        ("state", models.CharField(default="draft", editable=False, max_length=30)),
                        ("started_at", models.DateTimeField(default=carefund.core.clock.now)),
                        ("submitted_at", models.DateTimeField(blank=True, null=True)),
                        ("is_sample", models.BooleanField(default=False)),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="self_assessments",
                                to="organisations.organisation",
                            ),
                        ),
                        (
                            "standard",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="self_assessments",
                                to="standards.standard",
                            ),
                        ),
                        (
                            "started_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "submitted_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation", "-submitted_at"],
                                name="self_assessment_latest",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["draft", "submitted", "discarded"])
                                ),
                                name="self_assessment_state_known",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "draft")),
                                fields=("organisation", "standard"),
                                name="self_assessment_one_draft",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "submitted"), _negated=True),
                                    ("submitted_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="self_assessment_submitted_has_moment",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Level",
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
                        ("level", models.PositiveSmallIntegerField()),
                        ("descriptor", models.TextField()),
                        (
                            "measure",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="levels",
                                to="standards.measure",
                            ),
                        ),
                        ("name", models.CharField(blank=True, max_length=40)),
                    ],
                    options={
                        "ordering": ["measure", "level"],
                        "constraints": [
                            models.UniqueConstraint(fields=("measure", "level"), name="level_once"),
                            models.CheckConstraint(
                                condition=models.Q(("level__lte", 5)), name="level_up_to_five"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CallDemand",
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
                        ("level", models.PositiveSmallIntegerField()),
                        (
                            "due_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="to be reached by"
                            ),
                        ),
                        (
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="demands",
                                to="calls.call",
                            ),
                        ),
                        (
                            "measure",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="standards.measure",
                            ),
                        ),
                        (
                            "standard",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="demands",
                                to="standards.standard",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["call", "due_on", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("call"),
                                models.F("standard"),
                                django.db.models.functions.comparison.Coalesce(
                                    "measure_id",
                                    models.Value(0),
                                    output_field=models.BigIntegerField(),
                                ),
                                condition=models.Q(("due_on__isnull", True)),
                                name="demand_once_to_bid",
                            ),
                            models.UniqueConstraint(
                                models.F("call"),
                                models.F("standard"),
                                django.db.models.functions.comparison.Coalesce(
                                    "measure_id",
                                    models.Value(0),
                                    output_field=models.BigIntegerField(),
                                ),
                                models.F("due_on"),
                                condition=models.Q(("due_on__isnull", False)),
                                name="demand_once_by_a_day",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("level__gte", 1), ("level__lte", 5)),
                                name="call_demand_level_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Answer",
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
                        ("evidence", models.TextField(blank=True)),
                        ("revision", models.PositiveIntegerField(default=1)),
                        ("saved_at", models.DateTimeField()),
                        ("frozen", models.BooleanField(default=False)),
                        (
                            "saved_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "level",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="standards.level",
                            ),
                        ),
                        (
                            "measure",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="standards.measure",
                            ),
                        ),
                        (
                            "assessment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answers",
                                to="standards.selfassessment",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["assessment", "measure__number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("assessment", "measure"), name="measure_answered_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("revision__gte", 1)),
                                name="measure_revision_from_one",
                            ),
                        ],
                    },
                ),
            ],
        ),
        carefund.core.appendonly.RefuseChanges(
            table="standards_selfassessment",
            unless="OLD.state = 'draft'",
        ),
        carefund.core.appendonly.RefuseChanges(
            table="standards_answer",
            unless="NOT OLD.frozen",
        ),
    ]
