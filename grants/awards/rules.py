"""Who recommends, who approves, who answers an offer."""

from typing import Any

import rules
from django.db.models import Q, QuerySet

from carefund.accounts.roles import AuthorityRole
from carefund.core.doors import fetch
from grants.bids.models import Bid
from programmes.calls.models import Call
from programmes.funds.queries import programmes_for
from programmes.funds.rules import (
    CASE_READERS,
    is_officer,
    is_senior_officer,
    reads_cases,
)
from programmes.organisations.queries import memberships_of, seen_organisations
from programmes.organisations.rules import (
    belongs_to_its_successor,
    holds_in_organisation,
    is_member,
)

from .models import AllocationRound, Offer


@rules.predicate
def did_not_make(user: Any, allocation: Any = None) -> bool:
    return allocation is None or allocation.made_by_id != user.pk


@rules.predicate
def did_not_recommend(user: Any, allocation: Any = None) -> bool:
    return allocation is None or allocation.recommended_by_id != user.pk


@rules.predicate
def has_a_conflict_in_the_call(user: Any, obj: Any = None) -> bool:
    """Declared a conflict about one of the bids that are decided together here."""
    if obj is None:
        return False
    call_id = obj.call_id if isinstance(obj, AllocationRound) else obj.pk
    rows = Bid.objects.filter(
        call=call_id, assignments__assessor=user, assignments__state="conflicted"
    )
    return rows.exists()


@rules.predicate
def belongs_to_the_holder(user: Any, offer: Any = None) -> bool:
    """Belongs to the organisation that goes on with what was offered."""
    own = {m.organisation_id for m in memberships_of(user)}
    return offer is not None and offer.bid.organisation_id in own


is_signatory = holds_in_organisation(AuthorityRole.ADMINISTRATOR, AuthorityRole.FINANCE_CERTIFIER)

rules.add_perm("awards.view_round", reads_cases & ~has_a_conflict_in_the_call)
rules.add_perm("awards.make_round", is_officer & ~has_a_conflict_in_the_call)
rules.add_perm(
    "awards.approve",
    is_senior_officer & did_not_make & did_not_recommend & ~has_a_conflict_in_the_call,
)
rules.add_perm(
    "awards.view_offer",
    is_member | belongs_to_its_successor | belongs_to_the_holder | reads_cases,
)
rules.add_perm("awards.answer_offer", is_signatory)


def visible_to(user: Any) -> QuerySet[AllocationRound]:
    return AllocationRound.objects.filter(call__programme__in=programmes_for(user, *CASE_READERS))


def offers_visible_to(user: Any) -> QuerySet[Offer]:
    own = Q(organisation__in=seen_organisations(user)) | Q(
        bid__organisation__in=[m.organisation_id for m in memberships_of(user)]
    )
    return Offer.objects.filter(
        own | Q(bid__call__programme__in=programmes_for(user, *CASE_READERS))
    )


def access_round(user: Any, pk: int, permission: str = "awards.view_round") -> AllocationRound:
    rows = visible_to(user).select_related(
        "call__programme", "made_by", "recommended_by", "approved_by"
    )
    return fetch(rows, user, permission, pk=pk)


def access_offer(user: Any, reference: str, permission: str = "awards.view_offer") -> Offer:
    rows = offers_visible_to(user).select_related(
        "bid__call__programme__funder", "organisation", "answered_by", "agreement"
    )
    return fetch(rows, user, permission, reference=reference)


def access_call(user: Any, code: str, permission: str = "awards.view_round") -> Call:
    """A call whose cases the person works on."""
    rows = Call.objects.filter(programme__in=programmes_for(user, *CASE_READERS))
    return fetch(rows.select_related("programme"), user, permission, code=code)
