from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast

from carefund.core.privacy import Rule, kept, retain
from carefund.files.actions import remove
from carefund.files.models import StoredFile

from .models import Claim, Payment, Recovery

kept(Claim, "prepared_by", "certified_by", "approved_by")
kept(Payment, "approved_by", "released_by")
kept(Recovery, "recorded_by")


def files_of_withdrawn(before: datetime) -> QuerySet[StoredFile]:
    """Evidence of claims that were withdrawn before anybody paid on it."""
    withdrawn = Claim.objects.filter(state="withdrawn").annotate(key=Cast("pk", CharField()))
    return StoredFile.objects.filter(
        subject_type=ContentType.objects.get_for_model(Claim),
        subject_id__in=withdrawn.values("key"),
        uploaded_at__lt=before,
    ).exclude(scan="removed")


retain(
    Rule(
        key="withdrawn-claims",
        title="Evidence of withdrawn claims",
        days=365,
        counted_from="when the file was uploaded",
        effect="The file is deleted. That there was a claim stays.",
        due=files_of_withdrawn,
        erase=lambda rows: remove(rows=rows, reason="The claim was withdrawn; kept for a year."),
    )
)
