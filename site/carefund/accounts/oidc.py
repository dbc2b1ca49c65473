"""The department's own sign-in: who it may let in, and what it must prove."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, _build_apps_from_settings
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import render
from django.utils.crypto import constant_time_compare


def claims(login: SocialLogin) -> dict[str, Any]:
    """What the provider signed: nothing that was only said by the way."""
    return dict(login.account.extra_data["id_token"])


def asserts_second_factor(login: SocialLogin) -> bool:
    """Whether the provider says, as the settings name it, that it asked for a second factor."""
    signed = claims(login)
    methods = signed.get("amr")
    ways = set(methods) if isinstance(methods, list) else set()
    return bool(ways & set(settings.OIDC_MFA_AMR)) or signed.get("acr") in settings.OIDC_MFA_ACR


class StaffSignInAdapter(DefaultSocialAccountAdapter):
    """Lets in who exists already, by the verified address that the provider signed for."""

    def list_apps(self, request: HttpRequest, provider: Any = None, client_id: Any = None) -> Any:
        # By the environment only: a row in a table must not become a way in.
        found = _build_apps_from_settings(provider=provider, client_id=client_id)
        return [app for apps in found.values() for app in apps]

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def can_authenticate_by_email(self, login: SocialLogin, email: str) -> bool:
        domains = settings.OIDC_DOMAINS
        return not domains or email.rpartition("@")[2].lower() in domains

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        state = sociallogin.state
        nonce = str(claims(sociallogin).get("nonce", ""))
        if not state.get("nonce") or not constant_time_compare(nonce, state["nonce"]):
            refuse(request)
        if state.get("process") != AuthProcess.LOGIN or not _is_known(sociallogin):
            refuse(request)


def _is_known(login: SocialLogin) -> bool:
    """Somebody with a place here whose address both sides have verified."""
    if not login.is_existing or not login.user.is_active:
        return False
    said = {one.email.lower() for one in login.email_addresses if one.verified is True}
    own = EmailAddress.objects.filter(user=login.user, verified=True)
    return bool(said & {email.lower() for email in own.values_list("email", flat=True)})


def refuse(request: HttpRequest) -> None:
    """One page for every reason: it must not tell who has an account."""
    raise ImmediateHttpResponse(render(request, "socialaccount/refused.html", status=403))
