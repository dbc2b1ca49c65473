"""What a person may see, and the doors through which each object is fetched."""

from typing import Any

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from carefund.accounts.roles import StaffRole
from carefund.core.doors import fetch
from grants.bids.rules import access_bid
from programmes.calls.models import Call
from programmes.funds.models import Programme
from programmes.funds.queries import held_at, programmes_for
from programmes.funds.rules import CASE_READERS
from programmes.organisations.queries import memberships_of, seen_organisations

from ..models import (
    Agreement,
    AllocationRound,
    ApprovalStep,
    Constraint,
    Determination,
    Letter,
    Offer,
    OfferAmendment,
    Scenario,
)
from ..queries import published_determinations


def visible_to(user: Any) -> QuerySet[AllocationRound]:
    seen = held_at(user, *CASE_READERS, path="call__programme")
    put_before = Q(
        state__in=["recommended", "embargoed", "approved"],
        call__programme__in=programmes_for(user, StaffRole.MINISTERS_TEAM).filter(
            approval_steps__role=StaffRole.MINISTERS_TEAM
        ),
    )
    return AllocationRound.objects.filter(seen | put_before)


def offers_visible_to(user: Any) -> QuerySet[Offer]:
    own = Q(organisation__in=seen_organisations(user)) | Q(
        bid__organisation__in=[m.organisation_id for m in memberships_of(user)]
    )
    return Offer.objects.filter(own | held_at(user, *CASE_READERS, path="bid__call__programme"))


def access_round(user: Any, pk: int, permission: str = "awards.view_round") -> AllocationRound:
    rows = visible_to(user).select_related(
        "call__programme", "made_by", "recommended_by", "approved_by", "scenario"
    )
    return fetch(rows, user, permission, pk=pk)


def access_scenario(
    user: Any, round_pk: int, pk: int, permission: str = "awards.view_round"
) -> Scenario:
    allocation = access_round(user, round_pk, permission)
    scenario = get_object_or_404(allocation.scenarios.select_related("made_by"), pk=pk)
    scenario.round = allocation
    return scenario


def access_chain(user: Any, code: str, permission: str = "awards.view_chain") -> Programme:
    return fetch(programmes_for(user, *CASE_READERS), user, permission, code=code)


def access_step(user: Any, code: str, order: int) -> ApprovalStep:
    programme = access_chain(user, code, "awards.set_chain")
    return get_object_or_404(programme.approval_steps, order=order)


def access_constraint(user: Any, round_pk: int, pk: int) -> Constraint:
    allocation = access_round(user, round_pk, "awards.make_round")
    found = get_object_or_404(allocation.constraints.all(), pk=pk)
    found.round = allocation
    return found


def access_letter(user: Any, reference: str, pk: int) -> Letter:
    """A letter, by those who see the bid; who has a conflict about it sees none."""
    bid = access_bid(user, reference, "awards.view_letter")
    rows = Letter.objects.filter(choice__bid=bid).select_related("choice__round__call__programme")
    letter = get_object_or_404(rows, pk=pk)
    letter.choice.bid = bid
    return letter


def access_offer(user: Any, reference: str, permission: str = "awards.view_offer") -> Offer:
    rows = offers_visible_to(user).select_related(
        "bid__call__programme__funder", "organisation", "answered_by", "agreement"
    )
    return fetch(rows, user, permission, reference=reference)


def access_agreement(user: Any, reference: str, permission: str = "awards.view_offer") -> Agreement:
    """The agreement of an offer that was accepted here."""
    offer = access_offer(user, reference, permission)
    rows = Agreement.objects.select_related("accepted_by", "signature__signed_by")
    agreement = get_object_or_404(rows, offer=offer)
    agreement.offer = offer
    return agreement


def access_amendment(
    user: Any, reference: str, version: int, permission: str = "awards.view_amendment"
) -> OfferAmendment:
    """A change of an offer, by the department: the minister's team too, where it approves it."""
    ministers = programmes_for(user, StaffRole.MINISTERS_TEAM).filter(
        approval_steps__role=StaffRole.MINISTERS_TEAM
    )
    rows = OfferAmendment.objects.filter(
        Q(offer__bid__call__programme__in=programmes_for(user, *CASE_READERS))
        | Q(offer__bid__call__programme__in=ministers)
    )
    rows = rows.select_related("offer__bid__call__programme", "offer__round", "proposed_by")
    return fetch(rows, user, permission, offer__reference=reference, version=version)


def access_determinations(
    user: Any, code: str, permission: str = "awards.view_determination"
) -> Programme:
    return fetch(programmes_for(user, *CASE_READERS), user, permission, code=code)


def determining_programmes(user: Any) -> QuerySet[Programme]:
    """Those whose determinations the person sees while they are made."""
    if not user.is_authenticated:
        return Programme.objects.none()
    return programmes_for(user, *CASE_READERS)


def access_published(reference: str) -> Determination:
    """A determination that was issued: everybody may read it."""
    return get_object_or_404(published_determinations(), reference=reference)


def access_determination(
    user: Any, reference: str, permission: str = "awards.view_determination"
) -> Determination:
    rows = Determination.objects.filter(programme__in=programmes_for(user, *CASE_READERS))
    rows = rows.select_related("programme__funder", "made_by", "issued_by")
    return fetch(rows, user, permission, reference=reference)


def access_clauses(user: Any, code: str, permission: str = "awards.view_clauses") -> Programme:
    return fetch(programmes_for(user, *CASE_READERS), user, permission, code=code)


def access_call(user: Any, code: str, permission: str = "awards.view_round") -> Call:
    """A call whose cases the person works on."""
    rows = Call.objects.filter(programme__in=programmes_for(user, *CASE_READERS))
    return fetch(rows.select_related("programme"), user, permission, code=code)
