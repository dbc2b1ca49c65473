"""Who recommends, who approves, who answers an offer."""

from typing import Any

import rules

from carefund.accounts.roles import AuthorityRole, StaffRole
from grants.bids.models import Bid
from programmes.funds.queries import holds, programmes_for
from programmes.funds.rules import (
    is_administrator,
    is_finance_officer,
    is_officer,
    is_senior_officer,
    reads_cases,
)
from programmes.organisations.queries import memberships_of
from programmes.organisations.rules import (
    belongs_to_its_successor,
    holds_in_organisation,
    is_member,
)

from ..models import AllocationRound, ApprovalStep, Offer, OfferAmendment
from ..queries import amendment_chain, amendment_turn, chain, turn_of


@rules.predicate
def did_not_make(user: Any, allocation: Any = None) -> bool:
    return allocation is None or allocation.made_by_id != user.pk


@rules.predicate
def did_not_issue(user: Any, determination: Any = None) -> bool:
    return determination is None or determination.issued_by_id != user.pk


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


@rules.predicate
def is_asked_for_the_minister(user: Any) -> bool:
    """Of the minister's team of a programme whose rounds the minister approves."""
    if not holds(user, StaffRole.MINISTERS_TEAM):
        return False
    programmes = programmes_for(user, StaffRole.MINISTERS_TEAM)
    asking = ApprovalStep.objects.filter(role=StaffRole.MINISTERS_TEAM)
    return asking.filter(programme__in=programmes).exists()


def can_give_next(user: Any, allocation: AllocationRound) -> bool:
    """Whether the approval that the round waits for is this person's to give."""
    if allocation.state != "recommended" or not user.has_perm("awards.approve", allocation):
        return False
    turn = turn_of(allocation)
    if turn.step is None or not turn.is_open_to(user.pk):
        return False
    return may_give(user, turn.step, allocation.programme_id)


@rules.predicate
def has_a_conflict_about_it(user: Any, offer: Any = None) -> bool:
    """Declared a conflict about the bid of this offer."""
    if offer is None:
        return False
    return offer.bid.assignments.filter(assessor=user, state="conflicted").exists()


@rules.predicate
def did_not_propose(user: Any, amendment: Any = None) -> bool:
    return amendment is None or amendment.proposed_by_id != user.pk


@rules.predicate
def has_a_conflict_about_its_bid(user: Any, amendment: Any = None) -> bool:
    return amendment is not None and has_a_conflict_about_it(user, amendment.offer)


@rules.predicate
def decides_on_the_rise(user: Any, amendment: Any = None) -> bool:
    """Of the minister's team, where the approvals of this rise ask for the minister."""
    if not isinstance(amendment, OfferAmendment):
        return False
    if not holds(user, StaffRole.MINISTERS_TEAM, programme_id=amendment.programme_id):
        return False
    return any(step.role == StaffRole.MINISTERS_TEAM for step in amendment_chain(amendment))


def can_approve_amendment(user: Any, amendment: OfferAmendment) -> bool:
    """Whether the approval that a change of an offer waits for is this person's to give."""
    if amendment.state != "proposed" or not user.has_perm("awards.approve_amendment", amendment):
        return False
    turn = amendment_turn(amendment)
    if turn.step is None or not turn.is_open_to(user.pk):
        return False
    return may_give(user, turn.step, amendment.programme_id)


def works_for_funder(user: Any, offer: Offer) -> bool:
    return is_officer(user, offer) or is_senior_officer(user, offer)


writes_for_the_authority = holds_in_organisation(
    AuthorityRole.ADMINISTRATOR, AuthorityRole.FINANCE_CERTIFIER, AuthorityRole.BID_AUTHOR
)
is_signatory = holds_in_organisation(AuthorityRole.ADMINISTRATOR, AuthorityRole.FINANCE_CERTIFIER)

rules.add_perm(
    "awards.view_round", (reads_cases | decides_for_the_minister) & ~has_a_conflict_in_the_call
)
rules.add_perm("awards.list_rounds", reads_cases | is_asked_for_the_minister)
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
rules.add_perm("awards.amend_offer", is_officer & ~has_a_conflict_about_it)
rules.add_perm(
    "awards.view_amendment",
    (reads_cases | decides_on_the_rise) & ~has_a_conflict_about_its_bid,
)
rules.add_perm(
    "awards.approve_amendment",
    (is_senior_officer | decides_on_the_rise) & did_not_propose & ~has_a_conflict_about_its_bid,
)
rules.add_perm(
    "awards.write_message",
    writes_for_the_authority | ((is_officer | is_senior_officer) & ~has_a_conflict_about_it),
)
rules.add_perm("awards.sign_agreement", is_senior_officer & ~has_a_conflict_about_it)
rules.add_perm("awards.view_determination", reads_cases)
rules.add_perm("awards.make_determination", is_officer)
rules.add_perm("awards.issue_determination", is_senior_officer & did_not_make)
rules.add_perm("awards.pay_determination", is_finance_officer & did_not_issue & did_not_make)
rules.add_perm("awards.view_clauses", reads_cases)
rules.add_perm("awards.write_clauses", is_administrator)
rules.add_perm("awards.view_letter", is_member | belongs_to_its_successor | reads_cases)
