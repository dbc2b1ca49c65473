from django.db import migrations

from carefund.core.appendonly import RefuseChanges


class Migration(migrations.Migration):
    dependencies = [("funds", "0001_initial")]
    operations = [
        RefuseChanges("funds_ledgerentry"),
    ]
