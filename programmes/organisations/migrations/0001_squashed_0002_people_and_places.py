import carefund.core.clock
import carefund.core.operations
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("organisations", "0001_initial"), ("organisations", "0002_people_and_places")]

    initial = True

    dependencies = [
        ("accounts", "0001_squashed_0002_sign_in_failures"),
    ]

    operations = [
        carefund.core.operations.CreateModels(
            models=[
                migrations.CreateModel(
                    name="Region",
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
                            "code",
                            models.CharField(max_length=9, unique=True, verbose_name="GSS code"),
                        ),
                        ("name", models.CharField(max_length=60, unique=True)),
                    ],
                    options={
                        "ordering": ["name"],
                    },
                ),
                migrations.CreateModel(
                    name="Organisation",
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
                                    ("local_authority", "Local authority"),
                                    ("icb", "Integrated care board"),
                                    ("charity", "Charity"),
                                    ("care_provider", "Care provider"),
                                    ("department", "Government department or agency"),
                                    ("other", "Other organisation"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("name", models.CharField(max_length=200)),
                        ("short_name", models.CharField(max_length=120)),
                        ("org_id", models.CharField(max_length=60, unique=True)),
                        (
                            "code",
                            models.CharField(
                                blank=True, max_length=20, verbose_name="register code"
                            ),
                        ),
                        (
                            "gss_code",
                            models.CharField(blank=True, max_length=9, verbose_name="GSS code"),
                        ),
                        (
                            "authority_type",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("UA", "Unitary authority"),
                                    ("MD", "Metropolitan district"),
                                    ("LBO", "London borough"),
                                    ("CC", "City corporation"),
                                    ("CTY", "County council"),
                                ],
                                max_length=4,
                            ),
                        ),
                        ("population", models.PositiveIntegerField(blank=True, null=True)),
                        ("valid_from", models.DateField()),
                        ("valid_to", models.DateField(blank=True, null=True)),
                        ("is_sample", models.BooleanField(default=False)),
                        ("source", models.CharField(blank=True, max_length=300)),
                        (
                            "region",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="organisations.region",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["name"],
                        "indexes": [
                            models.Index(fields=["kind", "name"], name="organisation_by_kind")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to__isnull", True),
                                    ("valid_to__gt", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="organisation_ends_after_start",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "local_authority"), _negated=True),
                                    models.Q(("authority_type", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="authority_has_type",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Succession",
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
                        (
                            "predecessor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="successions",
                                to="organisations.organisation",
                            ),
                        ),
                        (
                            "successor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="predecessions",
                                to="organisations.organisation",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("predecessor", "successor"), name="succession_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("predecessor", models.F("successor")), _negated=True
                                ),
                                name="succession_between_two",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Membership",
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
                                    ("org_administrator", "Administrator"),
                                    ("bid_author", "Bid author"),
                                    ("finance_certifier", "Finance certifier"),
                                    ("project_lead", "Project lead"),
                                    ("viewer", "Viewer"),
                                ],
                                max_length=30,
                            ),
                        ),
                        ("started_at", models.DateTimeField(default=carefund.core.clock.now)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="memberships",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="memberships",
                                to="organisations.organisation",
                            ),
                        ),
                        (
                            "capacity",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("s151", "Section 151 officer"),
                                    ("deputy", "Deputy section 151 officer"),
                                ],
                                max_length=10,
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
                            "started_by",
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
                                fields=("organisation", "user", "role"),
                                name="membership_once_at_a_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "role__in",
                                        [
                                            "org_administrator",
                                            "bid_author",
                                            "finance_certifier",
                                            "project_lead",
                                            "viewer",
                                        ],
                                    )
                                ),
                                name="membership_role_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ended_at__isnull", True),
                                    ("ended_at__gte", models.F("started_at")),
                                    _connector="OR",
                                ),
                                name="membership_ends_after_start",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("capacity", ""), ("role", "finance_certifier"), _connector="OR"
                                ),
                                name="membership_capacity_of_certifiers",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("started_by__isnull", True),
                                    ("user__isnull", True),
                                    models.Q(("started_by", models.F("user")), _negated=True),
                                    _connector="OR",
                                ),
                                name="membership_given_by_another",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ended_by__isnull", True),
                                    ("user__isnull", True),
                                    models.Q(("ended_by", models.F("user")), _negated=True),
                                    _connector="OR",
                                ),
                                name="membership_ended_by_another",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FormerCode",
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
                        ("gss_code", models.CharField(max_length=9)),
                        ("valid_to", models.DateField()),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="former_codes",
                                to="organisations.organisation",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation", "gss_code"), name="former_code_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BoardShare",
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
                        ("share", models.DecimalField(decimal_places=4, max_digits=5)),
                        ("is_primary", models.BooleanField()),
                        ("valid_from", models.DateField()),
                        ("valid_to", models.DateField(blank=True, null=True)),
                        (
                            "authority",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="board_shares",
                                to="organisations.organisation",
                            ),
                        ),
                        (
                            "board",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="authority_shares",
                                to="organisations.organisation",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to__isnull", True),
                                    ("valid_to__gt", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="board_share_ends_after_start",
                            ),
                            models.UniqueConstraint(
                                fields=("authority", "board", "valid_from"), name="board_share_once"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("is_primary", True), ("valid_to__isnull", True)
                                ),
                                fields=("authority",),
                                name="board_share_one_primary",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("share__gt", 0), ("share__lte", 1)),
                                name="board_share_is_a_share",
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
                        ("kind", models.CharField(max_length=20)),
                        ("email", models.EmailField(max_length=254, verbose_name="e-mail address")),
                        ("name", models.CharField(max_length=150)),
                        ("roles", models.JSONField(default=list)),
                        (
                            "capacity",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("s151", "Section 151 officer"),
                                    ("deputy", "Deputy section 151 officer"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("token_hash", models.CharField(max_length=64, unique=True)),
                        ("invited_at", models.DateTimeField(default=carefund.core.clock.now)),
                        ("sent_count", models.PositiveSmallIntegerField(default=1)),
                        ("expires_at", models.DateTimeField()),
                        ("accepted_at", models.DateTimeField(blank=True, null=True)),
                        ("revoked_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "accepted_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "invited_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="people_invited",
                                to="organisations.organisation",
                            ),
                        ),
                        (
                            "revoked_by",
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
                                fields=["organisation", "-invited_at"], name="invitation_by_org"
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("expires_at__gt", models.F("invited_at"))),
                                name="invitation_expires_after_start",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("accepted_at__isnull", True),
                                    ("revoked_at__isnull", True),
                                    _connector="OR",
                                ),
                                name="invitation_accepted_or_revoked",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("accepted_at__isnull", True),
                                    ("accepted_by__isnull", False),
                                    _connector="OR",
                                ),
                                name="invitation_accepted_by_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("accepted_by__isnull", True),
                                    ("invited_by__isnull", True),
                                    models.Q(
                                        ("accepted_by", models.F("invited_by")), _negated=True
                                    ),
                                    _connector="OR",
                                ),
                                name="invitation_accepted_by_another",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="JoinRequest",
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
                        ("email", models.EmailField(max_length=254, verbose_name="e-mail address")),
                        ("name", models.CharField(max_length=150)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("unconfirmed", "Not confirmed"),
                                    ("waiting", "Waiting"),
                                    ("approved", "Approved"),
                                    ("declined", "Declined"),
                                ],
                                default="unconfirmed",
                                max_length=12,
                            ),
                        ),
                        ("token_hash", models.CharField(blank=True, max_length=64)),
                        ("asked_at", models.DateTimeField(default=carefund.core.clock.now)),
                        ("expires_at", models.DateTimeField(blank=True, null=True)),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        ("reason", models.TextField(blank=True)),
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
                            "organisation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="join_requests",
                                to="organisations.organisation",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="join_requests",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation", "state"], name="join_request_by_org"
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "unconfirmed"),
                                    models.Q(
                                        ("organisation__isnull", False), ("user__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="join_request_confirmed_has_person",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state__in", ["approved", "declined"]), _negated=True
                                    ),
                                    ("decided_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="join_request_decided_has_moment",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "declined"), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="join_request_says_why_not",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "waiting")),
                                fields=("organisation", "user"),
                                name="join_request_once_at_a_time",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("token_hash", ""), _negated=True),
                                fields=("token_hash",),
                                name="join_request_token_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("decided_by__isnull", True),
                                    ("user__isnull", True),
                                    models.Q(("decided_by", models.F("user")), _negated=True),
                                    _connector="OR",
                                ),
                                name="join_request_decided_by_another",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OrganisationDomain",
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
                        ("domain", models.CharField(max_length=120)),
                        ("valid_from", models.DateField()),
                        ("valid_to", models.DateField(blank=True, null=True)),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="domains",
                                to="organisations.organisation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["domain", "valid_from"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to__isnull", True),
                                    ("valid_to__gt", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="organisation_domain_ends_after_start",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("valid_to__isnull", True)),
                                fields=("organisation", "domain"),
                                name="organisation_domain_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("domain", django.db.models.functions.text.Lower("domain"))
                                ),
                                name="organisation_domain_lower_case",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OrganisationName",
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
                        ("short_name", models.CharField(max_length=120)),
                        ("valid_from", models.DateField()),
                        ("recorded_at", models.DateTimeField(default=carefund.core.clock.now)),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="names",
                                to="organisations.organisation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["organisation", "valid_from", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation", "valid_from"),
                                name="organisation_name_once_a_day",
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
