from django.db import migrations, models

from carefund.core.appendonly import RefuseChanges

# The only changes that are let through: an answer that is taken out, and a submission that says so.
REVISION = """
NEW.id = OLD.id AND NEW.bid_id = OLD.bid_id AND NEW.question = OLD.question
AND NEW.revision = OLD.revision AND NEW.saved_at = OLD.saved_at
AND COALESCE(NEW.saved_by_id, 0) = COALESCE(OLD.saved_by_id, 0)
AND CAST(NEW.value AS text) = '"Removed under the retention rule"'
"""
SUBMISSION = """
NEW.id = OLD.id AND NEW.bid_id = OLD.bid_id AND NEW.number = OLD.number
AND NEW.fingerprint = OLD.fingerprint AND NEW.declaration = OLD.declaration
AND NEW.submitted_at = OLD.submitted_at
AND COALESCE(NEW.submitted_by_id, 0) = COALESCE(OLD.submitted_by_id, 0)
AND NEW.erased_at IS NOT NULL
"""


class Migration(migrations.Migration):
    dependencies = [("bids", "0003_guests_and_holders")]
    operations = [
        migrations.AddField(
            "bid",
            "contacts_removed_at",
            models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            "submission", "erased_at", models.DateTimeField(editable=False, null=True)
        ),
        RefuseChanges("bids_answerrevision", REVISION),
        RefuseChanges("bids_submission", SUBMISSION),
    ]
