"""The doors: a code by email first, a password for who has one."""

from typing import Any

from allauth.account import views as allauth
from allauth.mfa.base import views as mfa
from django.conf import settings
from django.http import HttpRequest

from carefund.accounts import codes, factors, sessions
from carefund.core.access import public, signed_in


def _door(request: HttpRequest) -> dict[str, Any]:
    return {
        "ended": request.session.get(sessions.ENDED, ""),
        "department": settings.OIDC_NAME if settings.OIDC_ISSUER else "",
    }


class SignInView(allauth.RequestLoginCodeView):
    template_name = "account/login.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), **_door(self.request)}


class PasswordView(allauth.LoginView):
    template_name = "account/login_password.html"


class CodeView(allauth.ConfirmLoginCodeView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found: dict[str, Any] = super().get_context_data(**kwargs)
        user = self.stage.login.user
        if codes.is_example(user):
            found["example_code"] = self._process.code
        return found


class SecondStepView(mfa.AuthenticateView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found: dict[str, Any] = super().get_context_data(**kwargs)
        user = self.stage.login.user
        own = {factor.type for factor in factors.own(user)}
        return {**found, "own": own, "example_code": codes.shown_code(user)}


class ConfirmStepView(mfa.ReauthenticateView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found: dict[str, Any] = super().get_context_data(**kwargs)
        own = {factor.type for factor in factors.own(self.request.user)}
        return {**found, "own": own, "example_code": codes.shown_code(self.request.user)}


# The two first pages are one: a code by email is how most people sign in.
sign_in = public(SignInView.as_view())
by_password = public(PasswordView.as_view())
confirm_code = public(CodeView.as_view())
second_step = public(SecondStepView.as_view())
confirm_step = signed_in(ConfirmStepView.as_view())
