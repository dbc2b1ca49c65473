from carefund.core.appendonly import RefuseChanges
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("assessment", "0001_initial")]
    operations = [
        RefuseChanges("assessment_eligibilitycheck"),
        RefuseChanges("assessment_score"),
    ]
