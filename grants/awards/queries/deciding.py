"""Who must approve a round, of what exactly, and who has."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from decimal import Decimal
from typing import Any

from grants.bids.queries import fingerprint

from ..models import AllocationRound, Approval, ApprovalStep, Choice, Constraint
from .base import amount_of, choices_of, choices_of_all, granted_lines, promised
from .wishes import in_words, wishes_of, wishes_of_all

SENIOR = ApprovalStep(
    order=1, title="Senior officer", role=ApprovalStep.Role.SENIOR_OFFICER, from_amount=Decimal(0)
)


@dataclass(frozen=True)
class Step:
    """A step of the chain, and the approval of this content where it has been given."""

    step: ApprovalStep
    approval: Approval | None


@dataclass(frozen=True)
class Turn:
    """The approval that a round waits for, and who cannot give it.

    Nobody approves twice: neither who has approved exactly this content, nor who is named for
    another approval that it needs.
    """

    step: ApprovalStep | None
    given_by: frozenset[int]
    kept_for_others: frozenset[int]

    def is_open_to(self, person_id: int) -> bool:
        return self.step is not None and person_id not in self.given_by | self.kept_for_others


def chain(allocation: AllocationRound, amount: Decimal | None = None) -> list[ApprovalStep]:
    """The approvals that the round needs for what it promises, in order: at least one."""
    total = amount_of(allocation) if amount is None else amount
    rows = allocation.call.programme.approval_steps.select_related("person").order_by("order")
    return _asked_for(rows, total)


def _asked_for(steps: Iterable[ApprovalStep], total: Decimal) -> list[ApprovalStep]:
    return [step for step in steps if step.from_amount <= total] or [SENIOR]


def content_of(allocation: AllocationRound) -> dict[str, Any]:
    """Everything that is approved with a round."""
    return _content(allocation, choices_of(allocation), wishes_of(allocation))


def _content(
    allocation: AllocationRound, choices: Sequence[Choice], wishes: Sequence[Constraint]
) -> dict[str, Any]:
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
            for c in choices
        ],
        "constraints": [in_words(wish) for wish in wishes],
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


def has_approved(user: Any, allocation: AllocationRound, content: str) -> bool:
    """Has given an approval of what the round says now."""
    given: bool = allocation.approvals.filter(given_by=user, fingerprint=content).exists()
    return given


def turns(rounds: Sequence[AllocationRound]) -> dict[int, Turn]:
    """Whose turn it is in each round, in a fixed number of queries for all of them."""
    choices = _by(choices_of_all(rounds), "round_id")
    wishes = _by(wishes_of_all(rounds), "round_id")
    programmes = [row.programme_id for row in rounds]
    steps = _by(
        ApprovalStep.objects.filter(programme__in=programmes)
        .select_related("person")
        .order_by("order"),
        "programme_id",
    )
    given = _by(Approval.objects.filter(round__in=rounds), "round_id")
    found = {}
    for row in rounds:
        mine = choices.get(row.pk, [])
        now = fingerprint(_content(row, mine, wishes.get(row.pk, [])))
        counts = {a.order: a.given_by_id for a in given.get(row.pk, []) if a.fingerprint == now}
        asked = _asked_for(steps.get(row.programme_id, []), promised(mine))
        found[row.pk] = turn_among(asked, counts)
    return found


def turn_among(asked: Sequence[ApprovalStep], given: Mapping[int, int | None]) -> Turn:
    """The first step without an approval; `given` has who gave that of each order."""
    step = next((one for one in asked if one.order not in given), None)
    others = (one.person_id for one in asked if one is not step)
    return Turn(step, _people(given.values()), _people(others))


def turn_of(allocation: AllocationRound) -> Turn:
    return turns([allocation])[allocation.pk]


def _people(keys: Iterable[int | None]) -> frozenset[int]:
    return frozenset(key for key in keys if key)


def _by(rows: Iterable[Any], name: str) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(getattr(row, name), []).append(row)
    return found


def lapsed(allocation: AllocationRound) -> list[Approval]:
    """Approvals of something that has changed since."""
    now = fingerprint_of(allocation)
    rows = allocation.approvals.select_related("given_by")
    return [a for a in rows if a.fingerprint != now]


def in_turn(steps: Iterable[ApprovalStep]) -> str:
    """Who approves, in order, as a sentence says it."""
    names = [f"{step.title} ({step.person})" if step.person else step.title for step in steps]
    return ", then ".join(names)
