"""Who asks for a waiver, who agrees to it, and who sees it."""

from typing import Any

import rules
from django.db.models import QuerySet

from carefund.core.doors import fetch
from programmes.funds.queries import programmes_for
from programmes.funds.rules import CASE_READERS, is_officer, is_senior_officer, reads_cases

from .models import Waiver


@rules.predicate
def did_not_ask(user: Any, waiver: Any = None) -> bool:
    return waiver is None or waiver.asked_by_id != user.pk


rules.add_perm("waivers.read_register", reads_cases)
rules.add_perm("waivers.view", reads_cases)
rules.add_perm("waivers.ask", is_officer | is_senior_officer)
rules.add_perm("waivers.agree", is_senior_officer & did_not_ask)
rules.add_perm("waivers.end", is_officer | is_senior_officer)


def visible_to(user: Any) -> QuerySet[Waiver]:
    """The waivers of the programmes whose cases the person reads."""
    return Waiver.objects.filter(programme__in=programmes_for(user, *CASE_READERS))


def access_waiver(user: Any, pk: int, permission: str = "waivers.view") -> Waiver:
    rows = visible_to(user).select_related(
        "programme", "organisation", "asked_by", "agreed_by", "ended_by", "subject_type"
    )
    return fetch(rows, user, permission, pk=pk)
