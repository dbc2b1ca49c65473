"""What somebody had typed when the service had to ask who they are: kept, and asked about later.

It lies in their own session, for the same person only, and is sent again when they say so.
"""

import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest

from carefund.core.paths import path_to

KEY = "carefund.held"
KEPT_SECONDS = 12 * 3600
# More than this is a mistake or an attack, not an answer somebody typed.
MOST_CHARACTERS = 1_000_000
NOT_KEPT = ("csrfmiddlewaretoken",)


@dataclass(frozen=True)
class Held:
    path: str
    fields: list[tuple[str, str]]
    had_files: bool
    back: str

    def typed(self) -> list[str]:
        """What the person will recognise: the longer texts and numbers they entered."""
        return [value for _, value in self.fields if value.strip()]


def hold(request: HttpRequest, user_id: Any) -> None:
    """Keep the form that was just sent, whose CSRF token must have been checked before."""
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in NOT_KEPT and "password" not in name
        for value in values
    ]
    if sum(len(value) for _, value in fields) > MOST_CHARACTERS:
        return
    request.session[KEY] = {
        "user": str(user_id),
        "path": request.get_full_path(),
        "fields": fields,
        "files": bool(request.FILES),
        "back": _page_before(request),
        "at": time.time(),
    }


def _page_before(request: HttpRequest) -> str:
    """The page of ours with the form; what was sent may have no page of its own."""
    before = urlsplit(request.headers.get("Referer", ""))
    return before.path if before.path and before.netloc == request.get_host() else request.path


def held(request: HttpRequest) -> Held | None:
    """What is kept for the person who is signed in now."""
    kept = request.session.get(KEY)
    if not kept or kept["user"] != str(request.user.pk) or time.time() - kept["at"] > KEPT_SECONDS:
        return None
    return Held(
        kept["path"], [(name, value) for name, value in kept["fields"]], kept["files"], kept["back"]
    )


def drop(request: HttpRequest) -> None:
    request.session.pop(KEY, None)


def place_to_carry_on() -> str:
    return path_to("accounts:carry_on")


def is_form(request: HttpRequest) -> bool:
    """Whether a person sent a form by pressing a button, not a script behind a page."""
    return request.method == "POST" and request.headers.get("Sec-Fetch-Mode", "navigate") in {
        "navigate",
        "",
    }
