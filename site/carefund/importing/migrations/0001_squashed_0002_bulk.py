import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("importing", "0001_initial"), ("importing", "0002_bulk")]

    initial = True

    dependencies = [
        ("accounts", "0001_squashed_0002_sign_in_failures"),
    ]

    operations = [
        migrations.CreateModel(
            name="ImportRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=60)),
                ("state", models.CharField(default="uploaded", editable=False, max_length=30)),
                ("file_name", models.CharField(max_length=200)),
                ("content", models.FileField(upload_to="imports/%Y/%m")),
                ("sha256", models.CharField(max_length=64)),
                ("rows_total", models.PositiveIntegerField(default=0)),
                ("rows_done", models.PositiveIntegerField(default=0)),
                ("problems", models.JSONField(default=list)),
                ("preview", models.JSONField(default=list)),
                ("uploaded_at", models.DateTimeField()),
                ("applied_at", models.DateTimeField(blank=True, null=True)),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("asked_at", models.DateTimeField(blank=True, null=True)),
                ("basis", models.CharField(blank=True, max_length=64)),
                ("checks", models.PositiveSmallIntegerField(default=0)),
                ("counts", models.JSONField(default=dict)),
                ("notice", models.CharField(blank=True, max_length=400)),
                ("wrong_rows", models.FileField(blank=True, upload_to="imports/%Y/%m")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                ["uploaded", "checked", "refused", "applied", "abandoned"],
                            )
                        ),
                        name="import_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("rows_done__lte", models.F("rows_total"))),
                        name="import_rows_within_total",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "applied"), _negated=True),
                            ("applied_at__isnull", False),
                            _connector="OR",
                        ),
                        name="import_applied_has_moment",
                    ),
                ],
            },
        ),
    ]
