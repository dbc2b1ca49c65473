"""Who reports on a project and who confirms it."""

from collections.abc import Collection
from typing import Any

import rules
from django.db.models import Exists, OuterRef, Q
from django.http import Http404

from carefund.accounts.roles import AuthorityRole
from carefund.core.doors import fetch
from carefund.core.models import Tally
from carefund.core.permissions import require
from carefund.core.prepared import Prepared
from carefund.core.tallies import Tallied, tallied
from carefund.files.rules import admit
from programmes.funds.queries import held_at, scopes_of
from programmes.funds.rules import CASE_READERS, is_officer, reads_cases
from programmes.organisations.models import GuestAccess
from programmes.organisations.queries import memberships_of, seen_organisations
from programmes.organisations.rules import (
    belongs_to_its_successor,
    holds_in_organisation,
    is_member,
    is_people_administrator,
)

from . import queries
from .models import (
    ChangeRequest,
    LevelCondition,
    Milestone,
    MonitoringReturn,
    Project,
    ProjectGuest,
    ProjectHolder,
    ProjectQuerySet,
    Risk,
)

is_project_lead = holds_in_organisation(
    AuthorityRole.PROJECT_LEAD, AuthorityRole.BID_AUTHOR, AuthorityRole.ADMINISTRATOR
)


def project_id_of(obj: Any) -> int:
    """The project that an object is or belongs to."""
    if isinstance(obj, Project):
        return obj.pk
    return obj.project_id if hasattr(obj, "project_id") else project_id_of(obj.benefit)


@rules.predicate
def is_guest(user: Any, obj: Any = None) -> bool:
    """Let in to this project (to any, when None) by its organisation, and no further."""
    roles = queries.guest_roles(user)
    return bool(roles) if obj is None else project_id_of(obj) in roles


@rules.predicate
def contributes_as_guest(user: Any, obj: Any = None) -> bool:
    if obj is None:
        return False
    return queries.guest_roles(user).get(project_id_of(obj)) == GuestAccess.Role.CONTRIBUTOR


@rules.predicate
def belonged_to_its_organisation(user: Any, obj: Any = None) -> bool:
    """Belongs to an organisation that held the project before another took it over."""
    own = [m.organisation_id for m in memberships_of(user)]
    if obj is None or not own:
        return False
    rows = ProjectHolder.objects.filter(project=project_id_of(obj), predecessor__in=own)
    return rows.exists()


@rules.predicate
def did_not_request(user: Any, request: Any = None) -> bool:
    return request is None or request.requested_by_id != user.pk


reads_as_holder = is_member | belongs_to_its_successor | belonged_to_its_organisation
rules.add_perm("delivery.view_project", reads_as_holder | is_guest | reads_cases)
rules.add_perm("delivery.view_own", is_member | is_guest)
rules.add_perm("delivery.contribute", is_project_lead | contributes_as_guest)
rules.add_perm("delivery.report", is_project_lead)
rules.add_perm("delivery.view_people", reads_as_holder | is_guest)
rules.add_perm("delivery.invite_guest", is_project_lead)
rules.add_perm("delivery.end_guest", is_project_lead | is_people_administrator)
rules.add_perm("delivery.confirm", is_officer)
# Who pauses a project and lets it go on, completes it or ends it early.
rules.add_perm("delivery.close", is_officer)
rules.add_perm("delivery.request_change", is_project_lead)
rules.add_perm("delivery.decide_change", is_officer & did_not_request)


def visible_to(user: Any) -> ProjectQuerySet:
    cases = held_at(user, *CASE_READERS)
    guest = Q(pk__in=list(queries.guest_roles(user)))
    own = Q(pk__in=held_by(user).values("pk")) if memberships_of(user) else Q(pk__in=[])
    return Project.objects.filter(own | guest | cases)


def tally_of(of: Tally.Of, user: Any, states: Collection[str]) -> Tallied | None:
    """What belongs to the projects that `visible_to` shows, where what is kept says how many.

    Without states something else says which rows are meant.
    """
    if not states or memberships_of(user) or queries.guest_roles(user):
        return None
    return tallied(of, scopes_of(user, *CASE_READERS), states)


def held_by(user: Any) -> ProjectQuerySet:
    """The projects of the person's organisations, now or once, with those taken over."""
    own = [m.organisation_id for m in memberships_of(user)]
    if not own:
        return Project.objects.none()
    once = ProjectHolder.objects.filter(predecessor__in=own)
    return Project.objects.filter(
        Q(organisation__in=seen_organisations(user)) | Q(pk__in=once.values("project"))
    )


admit("delivery.Milestone", "delivery.view_project")


VIEW = "delivery.view_project"


def access_project(user: Any, reference: str, permission: str = VIEW) -> Project:
    found = _with_beside.first(reference=reference)
    if found is None or not (_surely_sees(user, found) or _sees(user, found)):
        raise Http404
    require(user, permission, found)
    return found


def _surely_sees(user: Any, project: Project) -> bool:
    """What `visible_to` says of most projects, from what is known of the person."""
    own = project.organisation_id in seen_organisations(user)
    return own or bool(reads_cases(user, project))


def _sees(user: Any, project: Project) -> bool:
    return visible_to(user).filter(pk=project.pk).exists()


def _whole(reference: str) -> ProjectQuerySet:
    rows = Project.objects.filter(reference=reference).for_lists()
    # Most projects have neither: their page need not ask again.
    return rows.select_related("offer__bid__call", "offer__agreement").annotate(
        has_conditions=Exists(LevelCondition.objects.filter(project=OuterRef("pk"))),
        has_changes=Exists(ChangeRequest.objects.filter(project=OuterRef("pk"))),
    )


_with_beside = Prepared(_whole)


def access_milestone(user: Any, reference: str, position: int, permission: str = VIEW) -> Milestone:
    project = access_project(user, reference)
    rows = Milestone.objects.filter(project=project).select_related("project")
    return fetch(rows, user, permission, position=position)


def access_return(user: Any, reference: str, pk: int, permission: str = VIEW) -> MonitoringReturn:
    project = access_project(user, reference)
    rows = project.returns.select_related("project__organisation", "submitted_by")
    return fetch(rows, user, permission, pk=pk)


def access_risk(user: Any, reference: str, pk: int, permission: str = VIEW) -> Risk:
    """A risk is worked by whoever reports on its project."""
    project = access_project(user, reference, permission)
    return fetch(project.risks.select_related("project"), user, permission, pk=pk)


def access_change(user: Any, reference: str, pk: int, permission: str = VIEW) -> ChangeRequest:
    project = access_project(user, reference)
    rows = project.change_requests.select_related("project", "requested_by", "decided_by")
    return fetch(rows, user, permission, pk=pk)


def access_condition(user: Any, reference: str, pk: int) -> LevelCondition:
    project = access_project(user, reference, "delivery.confirm")
    rows = project.level_conditions.select_related("project__organisation", "standard", "measure")
    return fetch(rows, user, "delivery.confirm", pk=pk)


def access_guest(user: Any, project: Project, pk: int) -> ProjectGuest:
    found = queries.guests_of_project(project).filter(pk=pk).first()
    if found is None:
        raise Http404
    require(user, "delivery.end_guest", project)
    return found
