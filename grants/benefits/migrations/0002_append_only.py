from django.db import migrations

from carefund.core.appendonly import RefuseChanges


class Migration(migrations.Migration):
    dependencies = [("benefits", "0001_initial")]
    operations = [
        RefuseChanges("benefits_benefitforecast"),
        RefuseChanges("benefits_benefitobservation"),
        RefuseChanges("benefits_verification"),
    ]
