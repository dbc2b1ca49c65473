from collections.abc import Iterator
from typing import Any

from carefund.core.navigation import NavItem
from carefund.core.paths import path_to


def items(user: Any) -> Iterator[NavItem]:
    if user is not None and user.is_authenticated:
        yield NavItem("Messages", path_to("notify:list"), area="person", order=900)
