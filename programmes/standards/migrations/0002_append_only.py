from carefund.core.appendonly import RefuseChanges
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("standards", "0001_initial")]
    operations = [
        RefuseChanges("standards_selfassessment"),
    ]
