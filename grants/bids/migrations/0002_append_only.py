from carefund.core.appendonly import RefuseChanges
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("bids", "0001_initial")]
    operations = [
        RefuseChanges("bids_answerrevision"),
        RefuseChanges("bids_submission"),
    ]
