"""OpenID Connect as the department uses it; allauth finds `provider_classes` by this file's name.

Stricter than what it builds on: PKCE and a nonce always, the signature of the token is always
checked, and nothing in an address may change what the provider is asked.
"""

import secrets
from typing import Any

import jwt
from allauth.account.models import EmailAddress
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse

ALGORITHMS = {"RS256", "PS256", "ES256"}


class StaffAdapter(OpenIDConnectOAuth2Adapter):
    @property
    def openid_config(self) -> dict[str, Any]:
        config: dict[str, Any] = super().openid_config
        if config.get("issuer") != settings.OIDC_ISSUER:
            raise OAuth2Error("The provider names another issuer than the settings.")
        return config

    def complete_login(
        self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any
    ) -> Any:
        id_token = kwargs["response"].get("id_token")
        if not id_token:
            raise OAuth2Error("There is no id_token.")
        signed = self._decode_id_token(app, id_token)
        said = self._fetch_user_info(token.token)
        if said.get("sub") != signed.get("sub"):
            raise OAuth2Error("The token and the user information are about two people.")
        data = {"userinfo": said if said.get("email") else signed, "id_token": signed}
        return self.get_provider().sociallogin_from_response(request, data)

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        try:
            header = jwt.get_unverified_header(id_token)
        except jwt.PyJWTError as error:
            raise OAuth2Error("Not a token.") from error
        if header.get("alg") not in ALGORITHMS or not header.get("kid"):
            raise OAuth2Error("The token is not signed in a way that is accepted.")
        decoded: dict[str, Any] = jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=self.openid_config["jwks_uri"],
            issuer=settings.OIDC_ISSUER,
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
        )
        return decoded


class StaffProvider(OpenIDConnectProvider):
    id = "openid_connect"
    oauth2_adapter_class = StaffAdapter
    pkce_enabled_default = True
    supports_token_authentication = False

    @classmethod
    def get_package(cls) -> str:
        return "carefund.accounts"

    def get_auth_params_from_request(self, request: HttpRequest, action: Any) -> dict[str, str]:
        return dict(self.get_auth_params())

    def get_scope_from_request(self, request: HttpRequest) -> list[str]:
        return list(self.get_scope())

    def redirect(self, request: HttpRequest, process: Any, **kwargs: Any) -> HttpResponse:
        nonce = secrets.token_urlsafe(24)
        asked = {**(kwargs.pop("auth_params", None) or self.get_auth_params()), "nonce": nonce}
        return super().redirect(request, process, auth_params=asked, nonce=nonce, **kwargs)

    def extract_email_addresses(self, data: Any) -> list[EmailAddress]:
        said = data["userinfo"]
        if not said.get("email"):
            return []
        # The text "false" is no promise: only a true true is.
        verified = said.get("email_verified") is True
        return [EmailAddress(email=said["email"], verified=verified, primary=True)]


provider_classes = [StaffProvider]
