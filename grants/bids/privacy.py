from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast

from carefund.core.privacy import WHO_SAW, Rule, Tie, called, kept, retain, tie
from carefund.files.actions import remove
from carefund.files.models import StoredFile

from .actions.forgetting import forget_contacts
from .models import (
    Answer,
    AnswerRevision,
    Bid,
    BidGuest,
    BidHolder,
    BidPartner,
    ClarificationRequest,
    Comment,
    KeptAnswer,
    Mention,
    Note,
    Presence,
    SectionHolder,
    SectionReturn,
    Submission,
)

WITHOUT_GRANT = ("unsuccessful", "ineligible", "withdrawn", "declined")

kept(Bid, "started_by", "prepared_by", "certified_by", "submitted_by")
kept(Answer, "saved_by")
kept(AnswerRevision, "saved_by")
kept(Submission, "submitted_by")
called(BidGuest, "guest access to bids")
kept(BidGuest, "user", "given_by", "ended_by", because=WHO_SAW)
kept(BidHolder, "recorded_by")
called(KeptAnswer, "answers that were not chosen")
kept(KeptAnswer, "saved_by")
kept(SectionHolder, "person", "given_by", because=WHO_SAW)
kept(SectionReturn, "by")
called(Comment, "comments on bids")
kept(Comment, "by")
kept(Mention, "person")
called(Note, "private notes on bids")
kept(Note, "by")
called(ClarificationRequest, "questions about bids")
kept(ClarificationRequest, "asked_by", "replied_by", "taken_back_by")
kept(BidPartner, "asked_by", "answered_by")
tie(
    Tie(
        Presence,
        "user",
        erase=lambda rows: rows.delete()[0],
        says="Where they had a bid open is deleted.",
    )
)


def bids_without_grant(before: datetime) -> QuerySet[Bid]:
    rows = Bid.objects.filter(state__in=WITHOUT_GRANT, call__closes_at__lt=before)
    return rows.filter(contacts_removed_at__isnull=True)


def files_of_withdrawn(before: datetime) -> QuerySet[StoredFile]:
    """Uploads to bids that were withdrawn before they were decided."""
    withdrawn = Bid.objects.filter(state="withdrawn").annotate(key=Cast("pk", CharField()))
    return StoredFile.objects.filter(
        subject_type=ContentType.objects.get_for_model(Bid),
        subject_id__in=withdrawn.values("key"),
        uploaded_at__lt=before,
    ).exclude(scan="removed")


retain(
    Rule(
        key="bid-contacts",
        title="Email addresses in bids without a grant",
        days=730,
        counted_from="when the call closed",
        effect="The addresses are taken out of every version of the answers. The rest stays.",
        due=bids_without_grant,
        erase=lambda rows: forget_contacts(bids=rows),
    ),
    Rule(
        key="withdrawn-bids",
        title="Uploads to withdrawn bids",
        days=365,
        counted_from="when the file was uploaded",
        effect="The file is deleted. That there was a bid stays.",
        due=files_of_withdrawn,
        erase=lambda rows: remove(rows=rows, reason="The bid was withdrawn; kept for a year."),
    ),
)
