"""Who must approve a round, of what exactly, and who has."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC
from decimal import Decimal
from typing import Any

from grants.bids.queries import fingerprint

from ..models import AllocationRound, Approval, ApprovalStep
from .base import amount_of, choices_of, granted_lines
from .wishes import in_words, wishes_of

SENIOR = ApprovalStep(
    order=1, title="Senior officer", role=ApprovalStep.Role.SENIOR_OFFICER, from_amount=Decimal(0)
)


@dataclass(frozen=True)
class Step:
    """A step of the chain, and the approval of this content where it has been given."""

    step: ApprovalStep
    approval: Approval | None


def chain(allocation: AllocationRound, amount: Decimal | None = None) -> list[ApprovalStep]:
    """The approvals that the round needs for what it promises, in order: at least one."""
    total = amount_of(allocation) if amount is None else amount
    rows = allocation.call.programme.approval_steps.select_related("person").order_by("order")
    return [row for row in rows if row.from_amount <= total] or [SENIOR]


def content_of(allocation: AllocationRound) -> dict[str, Any]:
    """Everything that is approved with a round."""
    return {
        "call": allocation.call.code,
        "number": allocation.number,
        "choices": [
            {
                "bid": c.bid.reference,
                "organisation": c.bid.organisation.org_id,
                "score": str(c.bid.score),
                "rank": c.rank,
                "decision": c.decision,
                "share": c.share,
                "amounts": [
                    [*pot, str(amount)] for pot, amount in granted_lines(c.bid, c.share).items()
                ],
                "reason": c.reason,
                "conditions": c.conditions,
            }
            for c in choices_of(allocation)
        ],
        "constraints": [in_words(wish) for wish in wishes_of(allocation)],
        "minimum_score": allocation.method.get("minimum_score", ""),
        "rationale": allocation.rationale,
        # A round that comes back, even unchanged, is read and approved anew.
        "recommended_at": str(allocation.recommended_at or ""),
        "publish_at": allocation.publish_at.astimezone(UTC).isoformat()
        if allocation.publish_at
        else "",
        "release_scores": allocation.release_scores,
        "release_comments": allocation.release_comments,
    }


def fingerprint_of(allocation: AllocationRound) -> str:
    return fingerprint(content_of(allocation))


def standing(allocation: AllocationRound, content: str = "") -> list[Step]:
    """The chain with what has been given for exactly this content."""
    now = content or fingerprint_of(allocation)
    given = {
        a.order: a for a in allocation.approvals.select_related("given_by") if a.fingerprint == now
    }
    return [Step(step, given.get(step.order)) for step in chain(allocation)]


def next_step(allocation: AllocationRound, content: str = "") -> ApprovalStep | None:
    waiting: Sequence[Step] = [s for s in standing(allocation, content) if s.approval is None]
    return waiting[0].step if waiting else None


def lapsed(allocation: AllocationRound) -> list[Approval]:
    """Approvals of something that has changed since."""
    now = fingerprint_of(allocation)
    rows = allocation.approvals.select_related("given_by")
    return [a for a in rows if a.fingerprint != now]
