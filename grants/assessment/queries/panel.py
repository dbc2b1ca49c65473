"""What a panel needs to see: how far scores lie apart, who is severe, what was agreed."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from django.db.models import Q, QuerySet

from carefund.accounts.models import User
from carefund.accounts.roles import StaffRole
from grants.bids.models import Bid
from programmes.calls.models import Call, Criterion
from programmes.funds.models import RoleAssignment
from programmes.organisations.queries import has_role

from ..models import Assignment, Attendance, PanelDecision, Score, ScoreDraft
from .base import Table, standing_scores, weighted

# Points between the highest and the lowest total of a bid from which its scores are discussed.
WIDE = 20
TENTH = Decimal("0.1")


def rounded(value: Decimal) -> Decimal:
    return value.quantize(TENTH, rounding=ROUND_HALF_EVEN)


@dataclass(frozen=True)
class Mark:
    """One assessor's total for a bid, and how far it lies from the mean of the others."""

    assessor: Any
    total: Decimal
    away: Decimal | None

    @property
    def is_outlier(self) -> bool:
        return self.away is not None and abs(self.away) >= WIDE


@dataclass(frozen=True)
class Moderated:
    bid: Bid
    marks: list[Mark]
    flags: list[str]
    decision: PanelDecision | None

    @property
    def spread(self) -> Decimal:
        totals = [mark.total for mark in self.marks]
        return max(totals) - min(totals) if totals else Decimal(0)

    @property
    def is_wide(self) -> bool:
        return self.spread >= WIDE

    @property
    def assessors(self) -> str:
        return "; ".join(f"{mark.assessor} {mark.total}" for mark in self.marks)

    @property
    def outliers(self) -> str:
        return "; ".join(str(mark.assessor) for mark in self.marks if mark.is_outlier)

    @property
    def flag_words(self) -> str:
        return "; ".join(self.flags)

    @property
    def stood_aside(self) -> str:
        return "; ".join(self.decision.stood_aside) if self.decision else ""


@dataclass
class Severity:
    """How an assessor scores beside the others on the same bids; below nought is severe."""

    assessor: Any
    bids: int = 0
    differences: list[Decimal] = field(default_factory=list)

    @property
    def mean(self) -> Decimal | None:
        if not self.differences:
            return None
        return rounded(sum(self.differences, Decimal(0)) / len(self.differences))

    @property
    def words(self) -> str:
        mean = self.mean
        if mean is None:
            return "Scored no bid together with others"
        if abs(mean) < WIDE / 2:
            return "As the others"
        return "More severe than the others" if mean < 0 else "More generous than the others"


def moderation(call: Call, bids: QuerySet[Bid]) -> tuple[list[Moderated], list[Severity]]:
    """Assessed bids, those whose scores lie furthest apart first, and the assessors."""
    rows = list(
        bids.filter(call=call, score__isnull=False)
        .select_related("call__programme", "organisation__region", "theme")
        .prefetch_related("assignments__assessor", "panel_decisions__panel")
    )
    criteria, table = list(call.criteria.all()), standing_scores(rows)
    flags = _flags(rows)
    found = [_moderated(bid, criteria, table, flags.get(bid.pk, [])) for bid in rows]
    found.sort(key=lambda row: (-row.spread, row.bid.reference))
    return found, _severities(found)


def _moderated(bid: Bid, criteria: list[Criterion], table: Table, flags: list[str]) -> Moderated:
    done = [a for a in bid.assignments.all() if a.state == "submitted"]
    totals = [
        weighted(criteria, {key: s.score for key, s in table.get(a.pk, {}).items()}) for a in done
    ]
    marks = [
        Mark(a.assessor, total, _away(total, totals)) for a, total in zip(done, totals, strict=True)
    ]
    return Moderated(bid, marks, flags, next(iter(bid.panel_decisions.all()), None))


def _away(total: Decimal, totals: list[Decimal]) -> Decimal | None:
    others = len(totals) - 1
    return rounded(total - (sum(totals) - total) / others) if others else None


def _flags(rows: list[Bid]) -> dict[int, list[str]]:
    drafts = ScoreDraft.objects.filter(
        assignment__bid__in=rows, assignment__state="submitted"
    ).exclude(flag="")
    found: dict[int, list[str]] = {}
    for draft in drafts.select_related("assignment__assessor", "criterion").order_by("pk"):
        words = f"{draft.criterion}: {draft.get_flag_display()} ({draft.assignment.assessor})"
        found.setdefault(draft.assignment.bid_id, []).append(words)
    return found


def _severities(found: Iterable[Moderated]) -> list[Severity]:
    by_person: dict[int, Severity] = {}
    for row in found:
        for mark in row.marks:
            one = by_person.setdefault(mark.assessor.pk, Severity(mark.assessor))
            one.bids += 1
            if mark.away is not None:
                one.differences.append(mark.away)
    return sorted(by_person.values(), key=lambda one: (one.mean or Decimal(0), str(one.assessor)))


def all_scores(user: User, call: Call, bids: QuerySet[Bid]) -> QuerySet[Score]:
    """Every score that was handed in and stands; none of bids that the person still scores."""
    own = Bid.objects.filter(
        assignments__assessor=user, assignments__state__in=["assigned", "in_progress"]
    )
    rows = Score.objects.filter(
        superseded_by__isnull=True,
        assignment__state="submitted",
        assignment__bid__call=call,
        assignment__bid__in=bids.values("pk"),
    ).exclude(assignment__bid__in=own.values("pk"))
    return rows.order_by("assignment__bid__reference", "assignment", "criterion__position")


def attendance_of(call: Call) -> QuerySet[Attendance]:
    rows = Attendance.objects.filter(panel__call=call).select_related("panel", "person")
    return rows.order_by("-panel__met_on", "part", "person__name")


def attended(call: Call) -> list[User]:
    """Who was at any panel of the call."""
    present = Attendance.objects.filter(panel__call=call).exclude(part="apologies")
    return list(User.objects.filter(pk__in=present.values("person")).order_by("name", "pk"))


def panel_people(programme_id: int) -> list[User]:
    """Who may sit on a panel: officers, senior officers and assessors of the programme."""
    roles = (StaffRole.PROGRAMME_OFFICER, StaffRole.SENIOR_OFFICER, StaffRole.ASSESSOR)
    scope = Q(programme=programme_id) | Q(programme=None)
    held = RoleAssignment.objects.current().filter(scope, role__in=roles)
    rows = User.objects.filter(pk__in=held.values("user"), is_active=True)
    return list(rows.order_by("name", "pk"))


def decision_of(bid: Bid) -> PanelDecision | None:
    return bid.panel_decisions.select_related("panel", "by").first()


def means_of(bid: Bid) -> dict[str, Decimal]:
    """Code of each criterion -> the mean of the scores handed in."""
    table = standing_scores([bid])
    done = bid.assignments.filter(state="submitted").values_list("pk", flat=True)
    given = [table.get(pk, {}) for pk in done]
    return {
        c.code: rounded(sum((Decimal(s[c.pk].score) for s in given), Decimal(0)) / len(given))
        for c in bid.call.criteria.all()
        if given
    }


def is_conflicted(person: User, bid: Bid) -> bool:
    """Declared it, or belongs to the organisation that bids."""
    declared = bid.assignments.filter(assessor=person, state="conflicted").exists()
    return declared or has_role(person, bid.organisation_id)


def conflicts_of(bid: Bid) -> list[Assignment]:
    """Who declared a conflict of interest with the bid."""
    return list(bid.assignments.filter(state="conflicted").select_related("assessor"))
