"""What a project's page shows of its money."""

from typing import Any

from carefund.core.money import ZERO
from grants.delivery.models import Project
from grants.delivery.panels import Panel

from . import queries
from .states import CLOSED


def money(project: Project, user: Any) -> Panel | None:
    """The money is the organisation's and the department's; guests of a project do not see it."""
    if not user.has_perm("payments.view_money", project):
        return None
    found = queries.money_of(project)
    rows = found.pots
    claims = queries.claims_of(project)
    total = queries.totalled(rows)
    may_claim = user.has_perm("payments.prepare", project)
    unsent = sum((x.total for x in claims if x.state in queries.UNSENT), ZERO)
    is_left = total.left > unsent
    closed = project.state in CLOSED
    # Hardly any closed project has paid money back: only of those is asked what became of it.
    committed = closed and found.recovered and queries.recovered_but_committed(project)
    if not may_claim:
        # Who sees one claim of a project sees all of them in the same state.
        one_of = {claim.state: claim for claim in claims}
        seen = {s for s, claim in one_of.items() if user.has_perm("payments.view_claim", claim)}
        claims = [claim for claim in claims if claim.state in seen]
    return Panel(
        "payments/_project_money.html",
        {
            "project": project,
            "rows": rows,
            "total": total,
            # While it is in delivery the button for it stands above.
            "may_claim_the_rest": may_claim and project.state == "completed" and is_left,
            "may_give_back": closed
            and (is_left or committed)
            and user.has_perm("payments.give_back", project),
            "claims": claims,
            "recovered": found.recovered,
            "may_recover": user.has_perm("payments.recover", project),
        },
    )
