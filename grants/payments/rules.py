"""Who claims, certifies, approves and releases: four hands, never fewer than needed."""

from typing import Any

import rules
from django.db.models import Q, QuerySet

from carefund.accounts.roles import AuthorityRole
from carefund.core.doors import fetch
from carefund.files.rules import admit
from grants.delivery.rules import held_by, is_project_lead, reads_as_holder
from programmes.funds.queries import held_at
from programmes.funds.rules import (
    CASE_READERS,
    is_finance_officer,
    is_officer,
    reads_cases,
)
from programmes.organisations.rules import holds_in_organisation

from .models import Claim

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
    return claim is None or claim.state in {"submitted", "approved", "refused", "paid"}


rules.add_perm("payments.view_claim", reads_as_holder | (reads_cases & is_with_department))
rules.add_perm("payments.view_money", reads_as_holder | reads_cases)
rules.add_perm("payments.prepare", is_project_lead)
rules.add_perm("payments.certify", is_certifier & did_not_prepare)
rules.add_perm("payments.approve", is_officer & did_not_prepare & did_not_certify)
rules.add_perm("payments.release", is_finance_officer & did_not_approve)
rules.add_perm("payments.recover", is_finance_officer)
admit("payments.Claim", "payments.view_claim")


def visible_to(user: Any) -> QuerySet[Claim]:
    own = Q(project__in=held_by(user))
    cases = held_at(user, *CASE_READERS, path="project__programme") & Q(
        state__in=["submitted", "approved", "refused", "paid"]
    )
    return Claim.objects.filter(own | cases)


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
