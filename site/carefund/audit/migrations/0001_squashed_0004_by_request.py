import carefund.core.appendonly
import carefund.core.operations
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("audit", "0001_initial"),
        ("audit", "0002_append_only"),
        ("audit", "0003_chain"),
        ("audit", "0004_by_request"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_squashed_0002_sign_in_failures"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        carefund.core.operations.CreateModels(
            models=[
                migrations.CreateModel(
                    name="Entry",
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
                        ("at", models.DateTimeField()),
                        ("verb", models.CharField(max_length=80)),
                        ("object_id", models.CharField(max_length=64)),
                        ("changes", models.JSONField(default=dict)),
                        ("reason", models.TextField(blank=True)),
                        ("request_id", models.CharField(blank=True, max_length=64)),
                        (
                            "actor",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "object_type",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="contenttypes.contenttype",
                            ),
                        ),
                        ("roles", models.JSONField(default=list)),
                        ("names_digest", models.CharField(max_length=64)),
                        ("origin_digest", models.CharField(max_length=64)),
                        ("digest", models.CharField(max_length=64)),
                    ],
                    options={
                        "verbose_name_plural": "entries",
                        "indexes": [
                            models.Index(
                                fields=["object_type", "object_id", "-id"], name="audit_by_object"
                            ),
                            models.Index(fields=["actor", "-id"], name="audit_by_actor"),
                            models.Index(fields=["verb", "-id"], name="audit_by_verb"),
                            models.Index(fields=["at"], name="audit_by_time"),
                            models.Index(
                                condition=models.Q(("request_id", ""), _negated=True),
                                fields=["request_id"],
                                name="audit_by_request",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Seal",
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
                        ("position", models.PositiveBigIntegerField()),
                        ("hash", models.CharField(max_length=64)),
                        ("signature", models.CharField(blank=True, max_length=64)),
                        ("sealed_at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Particulars",
                    fields=[
                        (
                            "entry",
                            models.OneToOneField(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                primary_key=True,
                                related_name="particulars",
                                serialize=False,
                                to="audit.entry",
                            ),
                        ),
                        ("actor_name", models.CharField(blank=True, max_length=200)),
                        (
                            "object_name",
                            models.CharField(blank=True, db_index=True, max_length=300),
                        ),
                        ("personal_changes", models.JSONField(default=dict)),
                        ("names_salt", models.CharField(blank=True, max_length=32)),
                        ("address", models.GenericIPAddressField(null=True)),
                        ("agent", models.CharField(blank=True, max_length=60)),
                        ("origin_salt", models.CharField(blank=True, max_length=32)),
                    ],
                    options={
                        "indexes": [models.Index(fields=["address"], name="audit_by_address")],
                    },
                ),
                migrations.CreateModel(
                    name="Unsealed",
                    fields=[
                        (
                            "entry",
                            models.OneToOneField(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                primary_key=True,
                                related_name="+",
                                serialize=False,
                                to="audit.entry",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Link",
                    fields=[
                        (
                            "position",
                            models.PositiveBigIntegerField(primary_key=True, serialize=False),
                        ),
                        (
                            "entry",
                            models.OneToOneField(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="link",
                                to="audit.entry",
                            ),
                        ),
                        ("previous", models.CharField(max_length=64)),
                        ("hash", models.CharField(max_length=64)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
            ],
        ),
        carefund.core.appendonly.RefuseChanges(
            table="audit_entry",
        ),
        carefund.core.appendonly.RefuseChanges(
            table="audit_link",
        ),
        carefund.core.appendonly.RefuseChanges(
            table="audit_seal",
        ),
        carefund.core.appendonly.RefuseChanges(
            table="audit_particulars",
            unless="\nNEW.entry_id = OLD.entry_id AND (\n  (NEW.names_salt = OLD.names_salt AND NEW.actor_name = OLD.actor_name\n   AND NEW.object_name = OLD.object_name\n   AND CAST(NEW.personal_changes AS text) = CAST(OLD.personal_changes AS text))\n  OR (NEW.names_salt = '' AND NEW.actor_name = '' AND NEW.object_name = ''\n      AND CAST(NEW.personal_changes AS text) = '{}')\n) AND (\n  (NEW.origin_salt = OLD.origin_salt AND NEW.agent = OLD.agent\n   AND COALESCE(CAST(NEW.address AS text), '') = COALESCE(CAST(OLD.address AS text), ''))\n  OR (NEW.origin_salt = '' AND NEW.agent = '' AND NEW.address IS NULL)\n)\n",
        ),
    ]
