from django.db import migrations

from carefund.core.operations import KeepTally


class Migration(migrations.Migration):
    dependencies = [("bids", "0009_lists_by_state"), ("core", "0002_tallies")]

    operations = [
        KeepTally(
            of="bids",
            table="bids_bid",
            scope="(SELECT c.programme_id FROM calls_call c WHERE c.id = r.call_id)",
            reads=["call_id"],
            amount="requested",
            states=[
                "submitted",
                "eligible",
                "ineligible",
                "in_assessment",
                "assessed",
                "awarded",
                "reserve",
                "unsuccessful",
                "declined",
            ],
        )
    ]
