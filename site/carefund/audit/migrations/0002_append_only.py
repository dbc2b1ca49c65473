from django.db import migrations

from carefund.core.appendonly import RefuseChanges


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [
        RefuseChanges("audit_entry"),
    ]
