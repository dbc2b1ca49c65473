from django.db import migrations

from carefund.core.operations import KeepTally


class Migration(migrations.Migration):
    dependencies = [("payments", "0004_claim_totals"), ("core", "0002_tallies")]

    operations = [
        KeepTally(
            of="claims",
            table="payments_claim",
            scope="(SELECT p.programme_id FROM delivery_project p WHERE p.id = r.project_id)",
            reads=["project_id"],
            amount="total",
            states=["submitted", "approved", "refused", "paid"],
        )
    ]
