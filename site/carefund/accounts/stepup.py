"""Confirming that it is you, just before something that must not be done by a passer-by."""

import time
from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from . import factors
from .held import hold, is_form, place_to_carry_on


def is_fresh(request: HttpRequest) -> bool:
    """Whether the person has shown who they are within the last minutes.

    Who has a second factor confirms with it: a password or a code by email is not enough.
    """
    records = get_authentication_records(request, request.user)
    since = time.time() - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
    recent = [record for record in records if record["at"] > since]
    if any(record["method"] == "mfa" for record in recent):
        return True
    return bool(recent) and not factors.own(request.user)


def challenge(request: HttpRequest) -> HttpResponse | None:
    """Where to confirm; None when that was done. A form that was sent is kept meanwhile."""
    if not request.user.is_authenticated or is_fresh(request):
        return None
    to = request.get_full_path()
    if is_form(request):
        hold(request, request.user.pk)
        to = place_to_carry_on()
    return HttpResponseRedirect(f"{first_way(request.user)}?{urlencode({'next': to})}")


def first_way(user: Any) -> str:
    return str(get_adapter().get_reauthentication_methods(user)[0]["url"])
