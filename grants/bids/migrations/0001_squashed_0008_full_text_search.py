import carefund.core.appendonly
import carefund.core.clock
import carefund.core.money
import carefund.core.operations
import carefund.core.searching
import carefund.core.years
import django.contrib.postgres.search
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("bids", "0001_initial"),
        ("bids", "0002_append_only"),
        ("bids", "0003_guests_and_holders"),
        ("bids", "0004_retention"),
        ("bids", "0005_form_engine"),
        ("bids", "0006_writing_together"),
        ("bids", "0007_clarification_requests"),
        ("bids", "0008_full_text_search"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_squashed_0002_sign_in_failures"),
        ("calls", "0001_squashed_0006_late_by_grace"),
        ("funds", "0001_squashed_0004_governance_and_virements"),
        ("organisations", "0001_squashed_0002_people_and_places"),
    ]

    operations = [
        carefund.core.operations.CreateModels(
            models=[
                migrations.CreateModel(
                    name="Bid",
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
                        ("state", models.CharField(default="draft", editable=False, max_length=30)),
                        ("started_at", models.DateTimeField(default=carefund.core.clock.now)),
                        ("certified_at", models.DateTimeField(blank=True, null=True)),
                        ("submitted_at", models.DateTimeField(blank=True, null=True)),
                        ("requested", carefund.core.money.MoneyField(blank=True, null=True)),
                        (
                            "score",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=5, null=True
                            ),
                        ),
                        ("source", models.CharField(blank=True, max_length=500)),
                        ("is_sample", models.BooleanField(default=False)),
                        (
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="bids",
                                to="calls.call",
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
                            "form",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="bids",
                                to="calls.formversion",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="bids",
                                to="organisations.organisation",
                            ),
                        ),
                        (
                            "prepared_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
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
                        (
                            "theme",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="bids",
                                to="funds.theme",
                            ),
                        ),
                        (
                            "contacts_removed_at",
                            models.DateTimeField(blank=True, editable=False, null=True),
                        ),
                        ("screening", models.JSONField(blank=True, default=dict, editable=False)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["call", "state", "-submitted_at"], name="bid_by_call"
                            ),
                            models.Index(
                                fields=["organisation", "-started_at"], name="bid_by_organisation"
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            "draft",
                                            "awaiting_certificate",
                                            "certified",
                                            "submitted",
                                            "withdrawn",
                                            "eligible",
                                            "ineligible",
                                            "in_assessment",
                                            "assessed",
                                            "awarded",
                                            "reserve",
                                            "unsuccessful",
                                            "declined",
                                        ],
                                    )
                                ),
                                name="bid_state_known",
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
                                name="bid_certified_by_another",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        (
                                            "state__in",
                                            [
                                                "certified",
                                                "submitted",
                                                "eligible",
                                                "ineligible",
                                                "in_assessment",
                                                "assessed",
                                                "awarded",
                                                "reserve",
                                                "unsuccessful",
                                                "declined",
                                            ],
                                        ),
                                        _negated=True,
                                    ),
                                    ("certified_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="bid_certified_before_submission",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        (
                                            "state__in",
                                            (
                                                "submitted",
                                                "eligible",
                                                "ineligible",
                                                "in_assessment",
                                                "assessed",
                                                "awarded",
                                                "reserve",
                                                "unsuccessful",
                                                "declined",
                                            ),
                                        ),
                                        _negated=True,
                                    ),
                                    ("submitted_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="bid_submitted_has_moment",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("score__isnull", True),
                                    models.Q(("score__gte", 0), ("score__lte", 100)),
                                    _connector="OR",
                                ),
                                name="bid_score_per_cent",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("requested__isnull", True),
                                    ("requested__gte", 0),
                                    _connector="OR",
                                ),
                                name="bid_request_not_negative",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AnswerRevision",
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
                        ("question", models.SlugField(max_length=60)),
                        ("revision", models.PositiveIntegerField()),
                        ("value", models.JSONField()),
                        ("saved_at", models.DateTimeField()),
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
                            "bid",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="revisions",
                                to="bids.bid",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["bid", "question", "revision"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("bid", "question", "revision"), name="answer_revision_once"
                            )
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
                        ("question", models.SlugField(max_length=60)),
                        ("value", models.JSONField()),
                        ("revision", models.PositiveIntegerField(default=1)),
                        ("saved_at", models.DateTimeField()),
                        (
                            "saved_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "bid",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="answers",
                                to="bids.bid",
                            ),
                        ),
                        ("page", models.CharField(blank=True, editable=False, max_length=32)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("bid", "question"), name="answer_once"),
                            models.CheckConstraint(
                                condition=models.Q(("revision__gte", 1)),
                                name="answer_revision_from_one",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RequestedAmount",
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
                            "bid",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="requested_amounts",
                                to="bids.bid",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["financial_year", "kind"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("bid", "financial_year", "kind"),
                                name="requested_amount_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount__gt", 0)),
                                name="requested_amount_positive",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("financial_year__gte", 2000), ("financial_year__lte", 2099)
                                ),
                                name="requested_year_sane",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["capital", "revenue"])),
                                name="requested_kind_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Submission",
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
                        ("content", models.JSONField()),
                        (
                            "fingerprint",
                            models.CharField(max_length=64, verbose_name="SHA-256 of the content"),
                        ),
                        ("declaration", models.TextField()),
                        ("submitted_at", models.DateTimeField()),
                        (
                            "bid",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="submissions",
                                to="bids.bid",
                            ),
                        ),
                        (
                            "submitted_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("erased_at", models.DateTimeField(editable=False, null=True)),
                    ],
                    options={
                        "ordering": ["bid", "number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("bid", "number"), name="submission_number_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BidGuest",
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
                            "bid",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="guests",
                                to="bids.bid",
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
                                name="bidguest_given_by_another",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("role__in", ["viewer", "contributor"])),
                                name="bidguest_role_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BidHolder",
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
                            "bid",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="holders",
                                to="bids.bid",
                            ),
                        ),
                        (
                            "predecessor",
                            models.ForeignKey(
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
                                name="bidholder_between_two",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AnswerSetAside",
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
                        ("question", models.SlugField(max_length=60)),
                        ("label", models.CharField(max_length=300)),
                        ("kind", models.CharField(max_length=40)),
                        ("options", models.JSONField(default=dict)),
                        ("value", models.JSONField()),
                        (
                            "why",
                            models.CharField(
                                choices=[
                                    ("gone", "The question is no longer asked"),
                                    ("retyped", "The question is now answered in another way"),
                                    ("unfit", "The answer no longer fits the question"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("at", models.DateTimeField(default=carefund.core.clock.now)),
                        (
                            "bid",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="set_aside",
                                to="bids.bid",
                            ),
                        ),
                        (
                            "form",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="calls.formversion",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["bid", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("bid", "question", "form"), name="answer_set_aside_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("why__in", ["gone", "retyped", "unfit"])),
                                name="answer_set_aside_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Comment",
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
                        ("question", models.SlugField(max_length=60)),
                        ("text", models.TextField()),
                        ("at", models.DateTimeField()),
                        (
                            "bid",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="comments",
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
                        "ordering": ["bid", "pk"],
                        "indexes": [
                            models.Index(fields=["bid", "question"], name="comment_by_question")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="KeptAnswer",
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
                        ("question", models.SlugField(max_length=60)),
                        ("value", models.JSONField()),
                        ("met", models.PositiveIntegerField()),
                        ("saved_at", models.DateTimeField()),
                        (
                            "bid",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="kept_answers",
                                to="bids.bid",
                            ),
                        ),
                        (
                            "saved_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["bid", "question", "pk"],
                        "indexes": [
                            models.Index(fields=["bid", "question"], name="kept_answer_by_question")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Note",
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
                            "bid",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="notes",
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
                        "ordering": ["bid", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Presence",
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
                        ("section", models.SlugField(max_length=60)),
                        ("seen_at", models.DateTimeField()),
                        (
                            "bid",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="presences",
                                to="bids.bid",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("bid", "section", "user"), name="presence_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SectionHolder",
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
                        ("section", models.SlugField(max_length=60)),
                        ("given_at", models.DateTimeField(default=carefund.core.clock.now)),
                        (
                            "bid",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="section_holders",
                                to="bids.bid",
                            ),
                        ),
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
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("bid", "section"), name="section_holder_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SectionReturn",
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
                        ("section", models.SlugField(max_length=60)),
                        ("reason", models.TextField()),
                        ("at", models.DateTimeField()),
                        ("settled_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "bid",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="section_returns",
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
                        "ordering": ["bid", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("settled_at__isnull", True)),
                                fields=("bid", "section"),
                                name="section_return_open_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ClarificationRequest",
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
                        ("section", models.SlugField(max_length=60)),
                        ("question", models.TextField()),
                        ("reply_by", models.DateField()),
                        ("asked_at", models.DateTimeField(default=carefund.core.clock.now)),
                        ("reply", models.TextField(blank=True)),
                        ("values", models.JSONField(blank=True, default=dict)),
                        ("before", models.JSONField(blank=True, default=dict)),
                        ("replied_at", models.DateTimeField(blank=True, null=True)),
                        ("taken_back_at", models.DateTimeField(blank=True, null=True)),
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
                            "bid",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="clarification_requests",
                                to="bids.bid",
                            ),
                        ),
                        (
                            "replied_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "taken_back_by",
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
                        "ordering": ["bid", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("replied_at__isnull", True), ("taken_back_at__isnull", True)
                                ),
                                fields=("bid", "section"),
                                name="bid_clarification_open_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("replied_at__isnull", True),
                                    ("taken_back_at__isnull", True),
                                    _connector="OR",
                                ),
                                name="bid_clarification_one_end",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("replied_at__isnull", True),
                                    models.Q(("reply", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="bid_clarification_reply_has_words",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("question", ""), _negated=True),
                                name="bid_clarification_asks",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BidWords",
                    fields=[
                        (
                            "bid",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="words",
                                serialize=False,
                                to="bids.bid",
                            ),
                        ),
                        ("head", models.TextField()),
                        ("body", models.TextField()),
                        (
                            "vector",
                            models.GeneratedField(
                                db_persist=True,
                                expression=carefund.core.searching.Indexed(
                                    models.F("head"), models.F("body")
                                ),
                                output_field=django.contrib.postgres.search.SearchVectorField(),
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Mention",
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
                            "comment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="mentions",
                                to="bids.comment",
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
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("comment", "person"), name="mention_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BidPartner",
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
                        ("organisation", models.CharField(max_length=200)),
                        ("part", models.TextField(verbose_name="what they will do")),
                        (
                            "contribution",
                            carefund.core.money.MoneyField(verbose_name="what they will give"),
                        ),
                        ("asked_at", models.DateTimeField()),
                        (
                            "answer",
                            models.CharField(
                                choices=[
                                    ("waiting", "Not confirmed yet"),
                                    ("confirmed", "Confirmed"),
                                    ("declined", "Declined"),
                                ],
                                default="waiting",
                                max_length=10,
                            ),
                        ),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        ("remark", models.TextField(blank=True)),
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
                            "bid",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="partners",
                                to="bids.bid",
                            ),
                        ),
                        (
                            "guest",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="partner",
                                to="bids.bidguest",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["bid", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("answer__in", ["waiting", "confirmed", "declined"])
                                ),
                                name="partner_answer_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("answer", "waiting"), ("answered_at__isnull", True)),
                                    models.Q(
                                        models.Q(("answer", "waiting"), _negated=True),
                                        ("answered_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="partner_answer_has_moment",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("contribution__gte", 0)),
                                name="partner_contribution_not_negative",
                            ),
                        ],
                    },
                ),
            ],
        ),
        carefund.core.appendonly.RefuseChanges(
            table="bids_answerrevision",
            unless="\nNEW.id = OLD.id AND NEW.bid_id = OLD.bid_id AND NEW.question = OLD.question\nAND NEW.revision = OLD.revision AND NEW.saved_at = OLD.saved_at\nAND COALESCE(NEW.saved_by_id, 0) = COALESCE(OLD.saved_by_id, 0)\nAND CAST(NEW.value AS text) = '\"Removed under the retention rule\"'\n",
        ),
        carefund.core.appendonly.RefuseChanges(
            table="bids_submission",
            unless="\nNEW.id = OLD.id AND NEW.bid_id = OLD.bid_id AND NEW.number = OLD.number\nAND NEW.fingerprint = OLD.fingerprint AND NEW.declaration = OLD.declaration\nAND NEW.submitted_at = OLD.submitted_at\nAND COALESCE(NEW.submitted_by_id, 0) = COALESCE(OLD.submitted_by_id, 0)\nAND NEW.erased_at IS NOT NULL\n",
        ),
        carefund.core.appendonly.RefuseChanges(
            table="bids_bidholder",
        ),
        carefund.core.appendonly.RefuseChanges(
            table="bids_keptanswer",
            unless="\nNEW.id = OLD.id AND NEW.bid_id = OLD.bid_id AND NEW.question = OLD.question\nAND NEW.met = OLD.met AND NEW.saved_at = OLD.saved_at\nAND COALESCE(NEW.saved_by_id, 0) = COALESCE(OLD.saved_by_id, 0)\nAND CAST(NEW.value AS text) = '\"Removed under the retention rule\"'\n",
        ),
        carefund.core.appendonly.RefuseChanges(
            table="bids_comment",
        ),
        carefund.core.appendonly.RefuseChanges(
            table="bids_mention",
        ),
        carefund.core.appendonly.RefuseChanges(
            table="bids_note",
        ),
        carefund.core.operations.OnPostgreSQL(
            sql="CREATE INDEX bids_words_found ON bids_bidwords USING gin (vector)",
        ),
    ]
