import carefund.core.appendonly
import carefund.core.clock
import carefund.core.money
import carefund.core.operations
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("assessment", "0001_initial"),
        ("assessment", "0002_append_only"),
        ("assessment", "0003_sift_pool_and_panel"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_squashed_0002_sign_in_failures"),
        ("bids", "0001_squashed_0008_full_text_search"),
        ("calls", "0001_squashed_0006_late_by_grace"),
        ("funds", "0001_squashed_0004_governance_and_virements"),
    ]

    operations = [
        carefund.core.operations.CreateModels(
            models=[
                migrations.CreateModel(
                    name="Assignment",
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
                            "state",
                            models.CharField(default="assigned", editable=False, max_length=30),
                        ),
                        ("conflict_note", models.TextField(blank=True)),
                        ("assigned_at", models.DateTimeField(default=carefund.core.clock.now)),
                        ("submitted_at", models.DateTimeField(blank=True, null=True)),
                        ("is_sample", models.BooleanField(default=False)),
                        (
                            "assessor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assignments",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "bid",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assignments",
                                to="bids.bid",
                            ),
                        ),
                        ("declined_because", models.TextField(blank=True)),
                        (
                            "due_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="scores are due on"
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["assessor", "state"], name="assignment_by_assessor"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("bid", "assessor"), name="assignment_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "conflicted"), _negated=True),
                                    models.Q(("conflict_note", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="assignment_conflict_has_note",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "submitted"), _negated=True),
                                    ("submitted_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="assignment_submitted_has_moment",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            "assigned",
                                            "conflicted",
                                            "in_progress",
                                            "submitted",
                                            "declined",
                                        ],
                                    )
                                ),
                                name="assignment_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "declined"), _negated=True),
                                    models.Q(("declined_because", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="assignment_declined_has_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EligibilityCheck",
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
                        ("passed", models.BooleanField()),
                        ("reason", models.TextField()),
                        ("automatic", models.JSONField(default=list)),
                        ("checked_at", models.DateTimeField()),
                        (
                            "bid",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="eligibility_checks",
                                to="bids.bid",
                            ),
                        ),
                        (
                            "checked_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-checked_at"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("passed", True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="failed_eligibility_has_reason",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CheckOverride",
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
                        ("check_key", models.SlugField(max_length=40)),
                        ("evidence", models.TextField(blank=True)),
                        ("reason", models.TextField()),
                        ("at", models.DateTimeField()),
                        (
                            "bid",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="overrides",
                                to="bids.bid",
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="override_has_reason",
                            ),
                            models.UniqueConstraint(
                                fields=("bid", "check_key"), name="override_once"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DueDiligence",
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
                        ("organisation_name", models.CharField(max_length=200)),
                        ("organisation_type", models.CharField(max_length=100)),
                        ("address_line_1", models.CharField(blank=True, max_length=200)),
                        (
                            "city_town",
                            models.CharField(
                                blank=True, max_length=100, verbose_name="town or city"
                            ),
                        ),
                        ("country", models.CharField(default="England", max_length=100)),
                        ("postcode", models.CharField(blank=True, max_length=10)),
                        (
                            "charity_number",
                            models.CharField(
                                blank=True, max_length=10, verbose_name="charity number"
                            ),
                        ),
                        (
                            "company_number",
                            models.CharField(
                                blank=True, max_length=8, verbose_name="company number"
                            ),
                        ),
                        (
                            "application_amount",
                            carefund.core.money.MoneyField(verbose_name="amount applied for"),
                        ),
                        ("application_number", models.CharField(max_length=30)),
                        (
                            "scheme_id",
                            models.CharField(blank=True, max_length=40, verbose_name="GGIS scheme"),
                        ),
                        (
                            "funder_id",
                            models.CharField(blank=True, max_length=60, verbose_name="funder"),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("clear", "Nothing against it"),
                                    ("concerns", "There are concerns"),
                                    ("waiting", "Sent to Spotlight, no answer yet"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("fraud", models.JSONField(default=dict)),
                        ("note", models.TextField(blank=True)),
                        ("at", models.DateTimeField()),
                        (
                            "bid",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="due_diligence",
                                to="bids.bid",
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "due diligence",
                        "ordering": ["-at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("outcome__in", ["clear", "concerns", "waiting"])
                                ),
                                name="diligence_outcome",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("outcome", "concerns"), _negated=True),
                                    models.Q(("note", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="diligence_concerns_have_note",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Likeness",
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
                        ("similarity", models.PositiveSmallIntegerField(default=0)),
                        ("same_authority", models.BooleanField(default=False)),
                        ("partners", models.JSONField(default=list)),
                        ("found_at", models.DateTimeField()),
                        (
                            "finding",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "Not looked at yet"),
                                    ("different", "Different projects"),
                                    ("duplicate", "The same project twice"),
                                    ("double", "The same cost would be funded twice"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("note", models.TextField(blank=True)),
                        ("noted_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "first",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="bids.bid",
                            ),
                        ),
                        (
                            "noted_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "second",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="bids.bid",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "likenesses",
                        "ordering": ["-similarity", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("first", "second"), name="likeness_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("first__lt", models.F("second"))),
                                name="likeness_in_order",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("finding", ""),
                                    models.Q(
                                        models.Q(("note", ""), _negated=True),
                                        ("noted_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="likeness_finding_has_note",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Panel",
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
                        ("met_on", models.DateField()),
                        ("note", models.TextField(blank=True)),
                        ("made_at", models.DateTimeField()),
                        (
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="panels",
                                to="calls.call",
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-met_on", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="PoolMember",
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
                            "employer",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="organisation"
                            ),
                        ),
                        ("available_from", models.DateField(blank=True, null=True)),
                        ("available_until", models.DateField(blank=True, null=True)),
                        (
                            "most",
                            models.PositiveSmallIntegerField(
                                default=10, verbose_name="bids at most"
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pool_memberships",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "programme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pool",
                                to="funds.programme",
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
                                fields=("programme", "person"), name="pool_member_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("available_from__isnull", True),
                                    ("available_until__isnull", True),
                                    ("available_until__gte", models.F("available_from")),
                                    _connector="OR",
                                ),
                                name="pool_member_available_in_order",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SubsidyTest",
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
                            "finding",
                            models.CharField(
                                choices=[
                                    ("none", "Not a subsidy: nobody acts as an enterprise with it"),
                                    ("minimal", "Minimal financial assistance"),
                                    ("subsidy", "A subsidy, assessed against the principles"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("rule_from", models.DateField()),
                        (
                            "threshold",
                            carefund.core.money.MoneyField(
                                blank=True, null=True, verbose_name="most in three financial years"
                            ),
                        ),
                        (
                            "earlier",
                            carefund.core.money.MoneyField(
                                default=0,
                                verbose_name="assistance received in the three financial years",
                            ),
                        ),
                        ("total", carefund.core.money.MoneyField(verbose_name="with this award")),
                        ("enters_database", models.BooleanField(default=False)),
                        (
                            "decided_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="award confirmed on"
                            ),
                        ),
                        (
                            "enter_by",
                            models.DateField(
                                blank=True, null=True, verbose_name="to be entered by"
                            ),
                        ),
                        (
                            "entered_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="entered in the database on"
                            ),
                        ),
                        ("note", models.TextField(blank=True)),
                        ("at", models.DateTimeField()),
                        (
                            "bid",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="subsidy_tests",
                                to="bids.bid",
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("finding__in", ["none", "minimal", "subsidy"])),
                                name="subsidy_finding",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("finding", "minimal"), _negated=True),
                                    ("threshold__isnull", True),
                                    ("total__lte", models.F("threshold")),
                                    _connector="OR",
                                ),
                                name="minimal_assistance_within_threshold",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Score",
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
                        ("score", models.PositiveSmallIntegerField()),
                        ("justification", models.TextField()),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "assignment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="scores",
                                to="assessment.assignment",
                            ),
                        ),
                        (
                            "criterion",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="scores",
                                to="calls.criterion",
                            ),
                        ),
                        (
                            "supersedes",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="superseded_by",
                                to="assessment.score",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["assignment", "criterion", "pk"],
                        "indexes": [
                            models.Index(
                                fields=["assignment", "criterion"], name="score_by_criterion"
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("justification", ""), _negated=True),
                                name="score_is_justified",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("score__lte", 100)), name="score_in_scale"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Attendance",
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
                            "part",
                            models.CharField(
                                choices=[
                                    ("chair", "Chair"),
                                    ("member", "Member"),
                                    ("apologies", "Sent apologies"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "panel",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="attendance",
                                to="assessment.panel",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["panel", "part", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("panel", "person"), name="attendance_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("part__in", ["chair", "member", "apologies"])),
                                name="attendance_part_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PanelDecision",
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
                        ("scores", models.JSONField()),
                        (
                            "before",
                            models.DecimalField(
                                decimal_places=2, max_digits=5, verbose_name="mean of the assessors"
                            ),
                        ),
                        (
                            "agreed",
                            models.DecimalField(
                                decimal_places=2, max_digits=5, verbose_name="agreed score"
                            ),
                        ),
                        ("rationale", models.TextField()),
                        ("stood_aside", models.JSONField(default=list)),
                        ("at", models.DateTimeField()),
                        (
                            "bid",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="panel_decisions",
                                to="bids.bid",
                            ),
                        ),
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
                            "panel",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decisions",
                                to="assessment.panel",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("rationale", ""), _negated=True),
                                name="decision_has_rationale",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("agreed__gte", 0), ("agreed__lte", 100)),
                                name="agreed_score_per_cent",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ScoreDraft",
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
                        ("score", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("justification", models.TextField(blank=True)),
                        ("private_note", models.TextField(blank=True)),
                        (
                            "flag",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "Nothing"),
                                    ("discuss", "The panel should discuss it"),
                                    ("clarify", "Something is unclear in the bid"),
                                    ("concern", "It may break the rules of the call"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("saved_at", models.DateTimeField(default=carefund.core.clock.now)),
                        (
                            "assignment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="drafts",
                                to="assessment.assignment",
                            ),
                        ),
                        (
                            "criterion",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="calls.criterion",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("assignment", "criterion"), name="draft_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("flag__in", ["", "discuss", "clarify", "concern"])
                                ),
                                name="draft_flag_known",
                            ),
                        ],
                    },
                ),
            ],
        ),
        carefund.core.appendonly.RefuseChanges(
            table="assessment_eligibilitycheck",
        ),
        carefund.core.appendonly.RefuseChanges(
            table="assessment_score",
        ),
        carefund.core.appendonly.RefuseChanges(
            table="assessment_checkoverride",
        ),
        carefund.core.appendonly.RefuseChanges(
            table="assessment_duediligence",
        ),
        carefund.core.appendonly.RefuseChanges(
            table="assessment_subsidytest",
        ),
        carefund.core.appendonly.RefuseChanges(
            table="assessment_paneldecision",
        ),
    ]
