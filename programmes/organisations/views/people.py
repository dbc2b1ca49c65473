"""The people of an organisation, for its members and its administrator."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from carefund.audit.queries import timeline
from carefund.core.access import fresh, fresh_to_send, permitted, permitted_on_object
from carefund.core.listing import Column, list_page
from carefund.core.outcomes import NothingToEnter, form_page, sent
from carefund.core.paths import path_to

from .. import access, actions, queries
from ..forms import ROLE_HINTS, ApproveForm, InviteForm, ReasonForm, RolesForm
from ..rules import (
    MANAGE,
    access_invitation,
    access_member,
    access_organisation,
    access_request,
)


def home(organisation):
    return path_to("organisations:people", organisation.pk)


@permitted("organisations.view_own")
def start(request):
    """The people of the first organisation whose administrator one is, else of one's own."""
    mine = queries.organisations_of(request.user)
    managed = [o for o in mine if request.user.has_perm(MANAGE, o)]
    return redirect("organisations:people", (managed or mine)[0].pk)


def _columns(organisation, *, manages):
    def href(user):
        return path_to("organisations:member", organisation.pk, user.pk) if manages else ""

    return [
        Column("Name", lambda u: u.name, key="name", order=("name",), href=href),
        Column("Email", lambda u: u.email, key="email", order=("email",)),
        Column("Roles", lambda u: ", ".join(m.words for m in u.roles_here)),
        Column("Since", lambda u: min(m.started_at for m in u.roles_here), "date"),
    ]


@permitted_on_object("organisations.view_people")
def people(request, pk):
    organisation = access_organisation(request.user, pk)
    manages = request.user.has_perm(MANAGE, organisation)
    others = [o for o in queries.organisations_of(request.user) if o != organisation]
    return list_page(
        request,
        queries.members_of(organisation),
        _columns(organisation, manages=manages),
        heading=f"People of {organisation}",
        noun="member",
        template="organisations/people.html",
        organisation=organisation,
        manages=manages,
        others=others,
        role_hints=[(role.label, hint) for role, hint in ROLE_HINTS.items()],
        invitations=queries.open_invitations(organisation) if manages else [],
        requests=queries.waiting_requests(organisation) if manages else [],
        guests=access.guests_of(organisation),
    )


@permitted_on_object(MANAGE)
@fresh
def invite(request, pk):
    organisation = access_organisation(request.user, pk, MANAGE)
    return form_page(
        request,
        sent(request, InviteForm),
        do=lambda form: actions.invite(
            organisation=organisation, by=request.user, **form.cleaned_data
        ),
        to=home(organisation),
        done="The invitation is on its way. It can be accepted for 7 days.",
        heading="Invite somebody",
        caption=organisation.name,
        submit_label="Send the invitation",
        cancel_url=home(organisation),
    )


@permitted_on_object(MANAGE)
@fresh
@require_POST
def resend(request, pk, number):
    organisation = access_organisation(request.user, pk, MANAGE)
    row = access_invitation(request.user, organisation, number)
    actions.resend(invitation=row, by=request.user)
    messages.success(request, f"{row.name} gets a new link. The old one works no longer.")
    return redirect(home(organisation))


@permitted_on_object(MANAGE)
def revoke(request, pk, number):
    organisation = access_organisation(request.user, pk, MANAGE)
    invitation = access_invitation(request.user, organisation, number)
    return form_page(
        request,
        sent(request, NothingToEnter),
        do=lambda form: actions.revoke(invitation=invitation, by=request.user),
        to=home(organisation),
        done="The invitation is taken back.",
        template="layouts/confirm.html",
        heading=f"Take back the invitation of {invitation.name}",
        caption=organisation.name,
        consequences=["the link in the message no longer works"],
        submit_label="Take it back",
        danger=True,
        cancel_url=home(organisation),
    )


@permitted_on_object(MANAGE)
@fresh_to_send
def member(request, pk, user):
    """One member: their roles, to be changed, and what was changed before."""
    organisation = access_organisation(request.user, pk, MANAGE)
    person = access_member(request.user, organisation, user)
    rows = person.roles_here
    initial = {
        "roles": [row.role for row in rows],
        "capacity": next((row.capacity for row in rows if row.capacity), ""),
    }
    return form_page(
        request,
        sent(request, RolesForm, initial=initial),
        do=lambda form: actions.change_roles(
            organisation=organisation, user=person, by=request.user, **form.cleaned_data
        ),
        to=home(organisation),
        done=f"The roles of {person} are changed.",
        template="organisations/member.html",
        heading=person.name,
        caption=organisation.name,
        person=person,
        organisation=organisation,
        is_self=person == request.user,
        submit_label="Save the roles",
        cancel_url=home(organisation),
        entries=timeline(*person.memberships.filter(organisation=organisation), to=request.user),
    )


@permitted_on_object(MANAGE)
@fresh
def end_membership(request, pk, user):
    organisation = access_organisation(request.user, pk, MANAGE)
    person = access_member(request.user, organisation, user)

    def end(form):
        actions.end_membership(
            organisation=organisation, user=person, by=request.user, **form.cleaned_data
        )
        return True

    return form_page(
        request,
        sent(request, ReasonForm),
        do=end,
        to=home(organisation),
        done=f"{person} no longer belongs to {organisation}.",
        template="layouts/confirm.html",
        heading=f"End the membership of {person}",
        caption=organisation.name,
        consequences=[
            "they lose access at once, and are signed out if they have no other role",
            "guest access that they have to bids and projects of the organisation ends",
            "their name stays on what they did",
        ],
        submit_label="End the membership",
        danger=True,
        cancel_url=path_to("organisations:member", pk, user),
    )


@permitted_on_object(MANAGE)
@fresh_to_send
def decide(request, pk, number):
    organisation = access_organisation(request.user, pk, MANAGE)
    asked = access_request(request.user, organisation, number)

    def do(form):
        given = form.cleaned_data
        approves = given["decision"] == "approve"
        return actions.decide_joining(
            request=asked,
            roles=given["roles"] if approves else [],
            capacity=given["capacity"],
            reason="" if approves else given["reason"],
            by=request.user,
        )

    return form_page(
        request,
        sent(request, ApproveForm),
        do=do,
        to=home(organisation),
        done="They are told what you decided.",
        heading=f"{asked.name} asks to join",
        caption=f"{organisation.name} · {asked.email}",
        submit_label="Decide",
        cancel_url=home(organisation),
    )


@permitted_on_object(MANAGE)
@fresh
def end_guest(request, pk, kind, number):
    organisation = access_organisation(request.user, pk, MANAGE)
    row = access.guest(organisation, kind, number)
    if row is None:
        raise Http404

    def end(form):
        access.end_guest(kind, row, by=request.user)
        return True

    return form_page(
        request,
        sent(request, NothingToEnter),
        do=end,
        to=home(organisation),
        done="The access has ended.",
        template="layouts/confirm.html",
        heading=f"End the access of {row.who}",
        caption=str(row.what),
        consequences=["they no longer see it, at once", "what they wrote stays"],
        submit_label="End the access",
        danger=True,
        cancel_url=home(organisation),
    )
