from django.db import migrations

from carefund.core.appendonly import RefuseChanges


class Migration(migrations.Migration):
    dependencies = [("payments", "0001_initial")]
    operations = [
        RefuseChanges("payments_payment"),
        RefuseChanges("payments_recovery"),
    ]
