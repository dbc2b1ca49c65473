from django.db import migrations

from carefund.core.operations import KeepTally

SCOPE = "(SELECT p.programme_id FROM delivery_project p WHERE p.id = r.project_id)"


class Migration(migrations.Migration):
    dependencies = [("delivery", "0005_returns_by_date"), ("core", "0002_tallies")]

    operations = [
        KeepTally(
            of="returns",
            table="delivery_monitoringreturn",
            scope=SCOPE,
            reads=["project_id"],
            states=["due", "submitted", "accepted"],
        ),
        KeepTally(
            of="milestones",
            table="delivery_milestone",
            scope=SCOPE,
            reads=["project_id"],
            states=["planned", "reported", "achieved", "removed"],
        ),
    ]
