from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q, QuerySet

from carefund.core.privacy import WHO_SAW, Rule, Tie, called, hinder, kept, retain, tie
from carefund.privacy.actions import anonymise_all
from programmes.organisations.models import Membership

from .models import (
    AnnualReview,
    LedgerEntry,
    RequirementAnswer,
    RoleAssignment,
    Virement,
)

tie(
    Tie(
        RoleAssignment,
        "user",
        keep="It shows who could act for the department, and when.",
        names_person=True,
    )
)
kept(LedgerEntry, "recorded_by")
kept(Virement, "proposed_by", "decided_by")
kept(RequirementAnswer, "recorded_by")
kept(AnnualReview, "recorded_by")
called(RoleAssignment, "roles in the department")
kept(RoleAssignment, "given_by", "ended_by", because=WHO_SAW)


@hinder
def has_a_role(person: Any) -> Iterator[str]:
    for held in RoleAssignment.objects.current().filter(user=person):
        yield f"End the role of {held.get_role_display()} first."


def unused_accounts(before: datetime) -> QuerySet[Any]:
    """Without a role, and nobody has signed in since."""
    roles = (
        Membership.objects.current().filter(user=OuterRef("pk")),
        RoleAssignment.objects.current().filter(user=OuterRef("pk")),
    )
    unused = Q(last_login__lt=before) | Q(last_login__isnull=True, date_joined__lt=before)
    people = get_user_model()._default_manager.filter(unused)
    return people.exclude(Exists(roles[0]) | Exists(roles[1])).exclude(
        email__endswith="@removed.invalid"
    )


retain(
    Rule(
        key="accounts",
        title="Accounts that nobody uses",
        days=730,
        counted_from="the last sign-in of somebody without a role",
        effect="The person is anonymised. What they did stays, by a nameless account.",
        due=unused_accounts,
        erase=lambda rows: anonymise_all(rows=rows),
    )
)
