from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from carefund.core.navigation import NavItem


def items(user: Any) -> Iterator[NavItem]:
    if user is not None and user.is_authenticated:
        yield NavItem("Messages", reverse("notify:list"), area="person", order=900)
