from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import auth
from django.contrib.auth.middleware import AuthenticationMiddleware as PlainMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.functional import SimpleLazyObject

from carefund.core.paths import path_to

from . import factors, held, sessions, stepup, ties

# What a person without a second factor may reach: to set one up, to show it, to leave.
TO_SET_UP = {
    "accounts:second_step",
    "accounts:confirm_by_code",
    "account_logout",
    "account_reauthenticate",
    "mfa_activate_totp",
    "mfa_add_webauthn",
}
TO_SHOW = {"account_logout", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"}


class AuthenticationMiddleware(PlainMiddleware):
    """As Django's, with every check of its; the person read with the session is not read again."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: _signed_in(request))  # type: ignore[assignment]


def _signed_in(request: HttpRequest) -> Any:
    if not hasattr(request, "_signed_in"):
        request.session.get(auth.SESSION_KEY)  # reads it, if nobody has
        token = ties.read_with_session.set(getattr(request.session, "person", None))
        try:
            request._signed_in = auth.get_user(request)  # type: ignore[attr-defined] # noqa: SLF001
        finally:
            ties.read_with_session.reset(token)
    return request._signed_in  # type: ignore[attr-defined] # noqa: SLF001 - for one request


class SessionMiddleware:
    """Signs people out who went away, and keeps what they had typed until they come back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.ended = None  # type: ignore[attr-defined]
        if request.user.is_authenticated:
            # Known by now: what follows asks the person, not an object that stands for them.
            request.user = _signed_in(request)
            request.ended = sessions.close_if_over(request)  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """By now the CSRF token is checked: what is kept was typed by the person."""
        ended = request.ended  # type: ignore[attr-defined]
        if request.method == "POST" and request.user.is_authenticated:
            _forget_what_is_sent_again(request)
        if ended is None or not held.is_form(request) or _is_of_accounts(request):
            return None
        held.hold(request, ended.user_id)
        query = urlencode({"next": held.place_to_carry_on()})
        return HttpResponseRedirect(f"{path_to('account_login')}?{query}")


def _is_of_accounts(request: HttpRequest) -> bool:
    return request.path.startswith("/account/")


def _forget_what_is_sent_again(request: HttpRequest) -> None:
    kept = held.held(request)
    if kept and kept.path == request.get_full_path():
        held.drop(request)


class SecondFactorMiddleware:
    """Whoever must have a second factor reaches nothing else until they have shown it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        user = request.user
        if not user.is_authenticated or factors.given(request) or not factors.must_have(user):
            return self._confirm(request)
        has_one = bool(factors.own(user))
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name in (TO_SHOW if has_one else TO_SET_UP):
            return None
        if not has_one:
            return HttpResponseRedirect(path_to("accounts:second_step"))
        query = urlencode({"next": request.get_full_path()})
        return HttpResponseRedirect(f"{stepup.first_way(user)}?{query}")

    def _confirm(self, request: HttpRequest) -> HttpResponse | None:
        if request.path.startswith(settings.STEP_UP_PREFIXES):
            return stepup.challenge(request)
        return None
