from decimal import Decimal

from django.db.models import Sum

from grants.delivery.models import Project

from .models import Claim, ClaimLine, Recovery

Pot = tuple[int, str]  # financial year, kind


def claimed(project: Project, *, besides: Claim | None = None) -> dict[Pot, Decimal]:
    """Pounds by year and kind in the live claims of a project (refused and withdrawn are not)."""
    rows = ClaimLine.objects.filter(claim__project=project).exclude(
        claim__state__in=["refused", "withdrawn"]
    )
    if besides is not None:
        rows = rows.exclude(claim=besides)
    sums = rows.values_list("financial_year", "kind").annotate(total=Sum("amount")).order_by()
    return {(year, kind): total for year, kind, total in sums}


def claimable(project: Project, *, besides: Claim | None = None) -> dict[Pot, Decimal]:
    """Pounds by year and kind that the grant still allows the project to claim."""
    taken = claimed(project, besides=besides)
    return {
        (line.financial_year, line.kind): line.amount
        - taken.get((line.financial_year, line.kind), Decimal(0))
        for line in project.offer.lines.all()
    }


def total(claim: Claim) -> Decimal:
    """Pounds claimed in all."""
    return sum((line.amount for line in claim.lines.all()), Decimal(0))


def recovered(project: Project) -> Decimal:
    """Pounds that the project has to pay back."""
    rows = Recovery.objects.filter(project=project)
    return rows.aggregate(total=Sum("amount"))["total"] or Decimal(0)
