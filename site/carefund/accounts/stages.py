from allauth.mfa.stages import AuthenticateStage
from django.http import HttpRequest

from . import factors, oidc


class SecondFactorStage(AuthenticateStage):
    """Asks for the second factor, unless the department's own sign-in has asked already."""

    def _should_handle(self, request: HttpRequest) -> bool:
        login = (self.login.signal_kwargs or {}).get("sociallogin")
        if login is not None and oidc.asserts_second_factor(login):
            factors.give(request, self.login.user, "oidc")
            return False
        return bool(super()._should_handle(request))
