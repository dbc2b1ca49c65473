"""Every page of an account. What of the sign-in library makes no sense here has no address.

What changes an account is one transaction with its entry in the record and the news to its owner.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount import views as social
from django.db.transaction import atomic
from django.urls import include, path, re_path

from carefund.core.access import fresh

from .views import entrance, own
from .views.department import callback, login

ENTRANCE = [
    path("login/", entrance.sign_in, name="account_login"),
    path("login/code/", entrance.sign_in, name="account_request_login_code"),
    path("login/code/confirm/", entrance.confirm_code, name="account_confirm_login_code"),
    path("login/password/", entrance.by_password, name="account_login_password"),
    path("login/passkey/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("login/second-step/", entrance.second_step, name="mfa_authenticate"),
    path(
        "login/department/cancelled/", social.login_cancelled, name="socialaccount_login_cancelled"
    ),
    path("login/failed/", social.login_error, name="socialaccount_login_error"),
    path("login/<slug:provider_id>/", login, name="openid_connect_login"),
    path("login/<slug:provider_id>/callback/", callback, name="openid_connect_callback"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("signup/", account.signup, name="account_signup"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    path(
        "password/reset/key/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        atomic(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
]
CONFIRM = [
    path("confirm/password/", account.reauthenticate, name="account_reauthenticate"),
    path("confirm/second-step/", entrance.confirm_step, name="mfa_reauthenticate"),
    path(
        "confirm/passkey/",
        passkeys.reauthenticate_webauthn,
        name="mfa_reauthenticate_webauthn",
    ),
]
MANAGE = [
    path("email/", fresh(atomic(account.email)), name="account_email"),
    path(
        "email/confirm/",
        atomic(account.email_verification_sent),
        name="account_email_verification_sent",
    ),
    path(
        "password/change/", fresh(atomic(account.password_change)), name="account_change_password"
    ),
    path("password/set/", fresh(atomic(account.password_set)), name="account_set_password"),
    path("sessions/", own.sessions_page, name="usersessions_list"),
    path("second-step/", mfa.index, name="mfa_index"),
    path("second-step/app/", atomic(totp.activate_totp), name="mfa_activate_totp"),
    path("second-step/app/off/", atomic(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("second-step/codes/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "second-step/codes/new/",
        atomic(recovery.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "second-step/codes/download/",
        recovery.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("second-step/passkeys/", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("second-step/passkeys/add/", atomic(passkeys.add_webauthn), name="mfa_add_webauthn"),
    path(
        "second-step/passkeys/<int:pk>/remove/",
        atomic(passkeys.remove_webauthn),
        name="mfa_remove_webauthn",
    ),
    path("second-step/passkeys/<int:pk>/", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
]
OWN = [
    path("second-step/needed/", own.second_step, name="second_step"),
    path("carry-on/", own.carry_on, name="carry_on"),
    path("confirm/code/", own.confirm_by_code, name="confirm_by_code"),
    path("password/remove/", own.remove_password, name="remove_password"),
]
urlpatterns = [*ENTRANCE, *CONFIRM, *MANAGE, path("", include((OWN, "accounts")))]
