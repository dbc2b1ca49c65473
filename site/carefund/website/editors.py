"""Who may open the CMS: it follows the roles in the department, and ends with them."""

from typing import Any

from django.contrib.auth.models import Group

from carefund.accounts.roles import StaffRole
from programmes.funds.queries import staff_roles

CMS_GROUPS: dict[str, str] = {
    StaffRole.EDITOR: "Editors",
    StaffRole.PROGRAMME_OFFICER: "Moderators",
    StaffRole.ADMINISTRATOR: "Moderators",
}


def is_editor(user: Any) -> bool:
    """Whether a role of today opens the CMS; being in one of its groups is not enough."""
    return bool(user.is_superuser) or any(role in CMS_GROUPS for role, _ in staff_roles(user))


def follow_roles(user: Any) -> None:
    """Put the person into the groups of the CMS that their roles of today stand for, no others."""
    wanted = {CMS_GROUPS[role] for role, _ in staff_roles(user) if role in CMS_GROUPS}
    for group in Group.objects.filter(name__in=set(CMS_GROUPS.values())):
        if group.name in wanted:
            user.groups.add(group)
        else:
            user.groups.remove(group)
