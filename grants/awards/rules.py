"""Who recommends, who approves, who answers an offer."""

from typing import Any

import rules
from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from carefund.accounts.roles import AuthorityRole, StaffRole
from carefund.core.doors import fetch
from grants.bids.models import Bid
from grants.bids.rules import access_bid
from programmes.calls.models import Call
from programmes.funds.models import Programme
from programmes.funds.queries import holds, programmes_for
from programmes.funds.rules import (
    CASE_READERS,
    is_administrator,
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

from .models import (
    Agreement,
    AllocationRound,
    ApprovalStep,
    Constraint,
    Determination,
    Letter,
    Offer,
    Scenario,
)
from .queries import chain, fingerprint_of, published_determinations, standing


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


def may_give(user: Any, step: ApprovalStep, programme_id: int) -> bool:
    """Whether the person can give this step's approval: of its role, and named if it names one."""
    if step.person_id and step.person_id != user.pk:
        return False
    return holds(user, StaffRole(step.role), programme_id=programme_id)


@rules.predicate
def decides_for_the_minister(user: Any, obj: Any = None) -> bool:
    """Of the minister's team, where the chain of approvals asks for the minister."""
    if not isinstance(obj, AllocationRound) or obj.state in {"draft", "abandoned"}:
        return False
    if not holds(user, StaffRole.MINISTERS_TEAM, programme_id=obj.programme_id):
        return False
    return any(step.role == StaffRole.MINISTERS_TEAM for step in chain(obj))


def can_give_next(user: Any, allocation: AllocationRound) -> bool:
    """Whether the approval that the round waits for is this person's to give."""
    if allocation.state != "recommended" or not user.has_perm("awards.approve", allocation):
        return False
    content = fingerprint_of(allocation)
    waiting = [s.step for s in standing(allocation, content) if s.approval is None]
    if allocation.approvals.filter(given_by=user, fingerprint=content).exists():
        return False
    return bool(waiting) and may_give(user, waiting[0], allocation.programme_id)


@rules.predicate
def has_a_conflict_about_it(user: Any, offer: Any = None) -> bool:
    """Declared a conflict about the bid of this offer."""
    if offer is None:
        return False
    return offer.bid.assignments.filter(assessor=user, state="conflicted").exists()


def works_for_funder(user: Any, offer: Offer) -> bool:
    return is_officer(user, offer) or is_senior_officer(user, offer)


writes_for_the_authority = holds_in_organisation(
    AuthorityRole.ADMINISTRATOR, AuthorityRole.FINANCE_CERTIFIER, AuthorityRole.BID_AUTHOR
)
is_signatory = holds_in_organisation(AuthorityRole.ADMINISTRATOR, AuthorityRole.FINANCE_CERTIFIER)

rules.add_perm(
    "awards.view_round", (reads_cases | decides_for_the_minister) & ~has_a_conflict_in_the_call
)
rules.add_perm("awards.make_round", is_officer & ~has_a_conflict_in_the_call)
rules.add_perm(
    "awards.approve",
    (is_senior_officer | decides_for_the_minister)
    & did_not_make
    & did_not_recommend
    & ~has_a_conflict_in_the_call,
)
rules.add_perm(
    "awards.return",
    (is_senior_officer | decides_for_the_minister)
    & did_not_make
    & did_not_recommend
    & ~has_a_conflict_in_the_call,
)
rules.add_perm("awards.publish", is_senior_officer & did_not_make & ~has_a_conflict_in_the_call)
rules.add_perm("awards.view_chain", reads_cases)
rules.add_perm("awards.set_chain", is_administrator)
rules.add_perm(
    "awards.view_offer",
    is_member | belongs_to_its_successor | belongs_to_the_holder | reads_cases,
)
rules.add_perm("awards.answer_offer", is_signatory)
rules.add_perm(
    "awards.write_message",
    writes_for_the_authority | ((is_officer | is_senior_officer) & ~has_a_conflict_about_it),
)
rules.add_perm("awards.sign_agreement", is_senior_officer & ~has_a_conflict_about_it)
rules.add_perm("awards.view_determination", reads_cases)
rules.add_perm("awards.make_determination", is_officer)
rules.add_perm("awards.issue_determination", is_senior_officer & did_not_make)
rules.add_perm("awards.view_clauses", reads_cases)
rules.add_perm("awards.write_clauses", is_administrator)
rules.add_perm("awards.view_letter", is_member | belongs_to_its_successor | reads_cases)


def visible_to(user: Any) -> QuerySet[AllocationRound]:
    seen = Q(call__programme__in=programmes_for(user, *CASE_READERS))
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
    return Offer.objects.filter(
        own | Q(bid__call__programme__in=programmes_for(user, *CASE_READERS))
    )


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
