import carefund.core.operations
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("notify", "0001_initial"), ("notify", "0002_preferences_and_stopped_addresses")]

    initial = True

    dependencies = [
        ("accounts", "0001_squashed_0002_sign_in_failures"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        carefund.core.operations.CreateModels(
            models=[
                migrations.CreateModel(
                    name="OutboxMessage",
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
                        ("address", models.EmailField(max_length=254)),
                        ("kind", models.CharField(max_length=80)),
                        ("key", models.CharField(max_length=200, unique=True)),
                        ("subject_line", models.CharField(max_length=200)),
                        ("text", models.TextField()),
                        ("html", models.TextField()),
                        ("about_id", models.CharField(blank=True, max_length=64)),
                        ("created_at", models.DateTimeField()),
                        ("sent_at", models.DateTimeField(blank=True, null=True)),
                        ("read_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "about_type",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="contenttypes.contenttype",
                            ),
                        ),
                        (
                            "recipient",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="messages",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("held_because", models.CharField(blank=True, max_length=200)),
                        (
                            "how",
                            models.CharField(
                                choices=[
                                    ("now", "By e-mail at once"),
                                    ("daily", "In one e-mail a day"),
                                    ("service", "Only in the service"),
                                ],
                                default="now",
                                max_length=7,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["recipient", "-created_at"], name="message_by_person"
                            ),
                            models.Index(
                                condition=models.Q(("how", "daily"), ("sent_at__isnull", True)),
                                fields=["recipient"],
                                name="message_for_digest",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("sent_at__isnull", True),
                                    ("sent_at__gte", models.F("created_at")),
                                    _connector="OR",
                                ),
                                name="message_sent_after_created",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("how__in", ["now", "daily", "service"])),
                                name="message_how_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("sent_at__isnull", True), ("held_because", ""), _connector="OR"
                                ),
                                name="message_sent_or_held",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Preference",
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
                            "topic",
                            models.CharField(
                                choices=[
                                    ("people", "People and roles"),
                                    ("calls", "Calls"),
                                    ("bids", "Bids"),
                                    ("assessment", "Assessment"),
                                    ("awards", "Decisions, offers and agreements"),
                                    ("delivery", "Projects, milestones and returns"),
                                    ("payments", "Claims and payments"),
                                    ("benefits", "Benefits"),
                                    ("reports", "Reports"),
                                    ("service", "The service itself"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "how",
                            models.CharField(
                                choices=[
                                    ("now", "By e-mail at once"),
                                    ("daily", "In one e-mail a day"),
                                    ("service", "Only in the service"),
                                ],
                                max_length=7,
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="message_preferences",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "topic__in",
                                        [
                                            "people",
                                            "calls",
                                            "bids",
                                            "assessment",
                                            "awards",
                                            "delivery",
                                            "payments",
                                            "benefits",
                                            "reports",
                                            "service",
                                        ],
                                    )
                                ),
                                name="preference_topic_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("how__in", ["now", "daily", "service"])),
                                name="preference_how_known",
                            ),
                            models.UniqueConstraint(
                                fields=("person", "topic"), name="preference_once"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StoppedAddress",
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
                        ("address", models.EmailField(max_length=254)),
                        ("reason", models.CharField(max_length=500)),
                        ("stopped_at", models.DateTimeField()),
                        ("resumed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "message",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="notify.outboxmessage",
                            ),
                        ),
                        (
                            "resumed_by",
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
                        "verbose_name_plural": "stopped addresses",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("resumed_at__isnull", True)),
                                fields=("address",),
                                name="address_stopped_once_at_a_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("resumed_at__isnull", True),
                                    ("resumed_at__gte", models.F("stopped_at")),
                                    _connector="OR",
                                ),
                                name="address_resumed_after_stopped",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("resumed_at__isnull", True), ("resumed_by__isnull", True)
                                    ),
                                    models.Q(
                                        ("resumed_at__isnull", False), ("resumed_by__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="address_resumed_by_somebody",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
