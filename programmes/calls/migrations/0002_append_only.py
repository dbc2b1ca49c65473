from django.db import migrations

from carefund.core.appendonly import RefuseChanges


class Migration(migrations.Migration):
    dependencies = [("calls", "0001_initial")]
    operations = [
        RefuseChanges("calls_callupdate"),
    ]
