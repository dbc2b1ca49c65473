"""What every line of the log says of its request, besides what django-structlog adds."""

from typing import Any

import structlog
from django.http import HttpRequest

from .addresses import client_address


def say_who(request: HttpRequest, **_signal: Any) -> None:
    """Who asks, and from where as in the record: a sender may write any address into a header."""
    structlog.contextvars.bind_contextvars(ip=client_address(request))
    say_whose(request)


def say_whose(request: HttpRequest, **_signal: Any) -> None:
    """Once more at the end: somebody may have signed in meanwhile."""
    structlog.contextvars.bind_contextvars(user_id=getattr(request.user, "pk", None))
