import carefund.core.appendonly
import carefund.core.clock
import carefund.core.money
import carefund.core.operations
import carefund.core.years
import django.db.models.deletion
import django.db.models.expressions
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("funds", "0001_initial"),
        ("funds", "0002_append_only"),
        ("funds", "0003_people"),
        ("funds", "0004_governance_and_virements"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_squashed_0002_sign_in_failures"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("organisations", "0001_squashed_0002_people_and_places"),
    ]

    operations = [
        carefund.core.operations.CreateModels(
            models=[
                migrations.CreateModel(
                    name="Programme",
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
                        ("code", models.SlugField(max_length=30, unique=True)),
                        ("name", models.CharField(max_length=200)),
                        ("prefix", models.CharField(max_length=6)),
                        ("summary", models.TextField()),
                        ("objectives", models.TextField(blank=True)),
                        (
                            "senior_responsible_owner",
                            models.CharField(
                                max_length=150, verbose_name="senior responsible owner"
                            ),
                        ),
                        ("starts_on", models.DateField()),
                        ("ends_on", models.DateField()),
                        ("announced_total", carefund.core.money.MoneyField(blank=True, null=True)),
                        (
                            "reported_benefits",
                            carefund.core.money.MoneyField(blank=True, null=True),
                        ),
                        ("source", models.CharField(blank=True, max_length=500)),
                        ("is_sample", models.BooleanField(default=False)),
                        (
                            "funder",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="programmes",
                                to="organisations.organisation",
                            ),
                        ),
                        (
                            "business_case",
                            models.CharField(
                                blank=True, max_length=100, verbose_name="business case reference"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["starts_on", "code"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends_on__gt", models.F("starts_on"))),
                                name="programme_ends_after_start",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BudgetLine",
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
                        (
                            "kind",
                            models.CharField(
                                choices=[("capital", "Capital"), ("revenue", "Revenue")],
                                max_length=7,
                            ),
                        ),
                        ("budget", carefund.core.money.MoneyField(default=Decimal("0.00"))),
                        ("committed", carefund.core.money.MoneyField(default=Decimal("0.00"))),
                        ("claimed", carefund.core.money.MoneyField(default=Decimal("0.00"))),
                        ("paid", carefund.core.money.MoneyField(default=Decimal("0.00"))),
                        (
                            "programme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="budget_lines",
                                to="funds.programme",
                            ),
                        ),
                        ("reserved", carefund.core.money.MoneyField(default=Decimal("0.00"))),
                    ],
                    options={
                        "ordering": ["financial_year", "kind"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("programme", "financial_year", "kind"),
                                name="budget_line_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("financial_year__gte", 2000), ("financial_year__lte", 2099)
                                ),
                                name="budget_line_year_sane",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["capital", "revenue"])),
                                name="budget_line_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("claimed__lte", models.F("committed"))),
                                name="budget_line_claims_within_awards",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("paid__lte", models.F("claimed"))),
                                name="budget_line_payments_within_claims",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "committed__lte",
                                        django.db.models.expressions.CombinedExpression(
                                            models.F("budget"), "-", models.F("reserved")
                                        ),
                                    )
                                ),
                                name="budget_line_never_overspent",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("budget__gte", 0),
                                    ("claimed__gte", 0),
                                    ("committed__gte", 0),
                                    ("paid__gte", 0),
                                    ("reserved__gte", 0),
                                ),
                                name="budget_line_not_negative",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RoleAssignment",
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
                                choices=[
                                    ("programme_officer", "Programme officer"),
                                    ("senior_officer", "Senior officer"),
                                    ("finance_officer", "Finance officer"),
                                    ("assessor", "Assessor"),
                                    ("editor", "Editor"),
                                    ("analyst", "Analyst"),
                                    ("ministers_team", "Minister’s team"),
                                    ("auditor", "Auditor"),
                                    ("administrator", "Service administrator"),
                                ],
                                max_length=30,
                            ),
                        ),
                        ("started_at", models.DateTimeField(default=carefund.core.clock.now)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "programme",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="role_assignments",
                                to="funds.programme",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="role_assignments",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
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
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at__isnull", True)),
                                fields=("user", "role", "programme"),
                                name="staff_role_once_at_a_time",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("ended_at__isnull", True), ("programme__isnull", True)
                                ),
                                fields=("user", "role"),
                                name="staff_role_for_all_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "role__in",
                                        [
                                            "programme_officer",
                                            "senior_officer",
                                            "finance_officer",
                                            "assessor",
                                            "editor",
                                            "analyst",
                                            "ministers_team",
                                            "auditor",
                                            "administrator",
                                        ],
                                    )
                                ),
                                name="staff_role_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ended_at__isnull", True),
                                    ("ended_at__gte", models.F("started_at")),
                                    _connector="OR",
                                ),
                                name="staff_role_ends_after_start",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("given_by__isnull", True),
                                    ("user__isnull", True),
                                    models.Q(("given_by", models.F("user")), _negated=True),
                                    _connector="OR",
                                ),
                                name="staff_role_given_by_another",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ended_by__isnull", True),
                                    ("user__isnull", True),
                                    models.Q(("ended_by", models.F("user")), _negated=True),
                                    _connector="OR",
                                ),
                                name="staff_role_ended_by_another",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Theme",
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
                        ("name", models.CharField(max_length=150)),
                        (
                            "programme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="themes",
                                to="funds.programme",
                            ),
                        ),
                        ("ended_on", models.DateField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ["programme", "name"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("programme", "code"), name="theme_code_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StaffInvitation",
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
                                choices=[
                                    ("programme_officer", "Programme officer"),
                                    ("senior_officer", "Senior officer"),
                                    ("finance_officer", "Finance officer"),
                                    ("assessor", "Assessor"),
                                    ("editor", "Editor"),
                                    ("analyst", "Analyst"),
                                    ("ministers_team", "Minister’s team"),
                                    ("auditor", "Auditor"),
                                    ("administrator", "Service administrator"),
                                ],
                                max_length=30,
                            ),
                        ),
                        (
                            "invitation",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="staff",
                                to="organisations.invitation",
                            ),
                        ),
                        (
                            "programme",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="funds.programme",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "role__in",
                                        [
                                            "programme_officer",
                                            "senior_officer",
                                            "finance_officer",
                                            "assessor",
                                            "editor",
                                            "analyst",
                                            "ministers_team",
                                            "auditor",
                                            "administrator",
                                        ],
                                    )
                                ),
                                name="staff_invitation_role_known",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AnnualReview",
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
                        ("reviewed_on", models.DateField()),
                        (
                            "decision",
                            models.CharField(
                                choices=[
                                    ("continue", "Continue"),
                                    ("amend", "Amend"),
                                    ("discontinue", "Discontinue"),
                                ],
                                max_length=11,
                            ),
                        ),
                        ("findings", models.TextField()),
                        ("recorded_at", models.DateTimeField(default=carefund.core.clock.now)),
                        (
                            "programme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="annual_reviews",
                                to="funds.programme",
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
                        "ordering": ["programme", "-reviewed_on", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("programme", "reviewed_on"), name="annual_review_once_a_day"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("decision__in", ["continue", "amend", "discontinue"])
                                ),
                                name="annual_review_decision_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("findings", ""), _negated=True),
                                name="annual_review_has_findings",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FundingSource",
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
                        ("name", models.CharField(max_length=200)),
                        ("amount", carefund.core.money.MoneyField(blank=True, null=True)),
                        ("reference", models.CharField(blank=True, max_length=200)),
                        (
                            "programme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="funding_sources",
                                to="funds.programme",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["programme", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("programme", "name"), name="funding_source_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("amount__isnull", True), ("amount__gte", 0), _connector="OR"
                                ),
                                name="funding_source_not_negative",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RequirementAnswer",
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
                        (
                            "stance",
                            models.CharField(
                                choices=[("comply", "Complies"), ("explain", "Explains why not")],
                                max_length=7,
                            ),
                        ),
                        ("evidence", models.TextField()),
                        ("recorded_at", models.DateTimeField(default=carefund.core.clock.now)),
                        (
                            "programme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="requirement_answers",
                                to="funds.programme",
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
                        "ordering": ["programme", "number", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("number__gte", 1), ("number__lte", 10)),
                                name="requirement_is_one_of_ten",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("stance__in", ["comply", "explain"])),
                                name="requirement_stance_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("evidence", ""), _negated=True),
                                name="requirement_has_evidence",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Virement",
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
                            models.CharField(default="proposed", editable=False, max_length=30),
                        ),
                        (
                            "from_year",
                            carefund.core.years.FinancialYearField(blank=True, null=True),
                        ),
                        (
                            "from_kind",
                            models.CharField(
                                blank=True,
                                choices=[("capital", "Capital"), ("revenue", "Revenue")],
                                max_length=7,
                            ),
                        ),
                        ("to_year", carefund.core.years.FinancialYearField(blank=True, null=True)),
                        (
                            "to_kind",
                            models.CharField(
                                blank=True,
                                choices=[("capital", "Capital"), ("revenue", "Revenue")],
                                max_length=7,
                            ),
                        ),
                        ("amount", carefund.core.money.MoneyField()),
                        ("dated_on", models.DateField(verbose_name="date of the change")),
                        ("reason", models.TextField()),
                        ("authority", models.CharField(blank=True, max_length=300)),
                        ("key", models.CharField(max_length=80, unique=True)),
                        ("proposed_at", models.DateTimeField(default=carefund.core.clock.now)),
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
                            "programme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="virements",
                                to="funds.programme",
                            ),
                        ),
                        (
                            "proposed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-proposed_at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["proposed", "approved", "declined", "withdrawn"])
                                ),
                                name="virement_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("proposed_by__isnull", True),
                                    ("decided_by__isnull", True),
                                    models.Q(
                                        ("proposed_by", models.F("decided_by")), _negated=True
                                    ),
                                    _connector="OR",
                                ),
                                name="virement_approved_by_another",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount__gt", 0)), name="virement_moves_money"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="virement_has_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("from_kind", ""), ("from_year__isnull", True)),
                                    models.Q(
                                        ("from_kind__in", ["capital", "revenue"]),
                                        ("from_year__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="virement_from_whole_line",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("to_kind", ""), ("to_year__isnull", True)),
                                    models.Q(
                                        ("to_kind__in", ["capital", "revenue"]),
                                        ("to_year__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="virement_to_whole_line",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("from_year__isnull", False),
                                    ("to_year__isnull", False),
                                    _connector="OR",
                                ),
                                name="virement_has_a_line",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("from_year__isnull", True),
                                    ("to_year__isnull", True),
                                    models.Q(("from_year", models.F("to_year")), _negated=True),
                                    models.Q(("from_kind", models.F("to_kind")), _negated=True),
                                    _connector="OR",
                                ),
                                name="virement_between_two_lines",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("from_kind", "capital"),
                                        ("to_kind", "revenue"),
                                        _negated=True,
                                    ),
                                    models.Q(("authority", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="virement_capital_needs_authority",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "approved"), _negated=True),
                                    ("decided_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="virement_approved_has_moment",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LedgerEntry",
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
                            "column",
                            models.CharField(
                                choices=[
                                    ("budget", "Budget"),
                                    ("reserved", "Reserved for calls"),
                                    ("committed", "Committed"),
                                    ("claimed", "Claimed"),
                                    ("paid", "Paid"),
                                ],
                                max_length=9,
                            ),
                        ),
                        ("amount", carefund.core.money.MoneyField()),
                        ("subject_id", models.CharField(blank=True, max_length=64)),
                        ("subject_name", models.CharField(blank=True, max_length=200)),
                        (
                            "key",
                            models.CharField(
                                max_length=200, unique=True, verbose_name="idempotency key"
                            ),
                        ),
                        ("reason", models.CharField(max_length=300)),
                        ("occurred_on", models.DateField()),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "line",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entries",
                                to="funds.budgetline",
                            ),
                        ),
                        (
                            "organisation",
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
                            "reverses",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reversed_by",
                                to="funds.ledgerentry",
                            ),
                        ),
                        (
                            "subject_type",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="contenttypes.contenttype",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "ledger entries",
                        "indexes": [
                            models.Index(
                                fields=["line", "column", "recorded_at"], name="ledger_as_at"
                            ),
                            models.Index(
                                fields=["subject_type", "subject_id"], name="ledger_by_subject"
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("amount", 0), _negated=True),
                                name="ledger_entry_moves_money",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "column__in",
                                        ["budget", "reserved", "committed", "claimed", "paid"],
                                    )
                                ),
                                name="ledger_column_known",
                            ),
                        ],
                    },
                ),
            ],
        ),
        carefund.core.appendonly.RefuseChanges(
            table="funds_ledgerentry",
        ),
        carefund.core.appendonly.RefuseChanges(
            table="funds_requirementanswer",
        ),
        carefund.core.appendonly.RefuseChanges(
            table="funds_annualreview",
        ),
    ]
