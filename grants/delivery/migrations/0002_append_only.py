from carefund.core.appendonly import RefuseChanges
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("delivery", "0001_initial")]
    operations = [
        RefuseChanges("delivery_milestonefact"),
        RefuseChanges("delivery_riskassessment"),
    ]
