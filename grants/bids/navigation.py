"""What bids add to the main navigation, and for whom."""

from collections.abc import Iterator
from typing import Any

from carefund.core.navigation import NavItem
from carefund.core.paths import path_to


def items(user: Any) -> Iterator[NavItem]:
    if user is None or not user.is_authenticated:
        return
    if user.has_perm("bids.view_own"):
        yield NavItem("Bids", path_to("bids:list"), area="authority", order=30)
    if user.has_perm("calls.view"):
        yield NavItem("Calls", path_to("bids:manage_calls"), area="department", order=40)
    if user.has_perm("funds.work_cases"):
        yield NavItem("Bids", path_to("bids:manage_list"), area="department", order=41)
