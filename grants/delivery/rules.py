"""Who reports on a project and who confirms it."""

from typing import Any

import rules
from django.db.models import Q

from carefund.accounts.roles import AuthorityRole
from carefund.core.doors import fetch
from carefund.files.rules import admit
from programmes.funds.queries import programmes_for
from programmes.funds.rules import CASE_READERS, is_officer, reads_cases
from programmes.organisations.queries import memberships_of
from programmes.organisations.rules import holds_in_organisation, is_member

from .models import ChangeRequest, Milestone, MonitoringReturn, Project, ProjectQuerySet, Risk

is_project_lead = holds_in_organisation(
    AuthorityRole.PROJECT_LEAD, AuthorityRole.BID_AUTHOR, AuthorityRole.ADMINISTRATOR
)


@rules.predicate
def did_not_request(user: Any, request: Any = None) -> bool:
    return request is None or request.requested_by_id != user.pk


rules.add_perm("delivery.view_project", is_member | reads_cases)
rules.add_perm("delivery.report", is_project_lead)
rules.add_perm("delivery.confirm", is_officer)
rules.add_perm("delivery.request_change", is_project_lead)
rules.add_perm("delivery.decide_change", is_officer & did_not_request)


def visible_to(user: Any) -> ProjectQuerySet:
    own = Q(organisation__in=[m.organisation_id for m in memberships_of(user)])
    return Project.objects.filter(own | Q(programme__in=programmes_for(user, *CASE_READERS)))


admit("delivery.Milestone", "delivery.view_project")


VIEW = "delivery.view_project"


def access_project(user: Any, reference: str, permission: str = VIEW) -> Project:
    rows = visible_to(user).for_lists().select_related("offer__bid", "offer__agreement")
    return fetch(rows, user, permission, reference=reference)


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
