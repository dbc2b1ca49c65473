from carefund.core.appendonly import RefuseChanges
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("targets", "0001_initial")]
    operations = [
        RefuseChanges("targets_targetobservation"),
    ]
