import carefund.core.appendonly
import carefund.core.clock
import carefund.core.money
import carefund.core.operations
import carefund.core.years
import django.db.models.deletion
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("awards", "0001_initial"),
        ("awards", "0002_append_only"),
        ("awards", "0003_separated_duties"),
        ("awards", "0004_scenarios_and_approvals"),
        ("awards", "0005_agreements"),
        ("awards", "0006_amendments_and_payment"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_squashed_0002_sign_in_failures"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("bids", "0001_squashed_0008_full_text_search"),
        ("calls", "0001_squashed_0006_late_by_grace"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("funds", "0001_squashed_0004_governance_and_virements"),
        ("organisations", "0001_squashed_0002_people_and_places"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        carefund.core.operations.CreateModels(
            models=[
                migrations.CreateModel(
                    name="ApprovalStep",
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
                        ("order", models.PositiveSmallIntegerField()),
                        ("title", models.CharField(max_length=100)),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("senior_officer", "A senior officer"),
                                    ("ministers_team", "The minister, through the minister’s team"),
                                ],
                                max_length=30,
                            ),
                        ),
                        ("from_amount", carefund.core.money.MoneyField(default=Decimal("0.00"))),
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
                            "programme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="approval_steps",
                                to="funds.programme",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["programme", "order"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("programme", "order"), name="approval_step_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("from_amount__gte", 0)),
                                name="approval_step_amount_not_negative",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("role__in", ["senior_officer", "ministers_team"])
                                ),
                                name="approval_step_role_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LetterTemplate",
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
                                    ("offer", "Offer letter"),
                                    ("reserve", "Reserve list letter"),
                                    ("regret", "Regret letter"),
                                ],
                                max_length=7,
                            ),
                        ),
                        ("subject", models.CharField(max_length=200)),
                        (
                            "body",
                            models.TextField(
                                help_text="An empty line begins a paragraph. These are filled in: {reference}, {title}, {organisation}, {call}, {programme}, {funder}, {requested}, {amount}, {answer_by}, {reason}, {conditions}, {date}"
                            ),
                        ),
                        (
                            "programme",
                            models.ForeignKey(
                                blank=True,
                                help_text="Leave empty for all programmes.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="letter_templates",
                                to="funds.programme",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["kind", "programme"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("kind", "programme"),
                                name="letter_template_once",
                                violation_error_message="There is already a letter of this kind.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("programme__isnull", True)),
                                fields=("kind",),
                                name="letter_template_for_all_once",
                                violation_error_message="There is already a letter of this kind.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["offer", "reserve", "regret"])),
                                name="letter_template_kind_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Determination",
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
                        ("title", models.CharField(max_length=200)),
                        ("purpose", models.TextField()),
                        ("financial_year", carefund.core.years.FinancialYearField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[("capital", "Capital"), ("revenue", "Revenue")],
                                max_length=7,
                            ),
                        ),
                        ("total", carefund.core.money.MoneyField()),
                        ("ring_fenced", models.BooleanField()),
                        ("conditions", models.TextField(blank=True)),
                        ("made_at", models.DateTimeField(default=carefund.core.clock.now)),
                        ("issued_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "issued_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
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
                        (
                            "programme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="determinations",
                                to="funds.programme",
                            ),
                        ),
                        ("change_reason", models.TextField(blank=True)),
                        ("is_sample", models.BooleanField(default=False)),
                        ("paid_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "paid_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("pay_on", models.DateField(blank=True, null=True)),
                        (
                            "replaces",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replacements",
                                to="awards.determination",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-made_at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("total__gt", 0)),
                                name="determination_total_positive",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("financial_year__gte", 2000), ("financial_year__lte", 2099)
                                ),
                                name="determination_year_sane",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["capital", "revenue"])),
                                name="determination_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("made_by__isnull", True),
                                    ("issued_by__isnull", True),
                                    models.Q(("made_by", models.F("issued_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="determination_issued_by_another",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            "draft",
                                            "issued",
                                            "paid",
                                            "replaced",
                                            "withdrawn",
                                            "abandoned",
                                        ],
                                    )
                                ),
                                name="determination_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["draft", "abandoned"]),
                                    ("issued_at__gte", models.F("made_at")),
                                    _connector="OR",
                                ),
                                name="determination_issued_has_moment",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "paid"), _negated=True),
                                    ("paid_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="determination_paid_has_moment",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("replaces__isnull", True),
                                    models.Q(("change_reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="determination_change_has_reason",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ["draft", "issued", "paid"])),
                                fields=("replaces",),
                                name="determination_replaced_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("issued_by__isnull", True),
                                    ("paid_by__isnull", True),
                                    models.Q(("issued_by", models.F("paid_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="determination_paid_by_another",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Clause",
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
                        ("key", models.SlugField(max_length=40)),
                        ("version", models.PositiveSmallIntegerField()),
                        ("text", models.TextField()),
                        ("reason", models.TextField()),
                        ("made_at", models.DateTimeField(default=carefund.core.clock.now)),
                        (
                            "made_by",
                            models.ForeignKey(
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
                                related_name="clauses",
                                to="funds.programme",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["programme", "key", "version"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("programme", "key", "version"), name="clause_version_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("version__gte", 2)),
                                name="clause_after_the_standard",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True),
                                name="clause_has_words",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DeterminationShare",
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
                        (
                            "determination",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="shares",
                                to="awards.determination",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="determined",
                                to="organisations.organisation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["organisation__name", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("determination", "organisation"),
                                name="determination_share_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount__gt", 0)),
                                name="determination_share_positive",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Agreement",
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
                        ("content", models.JSONField()),
                        (
                            "fingerprint",
                            models.CharField(max_length=64, verbose_name="SHA-256 of the content"),
                        ),
                        ("accepted_at", models.DateTimeField()),
                        (
                            "accepted_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="FunderSignature",
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
                            "fingerprint",
                            models.CharField(
                                max_length=64, verbose_name="SHA-256 of what was signed"
                            ),
                        ),
                        ("signed_at", models.DateTimeField(default=carefund.core.clock.now)),
                        (
                            "agreement",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="signature",
                                to="awards.agreement",
                            ),
                        ),
                        (
                            "signed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="AllocationRound",
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
                        ("state", models.CharField(default="draft", editable=False, max_length=30)),
                        ("method", models.JSONField(default=dict)),
                        ("made_at", models.DateTimeField(default=carefund.core.clock.now)),
                        ("recommended_at", models.DateTimeField(blank=True, null=True)),
                        ("approved_at", models.DateTimeField(blank=True, null=True)),
                        ("rationale", models.TextField(blank=True)),
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
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rounds",
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
                        (
                            "recommended_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("publish_at", models.DateTimeField(blank=True, null=True)),
                        ("release_comments", models.BooleanField(default=False)),
                        ("release_scores", models.BooleanField(default=False)),
                        ("publish_problem", models.TextField(blank=True)),
                    ],
                ),
                migrations.CreateModel(
                    name="Choice",
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
                            "decision",
                            models.CharField(
                                choices=[
                                    ("fund", "Fund"),
                                    ("reserve", "Reserve"),
                                    ("refuse", "Do not fund"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("reason", models.TextField()),
                        ("rank", models.PositiveSmallIntegerField()),
                        (
                            "bid",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="choices",
                                to="bids.bid",
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="choices",
                                to="awards.allocationround",
                            ),
                        ),
                        ("conditions", models.TextField(blank=True)),
                        ("share", models.PositiveSmallIntegerField(default=100)),
                    ],
                    options={
                        "ordering": ["round", "rank"],
                        "constraints": [
                            models.UniqueConstraint(fields=("round", "bid"), name="choice_once"),
                            models.CheckConstraint(
                                condition=models.Q(("decision__in", ["fund", "reserve", "refuse"])),
                                name="choice_decision_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("share__gte", 1), ("share__lte", 100)),
                                name="choice_share_is_per_cent",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Offer",
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
                        (
                            "state",
                            models.CharField(default="offered", editable=False, max_length=30),
                        ),
                        ("amount", carefund.core.money.MoneyField()),
                        ("offered_at", models.DateTimeField()),
                        ("expires_at", models.DateTimeField()),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        ("reply", models.TextField(blank=True)),
                        ("amount_precision", models.CharField(default="exact", max_length=200)),
                        ("source", models.CharField(blank=True, max_length=500)),
                        ("is_sample", models.BooleanField(default=False)),
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
                            "bid",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="offer",
                                to="bids.bid",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="offers",
                                to="organisations.organisation",
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="offers",
                                to="awards.allocationround",
                            ),
                        ),
                        ("conditions", models.TextField(blank=True)),
                        ("version", models.PositiveSmallIntegerField(default=1)),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["offered", "accepted", "declined", "expired"])
                                ),
                                name="offer_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount__gt", 0)), name="offer_amount_positive"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("expires_at__gt", models.F("offered_at"))),
                                name="offer_expires_after_made",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "offered"),
                                    ("answered_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="offer_answered_has_moment",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Approval",
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
                        ("order", models.PositiveSmallIntegerField()),
                        ("title", models.CharField(max_length=100)),
                        (
                            "fingerprint",
                            models.CharField(
                                max_length=64, verbose_name="SHA-256 of what was approved"
                            ),
                        ),
                        ("remark", models.TextField(blank=True)),
                        ("given_at", models.DateTimeField(default=carefund.core.clock.now)),
                        (
                            "given_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="approvals",
                                to="awards.allocationround",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["round", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("round", "given_by", "fingerprint"),
                                name="approval_once_by_each",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Constraint",
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
                                    ("least_region", "A region gets at least"),
                                    (
                                        "least_board",
                                        "An integrated care board’s area gets at least",
                                    ),
                                    ("most_theme", "A theme gets at most"),
                                    ("most_authority", "One authority gets at most"),
                                    ("must", "A bid must be funded"),
                                    ("never", "A bid must not be funded"),
                                    ("either", "One of two bids, not both"),
                                    ("part", "A bid may be funded in part"),
                                ],
                                max_length=15,
                            ),
                        ),
                        ("number", models.PositiveIntegerField(blank=True, null=True)),
                        ("amount", carefund.core.money.MoneyField(blank=True, null=True)),
                        ("note", models.CharField(max_length=300, verbose_name="why")),
                        (
                            "authority",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organisations.organisation",
                            ),
                        ),
                        (
                            "bid",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="bids.bid",
                            ),
                        ),
                        (
                            "board",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organisations.organisation",
                            ),
                        ),
                        (
                            "other_bid",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="bids.bid",
                            ),
                        ),
                        (
                            "region",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organisations.region",
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="constraints",
                                to="awards.allocationround",
                            ),
                        ),
                        (
                            "theme",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="funds.theme",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["round", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "least_region",
                                            "least_board",
                                            "most_theme",
                                            "most_authority",
                                            "must",
                                            "never",
                                            "either",
                                            "part",
                                        ],
                                    )
                                ),
                                name="constraint_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "least_region"), _negated=True),
                                    ("region__isnull", False),
                                    _connector="OR",
                                ),
                                name="constraint_has_region",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "least_board"), _negated=True),
                                    ("board__isnull", False),
                                    _connector="OR",
                                ),
                                name="constraint_has_board",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "most_theme"), _negated=True),
                                    ("theme__isnull", False),
                                    _connector="OR",
                                ),
                                name="constraint_has_theme",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("kind__in", ["must", "never", "either"]), _negated=True
                                    ),
                                    ("bid__isnull", False),
                                    _connector="OR",
                                ),
                                name="constraint_has_bid",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "either"), _negated=True),
                                    ("other_bid__isnull", False),
                                    _connector="OR",
                                ),
                                name="constraint_has_other_bid",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "part"), _negated=True),
                                    models.Q(("number__gte", 1), ("number__lte", 99)),
                                    _connector="OR",
                                ),
                                name="constraint_part_is_per_cent",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind__in", ["must", "never", "either"]),
                                    models.Q(("amount__isnull", True), ("number__isnull", False)),
                                    models.Q(("amount__isnull", False), ("number__isnull", True)),
                                    _connector="OR",
                                ),
                                name="constraint_counts_bids_or_pounds",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Scenario",
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
                        ("name", models.CharField(max_length=100)),
                        ("aim", models.JSONField(default=dict)),
                        ("wishes", models.JSONField(default=list)),
                        (
                            "inputs",
                            models.CharField(
                                blank=True,
                                max_length=64,
                                verbose_name="SHA-256 of what it was worked out from",
                            ),
                        ),
                        ("result", models.JSONField(default=dict)),
                        ("steps_done", models.PositiveSmallIntegerField(default=0)),
                        ("steps_all", models.PositiveSmallIntegerField(default=0)),
                        ("made_at", models.DateTimeField(default=carefund.core.clock.now)),
                        (
                            "made_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="scenarios",
                                to="awards.allocationround",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["round", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("round", "name"), name="scenario_name_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("steps_done__lte", models.F("steps_all"))),
                                name="scenario_steps_in_range",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OfferLine",
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
                            "offer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lines",
                                to="awards.offer",
                            ),
                        ),
                        ("version", models.PositiveSmallIntegerField(default=1)),
                    ],
                    options={
                        "ordering": ["financial_year", "kind"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("amount__gt", 0)), name="offer_line_positive"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("financial_year__gte", 2000), ("financial_year__lte", 2099)
                                ),
                                name="offer_line_year_sane",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["capital", "revenue"])),
                                name="offer_line_kind_known",
                            ),
                            models.UniqueConstraint(
                                fields=("offer", "version", "financial_year", "kind"),
                                name="offer_line_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Letter",
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
                                    ("offer", "Offer letter"),
                                    ("reserve", "Reserve list letter"),
                                    ("regret", "Regret letter"),
                                ],
                                max_length=7,
                            ),
                        ),
                        ("subject", models.CharField(max_length=300)),
                        ("body", models.TextField()),
                        ("feedback", models.JSONField(default=list)),
                        ("sent_at", models.DateTimeField(default=carefund.core.clock.now)),
                        (
                            "choice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="letters",
                                to="awards.choice",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["choice", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("choice", "kind"), name="letter_once_of_a_kind"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["offer", "reserve", "regret"])),
                                name="letter_kind_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OfferMessage",
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
                        ("from_funder", models.BooleanField()),
                        ("text", models.TextField()),
                        ("sent_at", models.DateTimeField(default=carefund.core.clock.now)),
                        (
                            "offer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="messages",
                                to="awards.offer",
                            ),
                        ),
                        (
                            "sent_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["offer", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True),
                                name="offer_message_has_words",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OfferAmendment",
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
                        (
                            "state",
                            models.CharField(default="proposed", editable=False, max_length=30),
                        ),
                        ("amount", carefund.core.money.MoneyField()),
                        ("from_amount", carefund.core.money.MoneyField()),
                        ("reason", models.TextField()),
                        ("proposed_at", models.DateTimeField(default=carefund.core.clock.now)),
                        ("made_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "offer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="amendments",
                                to="awards.offer",
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
                        "ordering": ["offer", "version"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["proposed", "made", "withdrawn"])
                                ),
                                name="amendment_state_known",
                            ),
                            models.UniqueConstraint(
                                fields=("offer", "version"), name="amendment_version_once"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "proposed")),
                                fields=("offer",),
                                name="amendment_one_at_a_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("version__gte", 2)),
                                name="amendment_after_the_offer",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount__gt", 0)),
                                name="amendment_amount_positive",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="amendment_has_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "made"), _negated=True),
                                    ("made_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="amendment_made_has_moment",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AmendmentApproval",
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
                        ("order", models.PositiveSmallIntegerField()),
                        ("title", models.CharField(max_length=100)),
                        ("given_at", models.DateTimeField(default=carefund.core.clock.now)),
                        (
                            "given_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "amendment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="approvals",
                                to="awards.offeramendment",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["amendment", "order"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("amendment", "order"), name="amendment_step_once"
                            ),
                            models.UniqueConstraint(
                                fields=("amendment", "given_by"),
                                name="amendment_approval_once_by_each",
                            ),
                        ],
                    },
                ),
            ],
        ),
        migrations.AddField(
            model_name="agreement",
            name="offer",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="agreement",
                to="awards.offer",
            ),
        ),
        migrations.AddField(
            model_name="allocationround",
            name="scenario",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="awards.scenario",
            ),
        ),
        migrations.AddConstraint(
            model_name="allocationround",
            constraint=models.UniqueConstraint(fields=("call", "number"), name="round_number_once"),
        ),
        migrations.AddConstraint(
            model_name="allocationround",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_by__isnull", True),
                    ("recommended_by__isnull", True),
                    models.Q(("approved_by", models.F("recommended_by")), _negated=True),
                    _connector="OR",
                ),
                name="round_approved_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="allocationround",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_by__isnull", True),
                    ("made_by__isnull", True),
                    models.Q(("approved_by", models.F("made_by")), _negated=True),
                    _connector="OR",
                ),
                name="round_approved_not_by_its_maker",
            ),
        ),
        migrations.AddConstraint(
            model_name="allocationround",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["draft", "recommended", "embargoed", "approved", "abandoned"])
                ),
                name="round_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="allocationround",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["draft", "recommended", "embargoed"])),
                fields=("call",),
                name="round_one_open_per_call",
            ),
        ),
        migrations.AddConstraint(
            model_name="allocationround",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["embargoed", "approved"]), _negated=True),
                    ("approved_at__isnull", False),
                    _connector="OR",
                ),
                name="round_approved_has_moment",
            ),
        ),
        carefund.core.appendonly.RefuseChanges(
            table="awards_agreement",
        ),
        carefund.core.appendonly.RefuseChanges(
            table="awards_approval",
        ),
        carefund.core.appendonly.RefuseChanges(
            table="awards_letter",
        ),
        carefund.core.appendonly.RefuseChanges(
            table="awards_clause",
        ),
        carefund.core.appendonly.RefuseChanges(
            table="awards_offermessage",
        ),
        carefund.core.appendonly.RefuseChanges(
            table="awards_fundersignature",
        ),
        carefund.core.appendonly.RefuseChanges(
            table="awards_offerline",
        ),
        carefund.core.appendonly.RefuseChanges(
            table="awards_amendmentapproval",
        ),
        carefund.core.operations.EditorsKeep(
            app_label="awards",
            model="lettertemplate",
            noun="letter template",
        ),
    ]
