"""What waits in the running of calls and of budgets."""

from datetime import timedelta
from typing import Any

from carefund.accounts.roles import StaffRole
from carefund.core import clock
from carefund.core.formats import money
from carefund.core.paths import path_to
from grants.awards.rules import rounds_to_approve
from grants.delivery.levels import OVERDUE, SHOWN, condition_views
from grants.delivery.models import LevelCondition
from programmes.calls.models import Clarification
from programmes.funds.models import Virement
from programmes.funds.queries import holds, programmes_for

from .lines import MOST, Line, Pile, day, pile

ANSWERED_WITHIN = timedelta(days=5)
APPROVED_WITHIN = timedelta(days=10)


def questions(user: Any) -> Pile:
    """Questions about calls that nobody has answered."""
    rows = Clarification.objects.filter(
        state="asked", call__programme__in=programmes_for(user, StaffRole.PROGRAMME_OFFICER)
    )
    return pile(
        "Questions about calls",
        rows.select_related("call").order_by("asked_at", "pk"),
        lambda q: Line(
            "Answer",
            "a question about a call",
            str(q.call),
            day(q.asked_at + ANSWERED_WITHIN),
            path_to("calls:clarification", q.call.code, q.pk),
        ),
        href=path_to("bids:manage_calls"),
    )


def approvals(user: Any) -> list[Pile]:
    """What senior officers and the minister's team approve."""
    found = []
    if holds(user, StaffRole.SENIOR_OFFICER, StaffRole.MINISTERS_TEAM):
        found.append(rounds(user))
    if holds(user, StaffRole.SENIOR_OFFICER):
        found.append(virements(user))
    return found


def rounds(user: Any) -> Pile:
    """Rounds whose next approval in their chain is this person's to give."""
    waiting = rounds_to_approve(user)
    lines = [
        Line(
            "Decide on",
            str(row),
            f"Recommended by {row.recommended_by or 'the system'}",
            day((row.recommended_at or row.made_at) + APPROVED_WITHIN),
            row.get_absolute_url(),
        )
        for row in waiting[:MOST]
    ]
    return Pile("Rounds to approve", len(waiting), path_to("awards:all_rounds"), lines)


def virements(user: Any) -> Pile:
    """Changes of budgets that somebody else has proposed."""
    rows = Virement.objects.filter(
        state="proposed", programme__in=programmes_for(user, StaffRole.SENIOR_OFFICER)
    ).exclude(proposed_by=user)
    return pile(
        "Changes of budgets to decide",
        rows.select_related("programme", "proposed_by").order_by("proposed_at", "pk"),
        lambda v: Line(
            "Decide on",
            f"{money(v.amount)}, {v.words}",
            f"Proposed by {v.proposed_by or 'the system'}, {v.programme}",
            day(v.proposed_at + ANSWERED_WITHIN),
            v.get_absolute_url(),
        ),
        href=path_to("funds:portfolio"),
    )


def conditions(user: Any) -> list[Pile]:
    """Levels that grants are bound to: shown and to be confirmed, or overdue with nothing shown."""
    rows = LevelCondition.objects.filter(
        state="set",
        project__programme__in=programmes_for(user, StaffRole.PROGRAMME_OFFICER),
        project__state__in=["active", "paused"],
    ).select_related("project__organisation", "standard", "measure")
    views = condition_views(rows.order_by("due_on", "pk")[: MOST * 4], clock.today())
    shown = [_condition("Confirm", v.condition) for v in views if v.status == SHOWN]
    late = [_condition("Wait for", v.condition) for v in views if v.status == OVERDUE]
    href = path_to("delivery:list")
    return [
        Pile("Conditions to confirm", len(shown), href, shown),
        Pile("Conditions overdue", len(late), href, late, waiting=True),
    ]


def _condition(verb: str, row: LevelCondition) -> Line:
    who = row.project.organisation
    return Line(verb, row.words, f"{who}, {row.project.title}", row.due_on, row.get_absolute_url())
