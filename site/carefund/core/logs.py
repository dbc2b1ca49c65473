"""What every line of the log says of its request, besides what django-structlog adds."""

from typing import Any

import structlog
from django.http import HttpRequest

from .addresses import client_address


def say_address(request: HttpRequest, **_signal: Any) -> None:
    """As in the record: a sender may write any address into a header."""
    structlog.contextvars.bind_contextvars(ip=client_address(request))
