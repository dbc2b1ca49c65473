"""Public pages that are the same for everybody who has not signed in, kept for a minute.

A view says `shared(response)`. Kept is only what an anonymous visitor got without a query string,
without cookies either way. Whatever is recorded or published puts all of them out of date.
"""

import uuid
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest, HttpResponse

SECONDS = 60
VERSION = "shared-pages"
# What bidders and assessors do, and who signs in, is on no public page.
PRIVATE = ("assessment.", "bid.", "comment.", "import.", "note.", "second_step.", "sign_in.")


def shared(response: Any) -> Any:
    response.is_shared = True
    return response


def forget() -> None:
    """At once, for who is writing, and again when it is there for others to read."""
    _renew()
    transaction.on_commit(_renew)


def _renew() -> None:
    cache.set(VERSION, uuid.uuid4().hex, None)


def forget_after(verb: str) -> None:
    if not verb.startswith(PRIVATE):
        forget()


class SharedPagesMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not _asks_for_shared(request):
            return self.get_response(request)
        # Asked before the page is made: what changes meanwhile makes this page one of the past.
        key = f"{VERSION}:{cache.get(VERSION, '')}:{request.get_host()}:{request.path}"
        kept = cache.get(key)
        if kept is not None:
            status, headers, content = kept
            return HttpResponse(content, status=status, headers=headers)
        response = self.get_response(request)
        if _may_be_kept(response):
            found = (response.status_code, dict(response.items()), response.content)
            cache.set(key, found, SECONDS)
        return response


def _asks_for_shared(request: HttpRequest) -> bool:
    """Somebody who is not known here asks for a page and nothing more."""
    known: set[str] = {settings.SESSION_COOKIE_NAME, "messages"}
    return request.method == "GET" and not request.GET and not known & request.COOKIES.keys()


def _may_be_kept(response: Any) -> bool:
    return (
        getattr(response, "is_shared", False)
        and response.status_code == 200  # noqa: PLR2004 - as HTTP numbers it
        and not response.cookies
        and not response.streaming
    )
