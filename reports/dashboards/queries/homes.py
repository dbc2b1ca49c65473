from typing import Any

from carefund.accounts.roles import StaffRole
from grants.awards.rules import rounds_to_approve
from grants.bids.queries import guest_roles as guest_bids
from grants.delivery.queries import guest_roles as guest_projects
from programmes.funds.queries import holds
from programmes.organisations.queries import memberships_of

CASE_WORKERS = (
    StaffRole.PROGRAMME_OFFICER,
    StaffRole.SENIOR_OFFICER,
    StaffRole.FINANCE_OFFICER,
    StaffRole.ADMINISTRATOR,
    StaffRole.AUDITOR,
)
HOMES = (
    (CASE_WORKERS, "/manage/"),
    ((StaffRole.ASSESSOR,), "/manage/assessments/"),
    ((StaffRole.ANALYST, StaffRole.MINISTERS_TEAM), "/reports/"),
    ((StaffRole.EDITOR,), "/cms/"),
)


def home_of(user: Any) -> str:
    """Where a person begins; nothing for somebody without a role."""
    if memberships_of(user):
        return "/your-organisation/"
    if guest_bids(user):
        return "/bids/"
    if guest_projects(user):
        return "/projects/"
    if holds(user, StaffRole.MINISTERS_TEAM) and rounds_to_approve(user):
        return "/manage/rounds/"
    return next((home for roles, home in HOMES if holds(user, *roles)), "")
