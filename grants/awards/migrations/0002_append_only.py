from django.db import migrations

from carefund.core.appendonly import RefuseChanges


class Migration(migrations.Migration):
    dependencies = [("awards", "0001_initial")]
    operations = [
        RefuseChanges("awards_offerline"),
        RefuseChanges("awards_agreement"),
    ]
