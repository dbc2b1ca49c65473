import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("files", "0001_initial"), ("files", "0002_scanning")]

    initial = True

    dependencies = [
        ("accounts", "0001_squashed_0002_sign_in_failures"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.CreateModel(
            name="StoredFile",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("content", models.FileField(max_length=200, upload_to="files/%Y/%m")),
                ("content_type", models.CharField(max_length=100)),
                ("size", models.PositiveBigIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                (
                    "scan",
                    models.CharField(
                        choices=[
                            ("waiting", "Being checked for viruses"),
                            ("not_scanned", "Not scanned"),
                            ("clean", "No virus found"),
                            ("infected", "Virus found"),
                            ("unscannable", "Too large to check"),
                            ("removed", "Removed"),
                        ],
                        default="not_scanned",
                        max_length=12,
                    ),
                ),
                ("subject_id", models.CharField(max_length=64)),
                ("role", models.CharField(blank=True, max_length=80)),
                ("uploaded_at", models.DateTimeField()),
                (
                    "subject_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="contenttypes.contenttype"
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("finding", models.CharField(blank=True, max_length=200)),
                ("scanned_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["subject_type", "subject_id"], name="file_by_subject"),
                    models.Index(
                        condition=models.Q(("scan__in", ["waiting", "not_scanned"])),
                        fields=["uploaded_at"],
                        name="file_to_scan",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("size__gt", 0)), name="file_not_empty"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "scan__in",
                                [
                                    "waiting",
                                    "not_scanned",
                                    "clean",
                                    "infected",
                                    "unscannable",
                                    "removed",
                                ],
                            )
                        ),
                        name="file_scan_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("scan__in", ["clean", "infected"]), _negated=True),
                            ("scanned_at__isnull", False),
                            _connector="OR",
                        ),
                        name="file_scanned_has_moment",
                    ),
                ],
            },
        ),
    ]
