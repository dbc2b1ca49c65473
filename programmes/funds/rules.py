"""Who may do what with programmes and their money."""

from typing import Any

import rules
from django.db.models import QuerySet

from carefund.accounts.roles import StaffRole
from carefund.core.doors import fetch

from . import queries
from .models import Programme

READERS = (
    StaffRole.PROGRAMME_OFFICER,
    StaffRole.SENIOR_OFFICER,
    StaffRole.FINANCE_OFFICER,
    StaffRole.ANALYST,
    StaffRole.MINISTERS_TEAM,
    StaffRole.AUDITOR,
    StaffRole.ADMINISTRATOR,
)
CASE_READERS = tuple(role for role in READERS if role != StaffRole.MINISTERS_TEAM)


def programme_id_of(obj: Any) -> int | None:
    """The programme an object belongs to; None asks about any programme."""
    if obj is None:
        return None
    return obj.pk if isinstance(obj, Programme) else obj.programme_id


def holds_for_programme(*roles: StaffRole) -> rules.predicates.Predicate:
    """Predicate: the person holds one of `roles` for the object's programme."""

    def holds(user: Any, obj: Any = None) -> bool:
        return queries.holds(user, *roles, programme_id=programme_id_of(obj))

    return rules.predicate(holds, name="holds " + " or ".join(roles))


is_officer = holds_for_programme(StaffRole.PROGRAMME_OFFICER)
is_senior_officer = holds_for_programme(StaffRole.SENIOR_OFFICER)
is_finance_officer = holds_for_programme(StaffRole.FINANCE_OFFICER)
is_administrator = holds_for_programme(StaffRole.ADMINISTRATOR)
reads_money = holds_for_programme(*READERS)
reads_cases = holds_for_programme(*CASE_READERS)

rules.add_perm("funds.view_ledger", reads_money)
rules.add_perm("funds.change_budget", is_senior_officer | is_administrator)
rules.add_perm("funds.work_cases", reads_cases)
# The floors below know no roles; who runs the service looks after its mail.
rules.add_perm("notify.manage", is_administrator)


@rules.predicate
def works_inside(user: Any, obj: Any = None) -> bool:
    """Reads the cases of the object's programme; of what has no programme, any case."""
    if isinstance(obj, Programme) or hasattr(obj, "programme_id"):
        return reads_cases(user, obj)
    return reads_cases(user, None)


def holds_everywhere(*roles: StaffRole) -> rules.predicates.Predicate:
    """Predicate: the person holds one of `roles` for all programmes at once."""

    def holds(user: Any) -> bool:
        return any(role in roles and scope is None for role, scope in queries.staff_roles(user))

    return rules.predicate(holds, name="holds everywhere " + " or ".join(roles))


# The record and what is held about people know no programmes.
rules.add_perm("audit.read", holds_everywhere(StaffRole.AUDITOR))
rules.add_perm("audit.read_inside", works_inside)
rules.add_perm("privacy.read", holds_everywhere(StaffRole.ADMINISTRATOR, StaffRole.AUDITOR))
rules.add_perm("privacy.act", holds_everywhere(StaffRole.ADMINISTRATOR))


def visible_to(user: Any) -> QuerySet[Programme]:
    """The programmes whose money and cases the person may read."""
    return queries.programmes_for(user, *READERS)


def access_programme(user: Any, code: str, permission: str = "funds.view_ledger") -> Programme:
    return fetch(visible_to(user).select_related("funder"), user, permission, code=code)
