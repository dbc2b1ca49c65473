"""How people sign in, how long they stay and how often something may be tried."""

from urllib.parse import urlsplit

import environ

env = environ.Env()

# How many proxies of ours stand in front: only their entries in X-Forwarded-For are believed.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)

ACCOUNT_ADAPTER = "carefund.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60
ACCOUNT_FORMS = {
    "request_login_code": "carefund.accounts.forms.AskForCodeForm",
    "confirm_login_code": "carefund.accounts.forms.SignInCodeForm",
    "confirm_email_verification_code": "carefund.accounts.forms.AddressCodeForm",
    "reset_password": "carefund.accounts.forms.ForgottenPasswordForm",
    "reset_password_from_key": "carefund.accounts.forms.ForgottenNewPasswordForm",
    "login": "carefund.accounts.forms.PasswordSignInForm",
    "reauthenticate": "carefund.accounts.forms.ConfirmByPasswordForm",
    "add_email": "carefund.accounts.forms.NewAddressForm",
    "change_password": "carefund.accounts.forms.NewPasswordForm",
    "set_password": "carefund.accounts.forms.FirstPasswordForm",
}
# By place only: a limit by address alone would let anybody shut somebody else out. What counts
# by address and place together is in carefund.accounts.limits.
ACCOUNT_RATE_LIMITS = {
    "login_failed": None,
    "login": "60/m/ip",
    "request_login_code": "30/m/ip",
    "reset_password": "20/m/ip",
    "reauthenticate": "30/m/ip",
    "manage_email": "10/m/user",
    "change_password": "10/m/user",
    "confirm_email": "20/m/ip",
}
MFA_ADAPTER = "carefund.accounts.factors.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# Phones' clocks differ by some seconds.
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "carefund.accounts.forms.FactorForm",
    "reauthenticate": "carefund.accounts.forms.ConfirmFactorForm",
    "activate_totp": "carefund.accounts.forms.AppForm",
    "add_webauthn": "carefund.accounts.forms.AddPasskeyForm",
}
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/start/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"

SESSION_ENGINE = "carefund.accounts.session_store"
# The session itself outlives the limits below, so that their reason can be told.
SESSION_COOKIE_AGE = 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_SAVE_EVERY_REQUEST = False
IDLE_MINUTES_STAFF = env.int("IDLE_MINUTES_STAFF", default=30)
IDLE_MINUTES = env.int("IDLE_MINUTES", default=60)
SESSION_HOURS = env.int("SESSION_HOURS", default=12)
# Where accounts and groups are changed in the CMS: there too one confirms who one is.
STEP_UP_PREFIXES = ("/cms/users/", "/cms/groups/")

# The department's own sign-in (OpenID Connect); nothing of it shows without an issuer.
OIDC_ISSUER = env("OIDC_ISSUER", default="")
OIDC_NAME = env("OIDC_NAME", default="your department account")
# Addresses in other domains are refused; empty for any domain.
OIDC_DOMAINS = [domain.lower() for domain in env.list("OIDC_DOMAINS", default=[])]
# What in the token says that a second factor was asked for there.
OIDC_MFA_AMR = env.list("OIDC_MFA_AMR", default=["mfa"])
OIDC_MFA_ACR = env.list("OIDC_MFA_ACR", default=[])
OIDC_ORIGINS = env.list(
    "OIDC_ORIGINS", default=["{0.scheme}://{0.netloc}".format(urlsplit(OIDC_ISSUER))]
)
SOCIALACCOUNT_ADAPTER = "carefund.accounts.oidc.StaffSignInAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = False
SOCIALACCOUNT_STORE_TOKENS = False


def oidc_providers(issuer, client_id, secret):
    """The one provider that the environment names, as the sign-in library wants to be told."""
    app = {
        "provider_id": "department",
        "name": "Department",
        "client_id": client_id,
        "secret": secret,
        "settings": {"server_url": issuer},
    }
    return {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}


SOCIALACCOUNT_PROVIDERS = (
    oidc_providers(
        OIDC_ISSUER, env("OIDC_CLIENT_ID", default=""), env("OIDC_CLIENT_SECRET", default="")
    )
    if OIDC_ISSUER
    else {}
)
