"""allauth's forms with our limits: wrong tries count for the address and the place together."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import (
    AddEmailForm,
    ChangePasswordForm,
    ConfirmEmailVerificationCodeForm,
    ConfirmLoginCodeForm,
    LoginForm,
    RequestLoginCodeForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
    SetPasswordForm,
)
from allauth.account.forms import (
    ReauthenticateForm as ReauthenticatePasswordForm,
)
from allauth.account.internal.flows.email_verification_by_code import (
    EMAIL_VERIFICATION_CODE_SESSION_KEY,
)
from allauth.account.internal.stagekit import LOGIN_SESSION_KEY
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms

from carefund.core.forms import GovForm

from . import codes, devices, limits


class Worded(GovForm):
    """Says what is missing as every form of the service does."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in {"login", "email"} & self.fields.keys():
            messages = self.fields[name].error_messages
            messages["required"] = messages["invalid"]
        if "password" in self.fields:
            self.fields["password"].error_messages["required"] = "Enter your password"


class PasswordSignInForm(Worded, LoginForm):
    pass


class NewAddressForm(Worded, AddEmailForm):
    pass


class NewPasswordForm(Worded, ChangePasswordForm):
    pass


class FirstPasswordForm(Worded, SetPasswordForm):
    pass


class ForgottenNewPasswordForm(Worded, ResetPasswordKeyForm):
    pass


class ConfirmByPasswordForm(Worded, ReauthenticatePasswordForm):
    pass


class AppForm(Worded, ActivateTOTPForm):
    pass


class AddPasskeyForm(Worded, AddWebAuthnForm):
    passwordless = forms.BooleanField(
        label="Sign in with it alone",
        required=False,
        help_text="Then you need neither a code nor a password. Your device asks for your "
        "fingerprint, your face or a PIN.",
    )


def refuse() -> Any:
    raise get_adapter().validation_error("too_many_login_attempts")


class _LimitedFactor:
    """Takes a seat for each code that is tried, and gives it back when the code was right."""

    user: Any

    def clean_code(self) -> str:
        request, email = context.request, self.user.email
        seats = [limits.FACTOR.take(self.user.pk, limits.place(request, email))]
        if not devices.is_known(request, email):
            seats.append(limits.FACTOR_STRANGERS.take(self.user.pk))
        if None in seats:
            refuse()
        code: str = super().clean_code()  # type: ignore[misc]
        if not codes.is_first_use(self.user, code):
            refuse()
        limits.free(*seats)
        return code


class FactorForm(Worded, _LimitedFactor, AuthenticateForm):
    pass


class ConfirmFactorForm(Worded, _LimitedFactor, ReauthenticateForm):
    pass


class SignInCodeForm(Worded, ConfirmLoginCodeForm):
    """Guesses are counted outside the session, so that none of many at once runs ahead.

    They count for the request of a code, known address or not: both answer alike.
    """

    def clean_code(self) -> str:
        session = context.request.session
        login = session.get(LOGIN_SESSION_KEY, {})
        if limits.CODE.take(session.session_key, login.get("initiated_at")) is None:
            refuse()
        return str(super().clean_code())


class AddressCodeForm(Worded, ConfirmEmailVerificationCodeForm):
    def clean_code(self) -> str:
        session = context.request.session
        state = session.get(EMAIL_VERIFICATION_CODE_SESSION_KEY, {})
        if limits.CODE.take(session.session_key, state.get("at")) is None:
            refuse()
        return str(super().clean_code())


def _may_mail(email: str) -> None:
    if limits.MAIL.take(email.lower(), limits.place(context.request, email)) is None:
        refuse()


class AskForCodeForm(Worded, RequestLoginCodeForm):
    def clean_email(self) -> Any:
        _may_mail(self.cleaned_data["email"])
        return super().clean_email()


class ForgottenPasswordForm(Worded, ResetPasswordForm):
    def clean_email(self) -> Any:
        _may_mail(self.cleaned_data["email"])
        return super().clean_email()


class ConfirmByCodeForm(Worded, forms.Form):
    """The code that was emailed to somebody who is signed in, to confirm that it is them."""

    code = forms.CharField(label="Code", max_length=20)
