from django.db import migrations

from carefund.core.appendonly import RefuseChanges


class Migration(migrations.Migration):
    dependencies = [("delivery", "0001_initial")]
    operations = [
        RefuseChanges("delivery_milestonefact"),
        RefuseChanges("delivery_riskassessment"),
    ]
