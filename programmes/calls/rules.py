"""Who may prepare and run funding calls."""

from typing import Any

import rules
from django.db.models import Q, QuerySet
from django.http import Http404

from carefund.accounts.roles import StaffRole
from carefund.core.doors import fetch
from programmes.funds.queries import programmes_for
from programmes.funds.rules import holds_for_programme, is_officer

from .models import Call, Clarification, CutOff

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
rules.add_perm("calls.answer", is_officer)
rules.add_perm("calls.read_answers", holds_for_programme(*READERS))


def visible_to(user: Any) -> QuerySet[Call]:
    """Published calls for all; unpublished ones for those who work on the programme."""
    mine = Q(programme__in=programmes_for(user, *READERS))
    return Call.objects.filter(~Q(state__in=["draft", "in_review"]) | mine)


def access_public_call(code: str) -> Call:
    """A call that everybody may read; any other does not exist here."""
    found = Call.objects.public().select_related("programme").filter(code=code).first()
    if found is None:
        raise Http404
    return found


def managed_by(user: Any) -> QuerySet[Call]:
    """The calls of the programmes that the person works on, also unpublished ones."""
    return Call.objects.filter(programme__in=programmes_for(user, *READERS))


def access_call(user: Any, code: str, permission: str) -> Call:
    """The call, for those who work on its programme; unseen is 404."""
    return fetch(managed_by(user).select_related("programme"), user, permission, code=code)


def access_clarification(user: Any, code: str, pk: int, permission: str) -> Clarification:
    rows = Clarification.objects.filter(call__in=managed_by(user), call__code=code)
    return fetch(rows.select_related("call__programme", "asked_by"), user, permission, pk=pk)


def access_cut_off(user: Any, code: str, pk: int) -> CutOff:
    rows = CutOff.objects.filter(call__in=managed_by(user), call__code=code)
    return fetch(rows.select_related("call__programme"), user, "calls.manage", pk=pk)
