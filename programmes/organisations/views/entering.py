"""How people come in: by an invitation, or by asking their organisation."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables

from carefund.core.access import public, signed_in
from carefund.core.outcomes import NothingToEnter, attempt, form_page, sent
from carefund.core.paths import path_to

from .. import actions
from ..actions.joining import may_join, verified_addresses
from ..forms import ChooseOrganisation, JoinForm
from ..invitations import kind_of
from ..rules import invitation_by_token, join_request_by_token


@public
@never_cache
@sensitive_variables("token")
def invitation(request, token):
    """Opening the link changes nothing, for programs open links too; accepting is a POST."""
    row = invitation_by_token(token)
    if row is None or row.state != "open":
        context = {"state": row.state if row else "unknown"}
        return render(request, "organisations/invitation_over.html", context, status=404)
    user = request.user if request.user.is_authenticated else None
    if user and row.email not in {a.lower() for a in [user.email, *verified_addresses(user)]}:
        return render(request, "organisations/invitation_of_another.html", status=403)
    form = NothingToEnter(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        done = attempt(form, lambda: actions.accept_invitation(invitation=row, as_user=user))
        if done is not None and user:
            messages.success(request, "You have accepted the invitation.")
            return redirect(kind_of(row).home(row))
        if done is not None:
            return redirect("organisations:accepted")
    context = {"invitation": row, "form": form, "to_what": kind_of(row).to_what(row)}
    return render(request, "organisations/invitation.html", context)


@public
def accepted(request):
    return render(request, "organisations/accepted.html")


@public
def join(request):
    """The answer is the same whatever the address: nobody learns who has an account."""
    if request.user.is_authenticated:
        return redirect("organisations:join_own")

    def ask(form):
        actions.ask_to_join_by_mail(**form.cleaned_data)
        return True

    return form_page(
        request,
        sent(request, JoinForm),
        do=ask,
        to=path_to("organisations:join_sent"),
        done="",
        template="organisations/join.html",
        heading="Join your organisation",
        submit_label="Send me a link",
    )


@public
def join_sent(request):
    return render(request, "organisations/join_sent.html")


@public
@never_cache
@sensitive_variables("token")
def confirm(request, token):
    row = join_request_by_token(token)
    if row is None:
        return render(request, "organisations/join_over.html", status=404)
    form = NothingToEnter(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: actions.confirm_joining(request=row))
        if made is not None:
            context = {"asked": [one.organisation for one in made], "email": row.email}
            return render(request, "organisations/join_asked.html", context)
    return render(request, "organisations/join_confirm.html", {"row": row, "form": form})


@signed_in
def join_own(request):
    places = may_join(request.user)
    if not places:
        return render(request, "organisations/join_nothing.html")
    return form_page(
        request,
        sent(request, ChooseOrganisation, organisations=places),
        do=lambda form: actions.ask_to_join(
            organisation=form.organisations[form.cleaned_data["organisation"]], by=request.user
        ),
        to=path_to("organisations:join_own"),
        done="You have asked. An administrator of the organisation decides and we tell you.",
        heading="Join your organisation",
        submit_label="Ask to join",
    )
