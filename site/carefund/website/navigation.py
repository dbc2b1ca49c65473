from collections.abc import Iterable
from typing import Any

from carefund.core.navigation import NavItem
from programmes.funds.queries import staff_roles

REPORTS = NavItem("Reports", "/reports/", order=290)


def public_items(user: Any) -> Iterable[NavItem]:
    """The public pages; whoever works in the department has their own list and the reports."""
    if user is not None and user.is_authenticated and staff_roles(user):
        return [REPORTS]
    return [
        NavItem("Funding calls", "/calls/", order=10),
        NavItem("What we have funded", "/funded/", order=20),
        REPORTS,
    ]
