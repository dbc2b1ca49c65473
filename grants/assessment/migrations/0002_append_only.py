from django.db import migrations

from carefund.core.appendonly import RefuseChanges


class Migration(migrations.Migration):
    dependencies = [("assessment", "0001_initial")]
    operations = [
        RefuseChanges("assessment_eligibilitycheck"),
        RefuseChanges("assessment_score"),
    ]
