"""Partners and consultants who are let in to one project."""

from functools import partial

from carefund.core.access import fresh, permitted_on_object
from carefund.core.paths import path_to
from programmes.organisations.guest_pages import end_page, invite_page, people_page

from .. import actions, queries
from ..rules import access_guest, access_project


def _back(project):
    return path_to("delivery:people", project.reference)


@permitted_on_object("delivery.view_people")
def people(request, reference):
    project = access_project(request.user, reference, "delivery.view_people")
    return people_page(
        request,
        thing=project,
        noun="project",
        back=project.get_absolute_url(),
        guests=queries.guests_of_project(project),
        may_invite=request.user.has_perm("delivery.invite_guest", project),
        may_end=request.user.has_perm("delivery.end_guest", project),
        invite_href=path_to("delivery:invite_guest", project.reference),
        end_name="delivery:end_guest",
    )


@permitted_on_object("delivery.invite_guest")
@fresh
def invite(request, reference):
    project = access_project(request.user, reference, "delivery.invite_guest")
    do = partial(actions.invite_guest, project=project)
    return invite_page(request, thing=project, back=_back(project), do=do)


@permitted_on_object("delivery.end_guest")
@fresh
def end(request, reference, number):
    project = access_project(request.user, reference)
    row = access_guest(request.user, project, number)
    return end_page(request, access=row, back=_back(project), do=actions.end_guest)
