"""Where assessment shows in the pages of others: the case of a bid and the navigation."""

from collections.abc import Iterator
from typing import Any

from carefund.core.navigation import NavItem
from carefund.core.paths import path_to
from grants.bids.case_tabs import CaseTab, page
from grants.bids.models import Bid


def check_todo(user: Any, bid: Bid) -> str:
    may = bid.state == "submitted" and user.has_perm("assessment.check_eligibility", bid)
    return "Check eligibility" if may else ""


def assign_todo(user: Any, bid: Bid) -> str:
    may = bid.state == "eligible" and user.has_perm("assessment.assign", bid)
    return "Choose assessors" if may else ""


CASE_TABS = (
    CaseTab("checks", "Checks", page("assessment:checks"), 30, todo=check_todo),
    CaseTab("assessment", "Assessment", page("assessment:case"), 40, todo=assign_todo),
)


def items(user: Any) -> Iterator[NavItem]:
    if user is not None and user.is_authenticated and user.has_perm("assessment.work"):
        address = path_to("assessment:list")
        yield NavItem("Assessments", address, area="department", order=42)
