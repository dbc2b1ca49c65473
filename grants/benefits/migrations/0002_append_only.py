from carefund.core.appendonly import RefuseChanges
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("benefits", "0001_initial")]
    operations = [
        RefuseChanges("benefits_benefitforecast"),
        RefuseChanges("benefits_benefitobservation"),
        RefuseChanges("benefits_verification"),
    ]
