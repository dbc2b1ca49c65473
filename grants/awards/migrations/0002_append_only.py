from carefund.core.appendonly import RefuseChanges
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("awards", "0001_initial")]
    operations = [
        RefuseChanges("awards_offerline"),
        RefuseChanges("awards_agreement"),
    ]
