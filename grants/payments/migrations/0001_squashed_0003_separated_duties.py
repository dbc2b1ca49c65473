import carefund.core.appendonly
import carefund.core.clock
import carefund.core.money
import carefund.core.operations
import carefund.core.years
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("payments", "0001_initial"),
        ("payments", "0002_append_only"),
        ("payments", "0003_separated_duties"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_squashed_0002_sign_in_failures"),
        ("delivery", "0001_squashed_0004_level_conditions"),
    ]

    operations = [
        carefund.core.operations.CreateModels(
            models=[
                migrations.CreateModel(
                    name="Claim",
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
                        ("state", models.CharField(default="draft", editable=False, max_length=30)),
                        ("period_starts_on", models.DateField()),
                        ("period_ends_on", models.DateField()),
                        ("narrative", models.TextField()),
                        ("prepared_at", models.DateTimeField(default=carefund.core.clock.now)),
                        ("certified_at", models.DateTimeField(blank=True, null=True)),
                        ("submitted_at", models.DateTimeField(blank=True, null=True)),
                        ("approved_at", models.DateTimeField(blank=True, null=True)),
                        ("decision_reason", models.TextField(blank=True)),
                        ("is_sample", models.BooleanField(default=False)),
                        (
                            "approved_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "certified_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "prepared_by",
                            models.ForeignKey(
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
                                related_name="claims",
                                to="delivery.project",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["state", "-submitted_at"], name="claim_by_state")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            "draft",
                                            "certified",
                                            "submitted",
                                            "approved",
                                            "refused",
                                            "paid",
                                            "withdrawn",
                                        ],
                                    )
                                ),
                                name="claim_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("certified_by__isnull", True),
                                    ("prepared_by__isnull", True),
                                    models.Q(
                                        ("certified_by", models.F("prepared_by")), _negated=True
                                    ),
                                    _connector="OR",
                                ),
                                name="claim_certified_by_another",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("period_ends_on__gte", models.F("period_starts_on"))
                                ),
                                name="claim_period_in_order",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["approved", "paid"]), _negated=True),
                                    ("approved_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="claim_approved_has_moment",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("approved_by__isnull", True),
                                    ("prepared_by__isnull", True),
                                    models.Q(
                                        ("approved_by", models.F("prepared_by")), _negated=True
                                    ),
                                    _connector="OR",
                                ),
                                name="claim_approved_not_by_its_preparer",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("approved_by__isnull", True),
                                    ("certified_by__isnull", True),
                                    models.Q(
                                        ("approved_by", models.F("certified_by")), _negated=True
                                    ),
                                    _connector="OR",
                                ),
                                name="claim_approved_not_by_its_certifier",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Recovery",
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
                        ("amount", carefund.core.money.MoneyField()),
                        ("reason", models.TextField()),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="recoveries",
                                to="delivery.project",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "recoveries",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("amount__gt", 0)), name="recovery_positive"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="recovery_has_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ClaimLine",
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
                        ("amount", carefund.core.money.MoneyField()),
                        (
                            "claim",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="lines",
                                to="payments.claim",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["financial_year", "kind"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("claim", "financial_year", "kind"), name="claim_line_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount__gt", 0)), name="claim_line_positive"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("financial_year__gte", 2000), ("financial_year__lte", 2099)
                                ),
                                name="claim_line_year_sane",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["capital", "revenue"])),
                                name="claim_line_kind_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Payment",
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
                        ("amount", carefund.core.money.MoneyField()),
                        ("released_at", models.DateTimeField()),
                        ("paid_on", models.DateField()),
                        (
                            "approved_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "claim",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="payment",
                                to="payments.claim",
                            ),
                        ),
                        (
                            "released_by",
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
                                condition=models.Q(("amount__gt", 0)), name="payment_positive"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("approved_by__isnull", True),
                                    ("released_by__isnull", True),
                                    models.Q(
                                        ("approved_by", models.F("released_by")), _negated=True
                                    ),
                                    _connector="OR",
                                ),
                                name="payment_released_by_another",
                            ),
                        ],
                    },
                ),
            ],
        ),
        carefund.core.appendonly.RefuseChanges(
            table="payments_payment",
        ),
        carefund.core.appendonly.RefuseChanges(
            table="payments_recovery",
        ),
    ]
