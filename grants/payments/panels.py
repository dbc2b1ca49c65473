"""What a project's page shows of its money."""

from collections.abc import Iterable
from typing import Any

from grants.delivery.models import Project
from grants.delivery.panels import Panel

from . import queries
from .models import Claim


def money(project: Project, user: Any) -> Panel | None:
    """The money is the organisation's and the department's; guests of a project do not see it."""
    if not user.has_perm("payments.view_money", project):
        return None
    found = queries.money_of(project)
    rows = found.pots
    claims: Iterable[Claim] = queries.with_totals(project.claims.all()).order_by("-pk")
    if not user.has_perm("payments.prepare", project):
        shown = {c.pk for c in claims if user.has_perm("payments.view_claim", c)}
        claims = [c for c in claims if c.pk in shown]
    return Panel(
        "payments/_project_money.html",
        {
            "project": project,
            "rows": rows,
            "total": queries.totalled(rows),
            "claims": claims,
            "recovered": found.recovered,
            "may_recover": user.has_perm("payments.recover", project),
        },
    )
