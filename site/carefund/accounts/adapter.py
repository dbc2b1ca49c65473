from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from carefund.core.addresses import client_address
from carefund.core.paths import path_to

from . import devices, factors, limits, news, sessions, stepup
from .actions import note_failure

TOO_MANY = "There were too many tries. Wait a few minutes, then try again."


class AccountAdapter(DefaultAccountAdapter):
    """People are invited by their organisation; nobody signs up by themselves."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
        "email_password_mismatch": "The email address or the password is not right.",
        "incorrect_code": "That code is not right. Check it and enter it again.",
        "incorrect_password": "That password is not right.",
        "enter_current_password": "Enter the password you have now.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_safe_url(self, url: str) -> bool:
        """Pages of this service only, and named by their path only."""
        is_path = url.startswith("/") and url.isprintable() and "\\" not in url
        return is_path and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request) or "0.0.0.0"  # noqa: S104 - an unknown address, not a bind

    def get_login_stages(self) -> list[str]:
        standard = "allauth.mfa.stages.AuthenticateStage"
        stages: list[str] = super().get_login_stages()
        own = "carefund.accounts.stages.SecondFactorStage"
        return [own if stage == standard else stage for stage in stages]

    # Passwords

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        email = credentials.get("email", "").strip().lower()
        where = limits.place(request, email)
        self._seats = [limits.PASSWORD.take(email, where)]
        if not devices.is_known(request, email):
            self._seats.append(limits.PASSWORD_PLACE.take(where))
        if None in self._seats:
            raise self.validation_error("too_many_login_attempts")

    def _rollback_login_failed_rl_usage(self) -> None:
        limits.free(*self._seats)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        note_failure(email=credentials.get("email", ""), way="password")

    # Signing in

    def login(self, request: HttpRequest, user: Any) -> None:
        request.carefund_first_time = user.last_login is None  # type: ignore[attr-defined]
        super().login(request, user)
        sessions.begin(request)

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **kwargs)
        first_time = request.carefund_first_time  # type: ignore[attr-defined]
        if not first_time and not devices.is_known(request, user.email):
            news.tell("new_device", user)
        devices.remember(request, response, user.email)
        return response

    # Confirming who you are

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Never by allauth's own count: it lets in whoever has neither password nor factor."""
        if not stepup.is_fresh(context.request):
            raise ReauthenticationRequired
        return False

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """The strongest first; a password or an emailed code only where there is no factor."""
        if not user.is_authenticated:
            return []
        own = {factor.type for factor in factors.own(user)}
        ways = []
        if "totp" in own:
            ways.append(_way("mfa_reauthenticate", "Use your authenticator app"))
        if "webauthn" in own:
            ways.append(_way("mfa_reauthenticate_webauthn", "Use a passkey or security key"))
        if own and "totp" not in own:
            ways.append(_way("mfa_reauthenticate", "Use a recovery code"))
        if not own and user.has_usable_password():
            ways.append(_way("account_reauthenticate", "Use your password"))
        if not own:
            ways.append(_way("accounts:confirm_by_code", "Use a code sent by email"))
        return ways

    # Mail

    def format_email_subject(self, subject: str) -> str:
        return f"{' '.join(str(subject).split())} – {settings.WAGTAIL_SITE_NAME}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        extra = {"service_name": settings.WAGTAIL_SITE_NAME, "base_url": _base_url()}
        super().send_mail(template_prefix, email, {**extra, **context})

    def render_mail(
        self, template_prefix: str, email: Any, context: dict[str, Any], headers: Any = None
    ) -> EmailMultiAlternatives:
        """Codes and links, which are urgent and secret: plain, and the same words as HTML."""
        mail: EmailMultiAlternatives = super().render_mail(template_prefix, email, context, headers)
        words = {
            "subject": mail.subject,
            "paragraphs": mail.body.split("\n\n"),
            "code": context.get("code", ""),
        }
        mail.attach_alternative(render_to_string("notify/mail/code.html", words), "text/html")
        return mail

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Any,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Through the outbox, as every message: a mail server that is down stops nothing."""
        kind = template_prefix.rpartition("/")[2]
        if kind in news.TOLD_WITH_THE_FACTOR:
            return
        news.tell(kind, user, email=email or "", about=context)

    def get_reset_password_from_key_url(self, key: str) -> str:
        # By the address in the settings: the one in the request is the sender's to choose.
        names = {"uidb36": "UID", "key": "KEY"}
        path = reverse("account_reset_password_from_key", kwargs=names)
        return _base_url() + path.replace("UID-KEY", key)


def _way(name: str, description: str) -> dict[str, Any]:
    return {"id": name, "description": description, "url": path_to(name)}


def _base_url() -> str:
    return str(settings.WAGTAILADMIN_BASE_URL)
