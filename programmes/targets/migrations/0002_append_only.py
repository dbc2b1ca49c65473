from django.db import migrations

from carefund.core.appendonly import RefuseChanges


class Migration(migrations.Migration):
    dependencies = [("targets", "0001_initial")]
    operations = [
        RefuseChanges("targets_targetobservation"),
    ]
