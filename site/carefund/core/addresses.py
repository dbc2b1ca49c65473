"""Where a request came from, believing only the proxies that the settings name."""

import ipaddress
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The internet address of the person's side; empty when it cannot be known.

    Each trusted proxy adds one entry to the right of `X-Forwarded-For`; what stands further to
    the left was written by the sender, who may write anything.
    """
    remote: str = request.META.get("REMOTE_ADDR", "")
    trusted: int = settings.TRUSTED_PROXIES
    entries = request.headers.get("X-Forwarded-For", "").split(",")
    if 0 < trusted <= len(entries):
        return _valid(entries[-trusted].strip()) or _valid(remote)
    return _valid(remote)


def network_of(address: str) -> str:
    """What one subscriber controls: the address itself, or the 64 bits before it in IPv6."""
    if ":" not in address:
        return address
    return str(ipaddress.ip_network(f"{address}/64", strict=False).network_address)


@lru_cache(maxsize=1_000)
def _valid(text: str) -> str:
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        return ""
