"""Everybody may read a national target; who may say something about it."""

from typing import Any

import rules
from django.shortcuts import get_object_or_404

from carefund.accounts.roles import StaffRole
from carefund.core.permissions import require
from programmes.funds.rules import holds_for_programme

from .models import Target

is_recorder = holds_for_programme(
    StaffRole.ANALYST, StaffRole.PROGRAMME_OFFICER, StaffRole.ADMINISTRATOR
)
rules.add_perm("targets.record", is_recorder)


def access_target(user: Any, code: str, permission: str) -> Target:
    """Targets are public, so one that exists is seen; doing something takes the permission."""
    target = get_object_or_404(Target.objects.select_related("programme"), code=code)
    require(user, permission, target)
    return target
