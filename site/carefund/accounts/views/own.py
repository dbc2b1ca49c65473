"""Pages about one's own account that the sign-in library does not have."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.reauthentication import resume_request
from allauth.account.utils import get_next_redirect_url
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from carefund.accounts import actions, codes, factors, held, news, queries, sessions, stepup
from carefund.accounts.forms import ConfirmByCodeForm
from carefund.core.access import fresh, signed_in
from carefund.core.outcomes import NothingToEnter, sent
from carefund.core.paths import path_to
from carefund.core.record import record

# No row has a longer number; some databases refuse to compare one.
MOST_DIGITS = 18


@signed_in
def second_step(request: HttpRequest) -> HttpResponse:
    """Told to who must have a second factor and has none yet."""
    if factors.own(request.user):
        return redirect("mfa_index")
    return render(request, "account/second_step.html")


@signed_in
@never_cache
def carry_on(request: HttpRequest) -> HttpResponse:
    """What was typed before the service had to ask who they are: sent again only when they say."""
    kept = held.held(request)
    if kept is None:
        return redirect(settings.LOGIN_REDIRECT_URL)
    if request.method == "POST":
        held.drop(request)
        return redirect(kept.back)
    return render(request, "account/carry_on.html", {"kept": kept})


@signed_in
@fresh
def remove_password(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    if not user.has_usable_password():
        return redirect("account_set_password")
    form = sent(request, NothingToEnter)
    if form.is_bound and form.is_valid():
        with transaction.atomic():
            actions.remove_password(user=user, by=user)
            sessions.end_others(request, user, reason="The password was removed.")
            news.tell("password_removed", user)
        update_session_auth_hash(request, user)
        messages.success(request, "Your password is removed. Sign in with a code from now on.")
        return redirect("account_set_password")
    return render(request, "account/password_remove.html", {"form": form})


@signed_in
@never_cache
def confirm_by_code(request: HttpRequest) -> HttpResponse:
    """Confirms that it is you with a code by email, where there is no second factor."""
    ways = get_adapter().get_reauthentication_methods(request.user)
    if request.path not in [way["url"] for way in ways]:
        return redirect(f"{stepup.first_way(request.user)}?{request.GET.urlencode()}")
    if request.POST.get("action") == "send":
        return _send_code(request)
    form = ConfirmByCodeForm(request.POST or None) if codes.is_waiting(request) else None
    if form is not None and form.is_bound and form.is_valid():
        if codes.is_right(request, form.cleaned_data["code"]):
            return _confirmed(request)
        form.add_error("code", "That code is not right, or it no longer works. Ask for a new one.")
    others = [way for way in ways if way["url"] != request.path]
    context = {"form": form, "reauthentication_alternatives": others, "next": _next(request)}
    return render(request, "account/confirm_by_code.html", context)


def _send_code(request: HttpRequest) -> HttpResponse:
    if not codes.send(request):
        messages.error(request, "There were too many tries. Wait a few minutes, then try again.")
    return redirect(f"{request.path}?{request.GET.urlencode()}")


def _next(request: HttpRequest) -> str:
    return get_next_redirect_url(request) or ""


def _confirmed(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    record_authentication(request, user, method="code", reauthenticated=True)
    record("sign_in.confirm", user, by=user)
    sessions.renew(request)
    return resume_request(request) or redirect(_next(request) or settings.LOGIN_REDIRECT_URL)


@signed_in
@require_http_methods(["GET", "POST"])
def sessions_page(request: HttpRequest) -> HttpResponse:
    """Where the person is signed in; each can be ended by itself, or all others at once."""
    user: Any = request.user
    if request.method == "GET":
        rows = queries.sessions_of(user, request.session.session_key)
        return render(request, "usersessions/usersession_list.html", {"sessions": rows})
    if request.POST.get("end"):
        _end_one(request)
    else:
        ended = sessions.end_others(request, request.user)
        messages.success(request, f"You are signed out in {ended} other place{'s'[: ended != 1]}.")
    return redirect(path_to("usersessions_list"))


def _end_one(request: HttpRequest) -> None:
    number = request.POST["end"]
    rows = UserSession.objects.filter(user=request.user)
    row = (
        rows.filter(pk=number).first()
        if number.isdecimal() and len(number) <= MOST_DIGITS
        else None
    )
    if row is None:
        raise Http404
    if row.session_key == request.session.session_key:
        messages.info(request, "This is the browser you are using now. Sign out instead.")
        return
    sessions.end(row, by=request.user)
    messages.success(request, "That browser is signed out.")
