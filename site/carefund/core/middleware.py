import re
from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse

from . import agents
from .addresses import client_address
from .errors import NotAllowed
from .record import Origin, origin

# Packages whose views decide about access themselves, each with tests of their own behaviour.
TRUSTED = ("allauth.", "wagtail.", "django.contrib.staticfiles.", "whitenoise.", "ninja.")
PLAIN_ID = re.compile(r"[\w.-]{1,64}")


class RequestContextMiddleware:
    """Lets the record know where a change came from, without passing requests downwards."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = origin.set(
            Origin(
                address=client_address(request),
                request_id=_request_id(request),
                agent=agents.family(request.headers.get("User-Agent", "")),
            )
        )
        try:
            return self.get_response(request)
        finally:
            origin.reset(token)


def _request_id(request: HttpRequest) -> str:
    """What the proxy or the log calls this request, if it is a plain word."""
    given = request.headers.get("X-Request-ID", "")
    return given if PLAIN_ID.fullmatch(given) else ""


class DenyByDefaultMiddleware:
    """A view that does not say who may enter lets nobody in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if is_declared(view):
            return None
        raise NotAllowed("This page does not say who may see it, so nobody may.")


def is_declared(view: Any) -> bool:
    view = view.func if isinstance(view, partial) else view
    target = getattr(view, "view_class", view)
    module = getattr(view, "__module__", "") or type(view).__module__
    return hasattr(view, "access") or hasattr(target, "access") or module.startswith(TRUSTED)
