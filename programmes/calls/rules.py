"""Who may prepare and run funding calls."""

from typing import Any

import rules
from django.db.models import Q, QuerySet

from carefund.accounts.roles import StaffRole
from programmes.funds.queries import programmes_for
from programmes.funds.rules import holds_for_programme

from .models import Call

MANAGERS = (StaffRole.PROGRAMME_OFFICER, StaffRole.EDITOR, StaffRole.ADMINISTRATOR)
READERS = (
    *MANAGERS,
    StaffRole.SENIOR_OFFICER,
    StaffRole.FINANCE_OFFICER,
    StaffRole.ANALYST,
    StaffRole.AUDITOR,
)

rules.add_perm("calls.manage", holds_for_programme(*MANAGERS))
rules.add_perm("calls.view", holds_for_programme(*READERS))


def visible_to(user: Any) -> QuerySet[Call]:
    """Published calls for all; unpublished ones for those who work on the programme."""
    mine = Q(programme__in=programmes_for(user, *READERS))
    return Call.objects.filter(~Q(state__in=["draft", "in_review"]) | mine)
