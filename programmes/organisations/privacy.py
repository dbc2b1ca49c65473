from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet

from carefund.audit.actions import erase_names
from carefund.audit.models import Entry
from carefund.core.privacy import (
    WHO_SAW,
    Rows,
    Rule,
    Tie,
    called,
    hinder,
    kept,
    personal,
    retain,
    tie,
)

from .models import Invitation, JoinRequest, Membership

REMOVED = "Removed"

tie(
    Tie(
        Membership,
        "user",
        keep="It shows who could act for an organisation, and when.",
        names_person=True,
    )
)


@hinder
def has_a_role(person: Any) -> Iterator[str]:
    for member in Membership.objects.current().filter(user=person).select_related("organisation"):
        yield f"End the role of {member.get_role_display()} at {member.organisation} first."


kept(Membership, "started_by", "ended_by", because=WHO_SAW)
kept(Invitation, "invited_by", "revoked_by", because=WHO_SAW)
kept(JoinRequest, "decided_by", because=WHO_SAW)


personal(Invitation, "to")
called(Membership, "roles in organisations")
called(JoinRequest, "requests to join an organisation")


def empty_letters(rows: Rows) -> int:
    """Of invitations and requests: who it was goes, that there was one stays."""
    numbers = [str(pk) for pk in rows.values_list("pk", flat=True)]
    kind = ContentType.objects.get_for_model(rows.model)
    erase_names(entries=Entry.objects.filter(object_type=kind, object_id__in=numbers))
    return rows.update(email="", name=REMOVED)


tie(
    Tie(
        Invitation,
        "accepted_by",
        erase=empty_letters,
        says="How they came in.",
        names_person=True,
    ),
    Tie(
        JoinRequest,
        "user",
        erase=empty_letters,
        says="How they came in.",
        names_person=True,
    ),
)


def old_invitations(before: datetime) -> QuerySet[Invitation]:
    return Invitation.objects.filter(expires_at__lt=before).exclude(email="")


def old_requests(before: datetime) -> QuerySet[JoinRequest]:
    return JoinRequest.objects.filter(asked_at__lt=before).exclude(email="")


retain(
    Rule(
        key="invitations",
        title="Invitations",
        days=365,
        counted_from="when the invitation ran out",
        effect="Name and address are emptied. That somebody was invited stays.",
        due=old_invitations,
        erase=empty_letters,
    ),
    Rule(
        key="join-requests",
        title="Requests to join an organisation",
        days=365,
        counted_from="when the request was made",
        effect="Name and address are emptied. That somebody asked stays.",
        due=old_requests,
        erase=empty_letters,
    ),
)
