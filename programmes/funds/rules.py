"""Who may do what with programmes and their money."""

from typing import Any

import rules
from django.db.models import QuerySet
from django.http import Http404

from carefund.accounts.models import User
from carefund.accounts.roles import StaffRole
from carefund.core.doors import fetch
from carefund.core.permissions import require
from programmes.organisations.models import Invitation, Organisation, OrganisationDomain

from . import queries
from .models import FundingSource, Programme, RoleAssignment, Virement

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
is_auditor = holds_for_programme(StaffRole.AUDITOR)
reads_money = holds_for_programme(*READERS)
reads_cases = holds_for_programme(*CASE_READERS)


@rules.predicate
def administers_everything(user: Any, _obj: Any = None) -> bool:
    """A service administrator for all programmes."""
    return queries.administers_everything(user)


rules.add_perm("funds.view_ledger", reads_money)
rules.add_perm("funds.view_programme", reads_money)
rules.add_perm("funds.manage_programme", is_officer | is_senior_officer)
rules.add_perm("funds.review_programme", is_senior_officer)
rules.add_perm("funds.propose_virement", is_officer | is_senior_officer | is_finance_officer)


@rules.predicate
def did_not_propose(user: Any, virement: Any = None) -> bool:
    return getattr(virement, "proposed_by_id", None) != user.pk


@rules.predicate
def proposed_it(user: Any, virement: Any = None) -> bool:
    return virement is None or virement.proposed_by_id == user.pk


rules.add_perm("funds.decide_virement", is_senior_officer & did_not_propose)
rules.add_perm("funds.withdraw_virement", proposed_it & reads_money)
rules.add_perm("funds.work_cases", reads_cases)
# The floors below know no roles; who runs the service looks after its mail.
rules.add_perm("notify.manage", administers_everything)
rules.add_perm("funds.create_programme", administers_everything)


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
rules.add_perm("funds.view_people", is_administrator | is_auditor)
rules.add_perm("funds.give_roles", is_administrator)
rules.add_perm("organisations.administer", administers_everything)
rules.add_perm("organisations.read_register", administers_everything | is_auditor | is_officer)


@rules.predicate
def gives_roles_there(user: Any, given: Any = None) -> bool:
    """Administers the programme of a role, or all programmes where the role is for all."""
    if given is None or queries.administers_everything(user):
        return True
    return given.programme_id is not None and queries.holds(
        user, StaffRole.ADMINISTRATOR, programme_id=given.programme_id
    )


@rules.predicate
def is_not_their_own(user: Any, given: Any = None) -> bool:
    return given is None or getattr(given, "user_id", None) != user.pk


rules.add_perm("funds.change_role", is_administrator & gives_roles_there & is_not_their_own)


def visible_to(user: Any) -> QuerySet[Programme]:
    """The programmes whose money and cases the person may read."""
    return queries.programmes_for(user, *READERS)


def access_programme(user: Any, code: str, permission: str = "funds.view_ledger") -> Programme:
    return fetch(visible_to(user).select_related("funder"), user, permission, code=code)


def access_virement(user: Any, code: str, pk: int, permission: str) -> Virement:
    rows = Virement.objects.filter(programme__in=visible_to(user), programme__code=code)
    rows = rows.select_related("programme", "proposed_by", "decided_by")
    return fetch(rows, user, permission, pk=pk)


def access_source(user: Any, code: str, pk: int) -> FundingSource:
    rows = FundingSource.objects.filter(programme__in=visible_to(user), programme__code=code)
    found = rows.select_related("programme").filter(pk=pk).first()
    if found is None:
        raise Http404
    require(user, "funds.manage_programme", found.programme)
    return found


def people_visible_to(user: Any) -> QuerySet[User]:
    """Who works for the department, for those who look after its people or audit them."""
    if not user.has_perm("funds.view_people"):
        return User.objects.none()
    return queries.staff()


def access_person(user: Any, pk: int, permission: str = "funds.view_people") -> User:
    """Somebody with a role in the department, now or formerly."""
    rows = User.objects.filter(role_assignments__isnull=False).distinct()
    if not user.has_perm("funds.view_people"):
        rows = rows.none()
    found = fetch(rows, user, "funds.see_person", pk=pk)
    require(user, permission)
    return found


def access_assignment(user: Any, person: User, pk: int) -> RoleAssignment:
    rows = RoleAssignment.objects.current().filter(user=person)
    return fetch(rows.select_related("programme", "user"), user, "funds.change_role", pk=pk)


def access_staff_invitation(user: Any, pk: int) -> Invitation:
    found = fetch(queries.open_staff_invitations(), user, "funds.see_person", pk=pk)
    require(user, "funds.change_role", found.staff)
    return found


def organisations_visible_to(user: Any) -> QuerySet[Organisation]:
    """The register of organisations, for those in the department who work with it."""
    if not user.has_perm("organisations.read_register"):
        return Organisation.objects.none()
    return Organisation.objects.select_related("region")


def access_any_organisation(
    user: Any, pk: int, permission: str = "organisations.read_register"
) -> Organisation:
    found = fetch(organisations_visible_to(user), user, "funds.see_person", pk=pk)
    require(user, permission)
    return found


def access_domain(user: Any, organisation: Organisation, pk: int) -> OrganisationDomain:
    rows = OrganisationDomain.objects.filter(organisation=organisation, valid_to__isnull=True)
    return fetch(rows, user, "funds.see_person", pk=pk)


# The rows above are given only to those who may see all of them.
rules.add_perm("funds.see_person", rules.always_allow)


def programmes_to_give(user: Any) -> tuple[QuerySet[Programme], bool]:
    """The programmes for which the person gives roles, and whether for all at once."""
    rows = queries.programmes_for(user, StaffRole.ADMINISTRATOR)
    return rows, queries.administers_everything(user)


def programmes_to_ask_for(user: Any, *, seen: bool = False) -> QuerySet[Programme]:
    """The programmes in which the person asks for waivers, or with `seen` reads them."""
    if seen:
        return queries.programmes_for(user, *CASE_READERS)
    return queries.programmes_for(user, StaffRole.PROGRAMME_OFFICER, StaffRole.SENIOR_OFFICER)
