from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from django.db.models import QuerySet

from carefund.core.money import LARGEST
from grants.bids.models import Bid
from programmes.calls.models import Call, Criterion
from programmes.organisations.models import Organisation

from .models import Assignment, Score

HUNDREDTH = Decimal("0.01")


def current_scores(assignment: Assignment) -> dict[int, Score]:
    """Criterion id -> the score that stands."""
    rows = assignment.scores.filter(superseded_by__isnull=True)
    return {score.criterion_id: score for score in rows}


def weighted(criteria: list[Criterion], scores: dict[int, int]) -> Decimal:
    """Sum of weight times score over the highest score: per cent of what could be had.

    `scores` holds a score for every criterion by its id. Raises KeyError when one is missing.
    """
    total = sum(Decimal(c.weight) * scores[c.pk] / c.highest_score for c in criteria) or Decimal(0)
    return total.quantize(HUNDREDTH, rounding=ROUND_HALF_EVEN)


def score_of(bid: Bid) -> Decimal | None:
    """The mean of the assessors' weighted scores; None until one has submitted."""
    criteria = list(bid.call.criteria.all())
    totals = [
        weighted(criteria, {key: s.score for key, s in current_scores(a).items()})
        for a in bid.assignments.filter(state="submitted")
    ]
    if not totals:
        return None
    return (sum(totals, Decimal(0)) / len(totals)).quantize(HUNDREDTH, rounding=ROUND_HALF_EVEN)


def ranking(call: Call) -> QuerySet[Bid]:
    """Assessed bids, best first. Equal scores: the smaller request, then the earlier submission."""
    return (
        Bid.objects.for_lists()
        .filter(call=call, score__isnull=False)
        .order_by("-score", "requested", "submitted_at", "pk")
    )


def automatic_checks(bid: Bid) -> list[dict[str, Any]]:
    """What the machine can tell about eligibility, each with its evidence; an officer decides."""
    call, requested = bid.call, bid.requested or Decimal(0)
    kind = Organisation.Kind(bid.organisation.kind)
    within = call.smallest_award <= requested <= min(call.largest_award, LARGEST)
    return [
        {
            "check": "The bidder is of a kind that may bid",
            "passed": bid.organisation.kind in call.eligible_kinds,
            "evidence": kind.label,
        },
        {
            "check": "Submitted before the call closed",
            "passed": bool(bid.submitted_at and bid.submitted_at < call.closes_at),
            "evidence": bid.submitted_at.isoformat() if bid.submitted_at else "Not submitted",
        },
        {
            "check": "The sum asked for is within the limits of the call",
            "passed": within,
            "evidence": f"£{requested:,.2f}; "
            f"the call allows £{call.smallest_award:,.0f} to £{call.largest_award:,.0f}",
        },
        {
            "check": "Certified by someone who did not prepare it",
            "passed": bid.certified_by_id is None or bid.certified_by_id != bid.prepared_by_id,
            "evidence": str(bid.certified_by or "Not certified by a named person"),
        },
    ]
