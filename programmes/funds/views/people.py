"""Who works for the department, and as what."""

from django.contrib import messages
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from carefund.audit.queries import timeline
from carefund.core.access import fresh, fresh_to_send, permitted, permitted_on_object
from carefund.core.listing import Column, list_page
from carefund.core.outcomes import NothingToEnter, form_page, sent
from carefund.core.paths import path_to
from programmes.organisations.actions import resend as send_again
from programmes.organisations.actions import revoke as take_back

from .. import actions, queries
from ..exports import StaffSheet
from ..forms import EndRoleForm, InviteStaffForm, PeopleFilter, StaffRoleForm
from ..rules import access_assignment, access_person, access_staff_invitation, programmes_to_give

COLUMNS = [
    Column(
        "Name",
        lambda u: u.name,
        key="name",
        order=("name",),
        href=lambda u: path_to("funds:person", u.pk),
    ),
    Column("Email", lambda u: u.email, key="email", order=("email",)),
    Column("Roles", lambda u: "; ".join(row.words for row in u.roles_now)),
]


@permitted("funds.view_people")
def people(request):
    form, gives = PeopleFilter(request.GET), request.user.has_perm("funds.give_roles")
    words, role = form.chosen("q") or "", form.chosen("role") or ""
    return list_page(
        request,
        queries.staff(words, role, form.chosen("programme") or ""),
        COLUMNS,
        heading="People of the department",
        noun="person",
        filters=form,
        resource=StaffSheet,
        template="funds/people.html",
        gives=gives,
        invitations=queries.open_staff_invitations() if gives else [],
    )


def _role_form(request, form, **extra):
    rows, everything = programmes_to_give(request.user)
    return sent(request, form, programmes=rows, everything=everything, **extra)


@permitted_on_object("funds.view_people")
@fresh_to_send
def person(request, pk):
    """One person: what they hold, a form to give more, and what was changed before."""
    changes = request.method == "POST"
    row = access_person(request.user, pk, "funds.give_roles" if changes else "funds.view_people")
    gives = request.user.has_perm("funds.give_roles") and row != request.user
    current = queries.roles_of(row)
    return form_page(
        request,
        _role_form(request, StaffRoleForm),
        do=lambda form: actions.give_role(user=row, by=request.user, **form.cleaned_data),
        to=path_to("funds:person", pk),
        done=f"{row} has the role now.",
        template="funds/person.html",
        heading=row.name,
        caption=row.email,
        person=row,
        roles=current,
        gives=gives,
        is_self=row == request.user,
        submit_label="Give the role",
        cancel_url=path_to("funds:people"),
        entries=timeline(*row.role_assignments.all(), to=request.user),
    )


@permitted_on_object("funds.give_roles")
@fresh
def end_role(request, pk, number):
    row = access_person(request.user, pk, "funds.give_roles")
    assignment = access_assignment(request.user, row, number)
    back = path_to("funds:person", pk)
    return form_page(
        request,
        sent(request, EndRoleForm),
        do=lambda form: actions.end_role(
            assignment=assignment, by=request.user, **form.cleaned_data
        ),
        to=back,
        done="The role has ended.",
        template="layouts/confirm.html",
        heading=f"End the role of {row}",
        caption=assignment.words,
        consequences=["they can no longer do what the role allows, at once", "their record stays"],
        submit_label="End the role",
        danger=True,
        cancel_url=back,
    )


@permitted("funds.give_roles")
@fresh
def invite(request):
    return form_page(
        request,
        _role_form(request, InviteStaffForm),
        do=lambda form: actions.invite_staff(by=request.user, **form.cleaned_data),
        to=path_to("funds:people"),
        done="The invitation is on its way. It can be accepted for 7 days.",
        heading="Invite somebody to the department",
        submit_label="Send the invitation",
        cancel_url=path_to("funds:people"),
    )


@permitted("funds.give_roles")
@fresh
@require_POST
def resend(request, number):
    row = access_staff_invitation(request.user, number)
    send_again(invitation=row, by=request.user)
    messages.success(request, f"{row.name} gets a new link. The old one works no longer.")
    return redirect("funds:people")


@permitted("funds.give_roles")
def revoke(request, number):
    row = access_staff_invitation(request.user, number)
    return form_page(
        request,
        sent(request, NothingToEnter),
        do=lambda form: take_back(invitation=row, by=request.user),
        to=path_to("funds:people"),
        done="The invitation is taken back.",
        template="layouts/confirm.html",
        heading=f"Take back the invitation of {row.name}",
        consequences=["the link in the message no longer works"],
        submit_label="Take it back",
        danger=True,
        cancel_url=path_to("funds:people"),
    )
