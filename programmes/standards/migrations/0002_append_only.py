from django.db import migrations

from carefund.core.appendonly import RefuseChanges


class Migration(migrations.Migration):
    dependencies = [("standards", "0001_initial")]
    operations = [
        RefuseChanges("standards_selfassessment"),
    ]
