from django.db import migrations

from carefund.core.appendonly import RefuseChanges


class Migration(migrations.Migration):
    dependencies = [("bids", "0001_initial")]
    operations = [
        RefuseChanges("bids_answerrevision"),
        RefuseChanges("bids_submission"),
    ]
