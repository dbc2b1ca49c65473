"""What a project's page shows of its benefits."""

from decimal import Decimal
from typing import Any

from grants.delivery.models import Project
from grants.delivery.panels import Panel

from . import queries


def benefits(project: Project, user: Any) -> Panel:
    views = queries.of_project(project, sums_only=True)
    return Panel("benefits/_project_benefits.html", context_of(project, views, user))


def context_of(project: Project, views: list[queries.BenefitView], user: Any) -> dict[str, Any]:
    nothing = Decimal(0)
    return {
        "project": project,
        "views": views,
        "promised": sum((v.promised for v in views), nothing),
        "measured": sum((v.measured for v in views), nothing),
        "verified": sum((v.verified for v in views), nothing),
        "may_record": user.has_perm("benefits.record", project),
    }
