"""Who may do what with a bid."""

from typing import Any

import rules
from django.db.models import Q, QuerySet

from carefund.accounts.roles import AuthorityRole
from programmes.funds.queries import programmes_for
from programmes.funds.rules import CASE_READERS, is_officer, reads_cases
from programmes.organisations.queries import memberships_of
from programmes.organisations.rules import holds_in_organisation, is_member

from .models import Bid
from .states import WITH_DEPARTMENT

is_author = holds_in_organisation(AuthorityRole.BID_AUTHOR, AuthorityRole.ADMINISTRATOR)
is_certifier = holds_in_organisation(AuthorityRole.FINANCE_CERTIFIER)
is_lead = holds_in_organisation(AuthorityRole.ADMINISTRATOR, AuthorityRole.PROJECT_LEAD)


@rules.predicate
def is_with_department(user: Any, bid: Any = None) -> bool:
    return bid is None or bid.state in WITH_DEPARTMENT


@rules.predicate
def did_not_prepare(user: Any, bid: Any = None) -> bool:
    return bid is None or bid.prepared_by_id != user.pk


@rules.predicate
def is_unconflicted_assessor(user: Any, bid: Any = None) -> bool:
    """Assigned to the bid and has declared that there is no conflict."""
    return (
        bid is not None
        and bid.assignments.filter(assessor=user, state__in=["in_progress", "submitted"]).exists()
    )


@rules.predicate
def has_declared_a_conflict(user: Any, bid: Any = None) -> bool:
    return bid is not None and bid.assignments.filter(assessor=user, state="conflicted").exists()


works_the_case = reads_cases & is_with_department & ~has_declared_a_conflict

rules.add_perm("bids.start", is_author)
rules.add_perm("bids.view", is_member | works_the_case | is_unconflicted_assessor)
rules.add_perm("bids.edit", is_author)
rules.add_perm("bids.certify", is_certifier & did_not_prepare)
rules.add_perm("bids.submit", is_author | is_certifier)
rules.add_perm("bids.withdraw", is_author | is_certifier)
rules.add_perm("bids.work", is_officer & is_with_department)


def visible_to(user: Any) -> QuerySet[Bid]:
    """The person's own organisations' bids, those of their programmes, those they assess."""
    own = Q(organisation__in=[m.organisation_id for m in memberships_of(user)])
    case = Q(call__programme__in=programmes_for(user, *CASE_READERS), state__in=WITH_DEPARTMENT)
    assessed = Q(assignments__assessor=user, assignments__state__in=["in_progress", "submitted"])
    conflicted = Bid.objects.filter(assignments__assessor=user, assignments__state="conflicted")
    allowed = Bid.objects.filter(own | case | assessed).exclude(pk__in=conflicted.values("pk"))
    return Bid.objects.filter(pk__in=allowed.values("pk"))
