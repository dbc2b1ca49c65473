"""Who claims, certifies, approves and releases: four hands, never fewer than needed."""

from typing import Any

import rules
from django.db.models import Q, QuerySet

from carefund.accounts.roles import AuthorityRole
from carefund.core.doors import fetch
from carefund.core.models import Tally
from carefund.core.tallies import Tallied, tallied
from carefund.files.rules import admit
from grants.delivery.rules import held_by, is_project_lead, reads_as_holder
from programmes.funds.queries import held_at, scopes_of
from programmes.funds.rules import (
    CASE_READERS,
    is_finance_officer,
    is_officer,
    reads_cases,
)
from programmes.organisations.queries import memberships_of
from programmes.organisations.rules import holds_in_organisation

from .models import Claim
from .states import WITH_DEPARTMENT

is_certifier = holds_in_organisation(AuthorityRole.FINANCE_CERTIFIER)


@rules.predicate
def did_not_prepare(user: Any, claim: Any = None) -> bool:
    return claim is None or claim.prepared_by_id != user.pk


@rules.predicate
def did_not_certify(user: Any, claim: Any = None) -> bool:
    return claim is None or claim.certified_by_id != user.pk


@rules.predicate
def did_not_approve(user: Any, claim: Any = None) -> bool:
    return claim is None or claim.approved_by_id != user.pk


@rules.predicate
def is_with_department(_user: Any, claim: Any = None) -> bool:
    return claim is None or claim.state in WITH_DEPARTMENT


rules.add_perm("payments.view_claim", reads_as_holder | (reads_cases & is_with_department))
rules.add_perm("payments.view_money", reads_as_holder | reads_cases)
rules.add_perm("payments.prepare", is_project_lead)
rules.add_perm("payments.certify", is_certifier & did_not_prepare)
rules.add_perm("payments.approve", is_officer & did_not_prepare & did_not_certify)
rules.add_perm("payments.release", is_finance_officer & did_not_approve)
rules.add_perm("payments.recover", is_finance_officer)
rules.add_perm("payments.give_back", is_officer)
admit("payments.Claim", "payments.view_claim")


def visible_to(user: Any) -> QuerySet[Claim]:
    own = Q(project__in=held_by(user))
    cases = held_at(user, *CASE_READERS, path="project__programme") & Q(state__in=WITH_DEPARTMENT)
    return Claim.objects.filter(own | cases)


def tally_for(user: Any, state: str | None = None) -> Tallied | None:
    """What `visible_to` shows, in `state` if it is given, where what is kept says how many."""
    if memberships_of(user):
        return None
    states = [state] if state else WITH_DEPARTMENT
    return tallied(Tally.Of.CLAIMS, scopes_of(user, *CASE_READERS), states)


def access_claim(user: Any, reference: str, permission: str = "payments.view_claim") -> Claim:
    rows = visible_to(user).select_related(
        "project__organisation",
        "project__programme",
        "project__offer__bid",
        "prepared_by",
        "certified_by",
        "approved_by",
    )
    return fetch(rows, user, permission, reference=reference)
