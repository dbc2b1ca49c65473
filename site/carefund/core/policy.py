from typing import Any

from csp.constants import HEADER
from csp.middleware import CheckableLazyObject, CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest

# Stands for the nonce of a request until there is one; base64 has no such letters.
NONCE = "{nonce}"
# What a view sets to have a policy of its own.
OWN = {
    f"_csp_{what}{mode}"
    for what in ("exempt", "config", "update", "replace")
    for mode in ("", "_ro")
}


class ContentPolicyMiddleware(CSPMiddleware):
    """As django-csp's; the policy of an ordinary page is put together once and not for each."""

    def __init__(self, get_response: Any) -> None:
        super().__init__(get_response)
        self.plain, self.with_nonce = build_policy(), build_policy(nonce=NONCE)
        told = getattr(settings, "CONTENT_SECURITY_POLICY", None) or {}
        self.excluded = tuple(told.get("EXCLUDE_URL_PREFIXES") or ())
        self.always_asks = settings.DEBUG or bool(
            getattr(settings, "CONTENT_SECURITY_POLICY_REPORT_ONLY", None)
        )

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        own = self.always_asks or HEADER in response or not OWN.isdisjoint(response.__dict__)
        if own or request.path_info.startswith(self.excluded):
            return super().process_response(request, response)
        nonce = getattr(request, "_csp_nonce", None)
        response[HEADER] = self.with_nonce.replace(NONCE, nonce) if nonce else self.plain
        if nonce is None:
            # From now on a nonce would not be in the header: asking for one raises.
            late = CheckableLazyObject(self._csp_nonce_post_response)
            request.csp_nonce = late  # type: ignore[attr-defined]
        return response
