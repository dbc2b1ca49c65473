import secrets

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from carefund.audit import content
from carefund.core.appendonly import AllowChanges, RefuseChanges

# The one change that is let through: a part of the particulars is emptied.
EMPTIED = """
NEW.entry_id = OLD.entry_id AND (
  (NEW.names_salt = OLD.names_salt AND NEW.actor_name = OLD.actor_name
   AND NEW.object_name = OLD.object_name
   AND CAST(NEW.personal_changes AS text) = CAST(OLD.personal_changes AS text))
  OR (NEW.names_salt = '' AND NEW.actor_name = '' AND NEW.object_name = ''
      AND CAST(NEW.personal_changes AS text) = '{}')
) AND (
  (NEW.origin_salt = OLD.origin_salt AND NEW.agent = OLD.agent
   AND COALESCE(CAST(NEW.address AS text), '') = COALESCE(CAST(OLD.address AS text), ''))
  OR (NEW.origin_salt = '' AND NEW.agent = '' AND NEW.address IS NULL)
)
"""
AT_ONCE = 1000


# Row by row: one statement for a thousand rows takes the database ten times as long.
PUT = "UPDATE audit_entry SET names_digest = %s, origin_digest = %s, digest = %s WHERE id = %s"


def take_apart(apps, schema_editor):
    """What entries say about people moves beside them; each gets its digests."""
    Entry, Particulars, Unsealed = (
        apps.get_model("audit", name) for name in ("Entry", "Particulars", "Unsealed")
    )
    last = 0
    while page := list(Entry.objects.filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        rows = []
        for entry in page:
            row = Particulars(
                entry=entry,
                actor_name=entry.actor_name,
                object_name=entry.object_name,
                address=entry.address,
                names_salt=secrets.token_hex(16),
                origin_salt=secrets.token_hex(16),
            )
            entry.names_digest = content.names_digest(row)
            entry.origin_digest = content.origin_digest(row)
            entry.digest = content.digest_of(entry)
            rows.append(row)
        digests = [(e.names_digest, e.origin_digest, e.digest, e.pk) for e in page]
        with schema_editor.connection.cursor() as cursor:
            cursor.executemany(PUT, digests)
        Particulars.objects.bulk_create(rows)
        Unsealed.objects.bulk_create(Unsealed(entry=entry) for entry in page)
        last = page[-1].pk


def _beside(**options):
    return models.OneToOneField(
        db_constraint=False,
        on_delete=django.db.models.deletion.DO_NOTHING,
        to="audit.entry",
        **options,
    )


DIGEST = models.CharField(max_length=64)


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0002_append_only"),
        ("contenttypes", "0002_remove_content_type_name"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        AllowChanges("audit_entry"),
        migrations.CreateModel(
            name="Particulars",
            fields=[
                ("entry", _beside(primary_key=True, related_name="particulars", serialize=False)),
                ("actor_name", models.CharField(blank=True, max_length=200)),
                ("object_name", models.CharField(blank=True, db_index=True, max_length=300)),
                ("personal_changes", models.JSONField(default=dict)),
                ("names_salt", models.CharField(blank=True, max_length=32)),
                ("address", models.GenericIPAddressField(null=True)),
                ("agent", models.CharField(blank=True, max_length=60)),
                ("origin_salt", models.CharField(blank=True, max_length=32)),
            ],
            options={"indexes": [models.Index(fields=["address"], name="audit_by_address")]},
        ),
        migrations.CreateModel(
            name="Unsealed",
            fields=[("entry", _beside(primary_key=True, related_name="+", serialize=False))],
        ),
        migrations.CreateModel(
            name="Link",
            fields=[
                ("position", models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                ("entry", _beside(related_name="link")),
                ("previous", DIGEST.clone()),
                ("hash", DIGEST.clone()),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="Seal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveBigIntegerField()),
                ("hash", DIGEST.clone()),
                ("signature", models.CharField(blank=True, max_length=64)),
                ("sealed_at", models.DateTimeField()),
            ],
            options={"ordering": ["pk"]},
        ),
        migrations.AddField("entry", "roles", models.JSONField(default=list)),
        *(
            migrations.AddField(
                "entry",
                name,
                models.CharField(default="", max_length=64),
                preserve_default=False,
            )
            for name in ("names_digest", "origin_digest", "digest")
        ),
        migrations.RunPython(take_apart, migrations.RunPython.noop, elidable=True),
        migrations.RemoveField("entry", "actor_name"),
        migrations.RemoveField("entry", "object_name"),
        migrations.RemoveField("entry", "address"),
        migrations.AddIndex("entry", models.Index(fields=["verb", "-id"], name="audit_by_verb")),
        migrations.AddIndex("entry", models.Index(fields=["at"], name="audit_by_time")),
        RefuseChanges("audit_entry"),
        RefuseChanges("audit_link"),
        RefuseChanges("audit_seal"),
        RefuseChanges("audit_particulars", EMPTIED),
    ]
