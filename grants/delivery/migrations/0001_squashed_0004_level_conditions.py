import carefund.core.appendonly
import carefund.core.clock
import carefund.core.operations
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("delivery", "0001_initial"),
        ("delivery", "0002_append_only"),
        ("delivery", "0003_guests_and_holders"),
        ("delivery", "0004_level_conditions"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_squashed_0002_sign_in_failures"),
        ("awards", "0001_squashed_0006_amendments_and_payment"),
        ("funds", "0001_squashed_0004_governance_and_virements"),
        ("organisations", "0001_squashed_0002_people_and_places"),
        ("standards", "0001_squashed_0003_assessing_and_demands"),
    ]

    operations = [
        carefund.core.operations.CreateModels(
            models=[
                migrations.CreateModel(
                    name="Project",
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
                        ("reference", models.CharField(max_length=30, unique=True)),
                        ("title", models.CharField(max_length=200)),
                        ("summary", models.TextField()),
                        ("story", models.TextField(blank=True)),
                        (
                            "state",
                            models.CharField(default="active", editable=False, max_length=30),
                        ),
                        ("starts_on", models.DateField()),
                        ("ends_on", models.DateField()),
                        ("started_at", models.DateTimeField(default=carefund.core.clock.now)),
                        ("source", models.CharField(blank=True, max_length=500)),
                        ("is_sample", models.BooleanField(default=False)),
                        (
                            "offer",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="project",
                                to="awards.offer",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="projects",
                                to="organisations.organisation",
                            ),
                        ),
                        (
                            "programme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="projects",
                                to="funds.programme",
                            ),
                        ),
                        (
                            "theme",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="projects",
                                to="funds.theme",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["programme", "state"], name="project_by_programme")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["active", "paused", "completed", "terminated"])
                                ),
                                name="project_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("ends_on__gt", models.F("starts_on"))),
                                name="project_ends_after_start",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MonitoringReturn",
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
                        ("due_on", models.DateField()),
                        ("state", models.CharField(default="due", editable=False, max_length=30)),
                        ("progress", models.TextField(blank=True)),
                        (
                            "confidence",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("on_track", "On track"),
                                    ("at_risk", "At risk"),
                                    ("off_track", "Off track"),
                                ],
                                max_length=9,
                            ),
                        ),
                        ("submitted_at", models.DateTimeField(blank=True, null=True)),
                        ("is_sample", models.BooleanField(default=False)),
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
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="returns",
                                to="delivery.project",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["project", "period_starts_on"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["due", "submitted", "accepted"])),
                                name="return_state_known",
                            ),
                            models.UniqueConstraint(
                                fields=("project", "period_starts_on"),
                                name="return_once_per_period",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("period_ends_on__gt", models.F("period_starts_on"))
                                ),
                                name="return_period_in_order",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "due"),
                                    ("submitted_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="return_submitted_has_moment",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Milestone",
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
                        ("position", models.PositiveSmallIntegerField()),
                        ("title", models.CharField(max_length=200)),
                        ("evidence_required", models.CharField(blank=True, max_length=300)),
                        ("baseline_on", models.DateField()),
                        (
                            "state",
                            models.CharField(default="planned", editable=False, max_length=30),
                        ),
                        ("achieved_on", models.DateField(blank=True, null=True)),
                        ("is_sample", models.BooleanField(default=False)),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="milestones",
                                to="delivery.project",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["project", "position"],
                        "indexes": [
                            models.Index(fields=["state", "baseline_on"], name="milestone_by_date")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["planned", "reported", "achieved", "removed"])
                                ),
                                name="milestone_state_known",
                            ),
                            models.UniqueConstraint(
                                fields=("project", "position"), name="milestone_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state__in", ["reported", "achieved"]), _negated=True
                                    ),
                                    ("achieved_on__isnull", False),
                                    _connector="OR",
                                ),
                                name="milestone_reported_has_date",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ChangeRequest",
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
                            "kind",
                            models.CharField(
                                choices=[
                                    ("dates", "Dates"),
                                    ("money", "Money between years or kinds"),
                                    ("scope", "Scope"),
                                ],
                                max_length=5,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(default="requested", editable=False, max_length=30),
                        ),
                        ("what", models.TextField()),
                        ("why", models.TextField()),
                        ("requested_at", models.DateTimeField()),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        ("decision_reason", models.TextField(blank=True)),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "requested_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="change_requests",
                                to="delivery.project",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["requested", "approved", "refused", "withdrawn"])
                                ),
                                name="change_request_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["dates", "money", "scope"])),
                                name="change_request_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("decided_by__isnull", True),
                                    models.Q(
                                        ("decided_by", models.F("requested_by")), _negated=True
                                    ),
                                    _connector="OR",
                                ),
                                name="change_request_decided_by_another",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Risk",
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
                        ("title", models.CharField(max_length=200)),
                        ("mitigation", models.TextField(blank=True)),
                        ("raised_at", models.DateTimeField(default=carefund.core.clock.now)),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        ("is_sample", models.BooleanField(default=False)),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="risks",
                                to="delivery.project",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("closed_at__isnull", True),
                                    ("closed_at__gte", models.F("raised_at")),
                                    _connector="OR",
                                ),
                                name="risk_closed_after_raised",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProjectGuest",
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
                            "role",
                            models.CharField(
                                choices=[("viewer", "Viewer"), ("contributor", "Contributor")],
                                max_length=12,
                            ),
                        ),
                        ("given_at", models.DateTimeField(default=carefund.core.clock.now)),
                        ("ends_on", models.DateField(verbose_name="last day")),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "ended_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "given_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "invitation",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organisations.invitation",
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="guests",
                                to="delivery.project",
                            ),
                        ),
                        (
                            "user",
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
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("given_by__isnull", True),
                                    ("user__isnull", True),
                                    models.Q(("given_by", models.F("user")), _negated=True),
                                    _connector="OR",
                                ),
                                name="projectguest_given_by_another",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("role__in", ["viewer", "contributor"])),
                                name="projectguest_role_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProjectHolder",
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
                        ("reason", models.TextField()),
                        ("recorded_at", models.DateTimeField(default=carefund.core.clock.now)),
                        (
                            "predecessor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organisations.organisation",
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="holders",
                                to="delivery.project",
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
                            "successor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organisations.organisation",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("predecessor", models.F("successor")), _negated=True
                                ),
                                name="projectholder_between_two",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LevelCondition",
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
                        ("due_on", models.DateField(verbose_name="to be reached by")),
                        ("state", models.CharField(default="set", editable=False, max_length=30)),
                        ("set_at", models.DateTimeField(default=carefund.core.clock.now)),
                        ("met_at", models.DateTimeField(blank=True, null=True)),
                        ("is_sample", models.BooleanField(default=False)),
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
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="level_conditions",
                                to="delivery.project",
                            ),
                        ),
                        (
                            "set_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "shown_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="standards.selfassessment",
                            ),
                        ),
                        (
                            "standard",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="standards.standard",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["project", "due_on", "pk"],
                        "indexes": [
                            models.Index(fields=["state", "due_on"], name="level_condition_by_date")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["set", "met", "released"])),
                                name="level_condition_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("level__gte", 1), ("level__lte", 5)),
                                name="level_condition_level_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "met"), _negated=True),
                                    models.Q(
                                        ("met_at__isnull", False), ("shown_by__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="level_condition_met_is_shown",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RiskAssessment",
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
                        ("likelihood", models.PositiveSmallIntegerField()),
                        ("impact", models.PositiveSmallIntegerField()),
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
                            "risk",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assessments",
                                to="delivery.risk",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["risk", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("impact__gte", 1),
                                    ("impact__lte", 5),
                                    ("likelihood__gte", 1),
                                    ("likelihood__lte", 5),
                                ),
                                name="risk_on_five_point_scale",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MilestoneFact",
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
                            "kind",
                            models.CharField(
                                choices=[
                                    ("forecast", "Forecast"),
                                    ("reported", "Reported as achieved"),
                                    ("returned", "Returned"),
                                    ("confirmed", "Confirmed"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("on", models.DateField()),
                        ("note", models.TextField(blank=True)),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "milestone",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="facts",
                                to="delivery.milestone",
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
                    ],
                    options={
                        "ordering": ["milestone", "pk"],
                        "indexes": [
                            models.Index(
                                fields=["milestone", "recorded_at"], name="milestone_as_at"
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind__in", ["forecast", "reported", "returned", "confirmed"])
                                ),
                                name="milestone_fact_kind_known",
                            )
                        ],
                    },
                ),
            ],
        ),
        carefund.core.appendonly.RefuseChanges(
            table="delivery_milestonefact",
        ),
        carefund.core.appendonly.RefuseChanges(
            table="delivery_riskassessment",
        ),
        carefund.core.appendonly.RefuseChanges(
            table="delivery_projectholder",
        ),
    ]
