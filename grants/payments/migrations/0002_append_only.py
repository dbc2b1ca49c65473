from carefund.core.appendonly import RefuseChanges
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("payments", "0001_initial")]
    operations = [
        RefuseChanges("payments_payment"),
        RefuseChanges("payments_recovery"),
    ]
