import carefund.core.appendonly
import carefund.core.clock
import carefund.core.money
import carefund.core.operations
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("calls", "0001_initial"),
        ("calls", "0002_append_only"),
        ("calls", "0003_life_questions_and_followers"),
        ("calls", "0004_assessors_read_all"),
        ("calls", "0005_call_anonymous_assessment"),
        ("calls", "0006_late_by_grace"),
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
                    name="Call",
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
                        ("title", models.CharField(max_length=200)),
                        ("summary", models.TextField(max_length=800)),
                        ("state", models.CharField(default="draft", editable=False, max_length=30)),
                        ("opens_at", models.DateTimeField()),
                        ("closes_at", models.DateTimeField()),
                        ("total", carefund.core.money.MoneyField(verbose_name="total on offer")),
                        ("smallest_award", carefund.core.money.MoneyField()),
                        ("largest_award", carefund.core.money.MoneyField()),
                        ("eligibility", models.TextField()),
                        ("eligible_kinds", models.JSONField(default=list)),
                        ("several_bids_allowed", models.BooleanField(default=False)),
                        ("assessors_per_bid", models.PositiveSmallIntegerField(default=2)),
                        ("project_starts_on", models.DateField()),
                        ("project_ends_on", models.DateField()),
                        ("published_counts", models.JSONField(blank=True, default=dict)),
                        ("source", models.CharField(blank=True, max_length=500)),
                        ("is_sample", models.BooleanField(default=False)),
                        (
                            "budget_lines",
                            models.ManyToManyField(related_name="calls", to="funds.budgetline"),
                        ),
                        (
                            "follows",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="followed_by",
                                to="calls.call",
                            ),
                        ),
                        (
                            "programme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="calls",
                                to="funds.programme",
                            ),
                        ),
                        (
                            "themes",
                            models.ManyToManyField(
                                blank=True, related_name="calls", to="funds.theme"
                            ),
                        ),
                        ("always_open", models.BooleanField(default=False)),
                        (
                            "copied_from",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="calls.call",
                            ),
                        ),
                        (
                            "eligible_regions",
                            models.ManyToManyField(
                                blank=True, related_name="+", to="organisations.region"
                            ),
                        ),
                        ("invited_only", models.BooleanField(default=False)),
                        (
                            "questions_until",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="questions are taken until"
                            ),
                        ),
                        (
                            "assessors_read_all",
                            models.BooleanField(
                                default=False, verbose_name="assessors may read the whole bid"
                            ),
                        ),
                        (
                            "anonymous_assessment",
                            models.BooleanField(
                                default=False, verbose_name="bids are assessed without names"
                            ),
                        ),
                        (
                            "late_by_grace",
                            models.BooleanField(
                                default=True,
                                verbose_name="a senior officer may let a late bid in for a recorded reason",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-opens_at"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            "draft",
                                            "in_review",
                                            "forecast",
                                            "open",
                                            "closed",
                                            "in_assessment",
                                            "decided",
                                            "archived",
                                        ],
                                    )
                                ),
                                name="call_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("closes_at__gt", models.F("opens_at"))),
                                name="call_closes_after_opening",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("largest_award__lte", models.F("total")),
                                    ("smallest_award__gte", 0),
                                    ("smallest_award__lte", models.F("largest_award")),
                                ),
                                name="call_award_limits_in_order",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("project_ends_on__gt", models.F("project_starts_on"))
                                ),
                                name="call_project_ends_after_start",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("assessors_per_bid__gte", 1)),
                                name="call_has_assessors",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("follows__isnull", True),
                                    models.Q(("follows", models.F("id")), _negated=True),
                                    _connector="OR",
                                ),
                                name="call_follows_another",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FollowRequest",
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
                        ("email", models.EmailField(max_length=254)),
                        ("token_hash", models.CharField(max_length=64, unique=True)),
                        ("wishes", models.JSONField(default=dict)),
                        ("asked_at", models.DateTimeField(default=carefund.core.clock.now)),
                        ("expires_at", models.DateTimeField()),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["email", "asked_at"], name="follow_request_by_address"
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("expires_at__gt", models.F("asked_at"))),
                                name="follow_request_lasts",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CallUpdate",
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
                        ("text", models.TextField()),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="updates",
                                to="calls.call",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-at"],
                    },
                ),
                migrations.CreateModel(
                    name="Criterion",
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
                        ("code", models.SlugField(max_length=40)),
                        ("title", models.CharField(max_length=150)),
                        ("guidance", models.TextField()),
                        (
                            "weight",
                            models.PositiveSmallIntegerField(verbose_name="weight in per cent"),
                        ),
                        ("highest_score", models.PositiveSmallIntegerField(default=5)),
                        (
                            "threshold",
                            models.PositiveSmallIntegerField(
                                default=0, verbose_name="lowest fundable score"
                            ),
                        ),
                        ("descriptors", models.JSONField(default=list)),
                        ("questions", models.JSONField(default=list)),
                        (
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="criteria",
                                to="calls.call",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "criteria",
                        "ordering": ["call", "position"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("call", "code"), name="criterion_code_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("weight__gte", 1), ("weight__lte", 100)),
                                name="criterion_weight_per_cent",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("highest_score__gte", 1),
                                    ("threshold__lte", models.F("highest_score")),
                                ),
                                name="criterion_threshold_in_scale",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FormVersion",
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
                        ("version", models.PositiveSmallIntegerField()),
                        ("definition", models.JSONField()),
                        ("made_at", models.DateTimeField(default=carefund.core.clock.now)),
                        ("frozen_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="forms",
                                to="calls.call",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["call", "version"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("call", "version"), name="form_version_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("version__gte", 1)),
                                name="form_version_from_one",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Invitation",
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
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="invitations",
                                to="calls.call",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="invitations",
                                to="organisations.organisation",
                            ),
                        ),
                        ("invited_at", models.DateTimeField(default=carefund.core.clock.now)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("call", "organisation"), name="invitation_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Clarification",
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
                        ("state", models.CharField(default="asked", editable=False, max_length=30)),
                        ("asked", models.TextField(verbose_name="question as it was asked")),
                        ("asked_at", models.DateTimeField(default=carefund.core.clock.now)),
                        (
                            "question",
                            models.TextField(
                                blank=True, verbose_name="question as it is published"
                            ),
                        ),
                        ("answer", models.TextField(blank=True)),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        ("published_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "answered_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "asked_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="clarifications",
                                to="calls.call",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["asked_at", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["asked", "answered", "published"])
                                ),
                                name="clarification_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("asked", ""), _negated=True),
                                name="clarification_asks",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "asked"),
                                    models.Q(
                                        models.Q(("answer", ""), _negated=True),
                                        ("answered_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="clarification_answered_has_answer",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "published"), _negated=True),
                                    models.Q(
                                        models.Q(("question", ""), _negated=True),
                                        ("published_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="clarification_published_has_question",
                            ),
                        ],
                        "indexes": [
                            models.Index(
                                fields=["call", "state", "asked_at"], name="clarification_by_call"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CutOff",
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
                        ("at", models.DateTimeField(verbose_name="bids submitted before")),
                        ("state", models.CharField(default="ahead", editable=False, max_length=30)),
                        (
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cut_offs",
                                to="calls.call",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["call", "at"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["ahead", "in_assessment", "decided"])
                                ),
                                name="cut_off_state_known",
                            ),
                            models.UniqueConstraint(fields=("call", "at"), name="cut_off_once"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Follower",
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
                        ("email", models.EmailField(max_length=254)),
                        (
                            "everything",
                            models.BooleanField(default=True, verbose_name="tell about new calls"),
                        ),
                        ("started_at", models.DateTimeField(default=carefund.core.clock.now)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("told_up_to", models.BigIntegerField(default=0)),
                        (
                            "calls",
                            models.ManyToManyField(
                                blank=True, related_name="followers", to="calls.call"
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "regions",
                            models.ManyToManyField(
                                blank=True, related_name="+", to="organisations.region"
                            ),
                        ),
                        (
                            "themes",
                            models.ManyToManyField(blank=True, related_name="+", to="funds.theme"),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                django.db.models.functions.text.Lower("email"),
                                condition=models.Q(
                                    ("ended_at__isnull", True),
                                    models.Q(("email", ""), _negated=True),
                                ),
                                name="follower_once_at_a_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ended_at__isnull", True),
                                    ("ended_at__gte", models.F("started_at")),
                                    _connector="OR",
                                ),
                                name="follower_ends_after_start",
                            ),
                        ],
                    },
                ),
            ],
        ),
        carefund.core.appendonly.RefuseChanges(
            table="calls_callupdate",
        ),
    ]
