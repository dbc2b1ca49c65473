from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from carefund.accounts.models import User
from carefund.core import clock
from carefund.questions.display import ShownSection
from grants.bids.models import Bid
from grants.bids.queries import form_of
from programmes.calls.models import Call, Criterion
from programmes.calls.queries import read_by_assessors

from ..models import Assignment, PanelDecision, Score, ScoreDraft
from .pool import assessors_of
from .reading import sections_for

HUNDREDTH = Decimal("0.01")
TIE_RULE = (
    "Best weighted score first. Where two bids score the same, the one that asks for less comes "
    "first, and then the one that was submitted earlier."
)


def current_scores(assignment: Assignment) -> dict[int, Score]:
    """Criterion id -> the score that stands."""
    rows = assignment.scores.filter(superseded_by__isnull=True)
    return {score.criterion_id: score for score in rows}


def drafts_of(assignment: Assignment) -> dict[int, ScoreDraft]:
    """Criterion id -> what its assessor typed last."""
    return {draft.criterion_id: draft for draft in assignment.drafts.all()}


def next_of(user: User, assignment: Assignment) -> Assignment | None:
    """The person's next bid that is still to be scored."""
    rows = own_work(user).filter(state__in=["assigned", "in_progress"]).exclude(pk=assignment.pk)
    return rows.first()


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
    """Assessed bids, best first; see `TIE_RULE`."""
    return (
        Bid.objects.for_lists()
        .filter(call=call, score__isnull=False)
        .order_by("-score", "requested", "submitted_at", "pk")
    )


def assessors_for(bid: Bid) -> QuerySet[User]:
    """Who may be asked to score the bid: assessors of its programme who do not do so yet."""
    holders = assessors_of(bid.call.programme_id)
    others = holders.exclude(assignments__bid=bid).exclude(
        memberships__organisation=bid.organisation_id, memberships__ended_at__isnull=True
    )
    return others.distinct().order_by("name", "pk")


def own_work(user: User) -> QuerySet[Assignment]:
    """The person's assignments, what is still to be done first."""
    rows = Assignment.objects.filter(assessor=user)
    rows = rows.select_related("bid__call__programme", "bid__organisation")
    scored = Count("scores", filter=Q(scores__superseded_by__isnull=True), distinct=True)
    wanted = Count("bid__call__criteria", distinct=True)
    rows = rows.annotate(scored=scored, wanted=wanted)
    return rows.order_by(F("submitted_at").asc(nulls_first=True), "assigned_at", "pk")


@dataclass(frozen=True)
class Part:
    """Criteria that are scored on the same answers, and these answers."""

    criteria: list[Criterion]
    sections: list[ShownSection]
    is_whole: bool

    @property
    def prefix(self) -> str:
        """Of the anchors of its sections, which may stand on the page more than once."""
        return f"{self.criteria[0].code}-"


def parts_of(bid: Bid) -> list[Part]:
    """The bid beside its criteria: each with the answers that feed it, in the order of criteria.

    A criterion that names no question is fed by all answers.
    """
    beside: dict[frozenset[str] | None, list[Criterion]] = {}
    for criterion in bid.call.criteria.all():
        keys = frozenset(criterion.questions) if criterion.questions else None
        beside.setdefault(keys, []).append(criterion)
    return [
        Part(criteria, sections_for(bid, keys), keys is None) for keys, criteria in beside.items()
    ]


def tells_money(bid: Bid) -> bool:
    """Whether its assessors may know what the bid asks for: that is an answer like others."""
    keys = read_by_assessors(bid.call)
    return keys is None or all(
        q.key in keys for q in form_of(bid).questions() if q.kind == "budget"
    )


Table = dict[int, dict[int, Score]]  # assignment id -> criterion id -> the score that stands


def standing_scores(bids: Iterable[Bid]) -> Table:
    """All scores that stand for `bids`, in one query."""
    rows = Score.objects.filter(assignment__bid__in=bids, superseded_by__isnull=True)
    table: Table = {}
    for score in rows:
        table.setdefault(score.assignment_id, {})[score.criterion_id] = score
    return table


@dataclass(frozen=True)
class CriterionRow:
    """One criterion of one bid with each assessor's score; None where there is none yet."""

    criterion: Criterion
    scores: list[Score | None]


def scores_of(bid: Bid) -> tuple[list[Assignment], list[CriterionRow]]:
    """The bid's assessors, and the criteria with what each gave who handed in.

    Until then nobody reads what an assessor thinks.
    """
    assignments = list(bid.assignments.select_related("assessor").order_by("assigned_at", "pk"))
    table = standing_scores([bid])
    rows = [
        CriterionRow(
            criterion, [table.get(a.pk, {}).get(criterion.pk) for a in assignments if _scores(a)]
        )
        for criterion in bid.call.criteria.all()
    ]
    return assignments, rows


def _scores(assignment: Assignment) -> bool:
    return assignment.state == "submitted"


@dataclass(frozen=True)
class Ranked:
    """A bid's place: totals by assessor in per cent, and how far they lie apart."""

    rank: int
    bid: Bid
    totals: list[tuple[str, Decimal]]
    below: list[str]  # criteria whose mean or agreed score lies below the lowest fundable one
    decision: PanelDecision | None = None
    is_tied: bool = False

    @property
    def how(self) -> str:
        return "Agreed by the panel" if self.decision else "Mean of the assessors"

    @property
    def tie_words(self) -> str:
        return "Same score as another bid" if self.is_tied else ""

    @property
    def assessors(self) -> str:
        return "; ".join(f"{name} {total}" for name, total in self.totals)

    @property
    def below_words(self) -> str:
        return "; ".join(self.below)

    @property
    def spread(self) -> Decimal:
        marks = [total for _, total in self.totals]
        return max(marks) - min(marks) if marks else Decimal(0)


def ranked(call: Call, bids: QuerySet[Bid]) -> list[Ranked]:
    """The ranking of the call as far as `bids` go, in a constant number of queries."""
    rows = list(
        ranking(call)
        .filter(pk__in=bids.values("pk"))
        .prefetch_related("assignments__assessor", "panel_decisions")
    )
    criteria, table = list(call.criteria.all()), standing_scores(rows)
    same = Counter(bid.score for bid in rows)
    return [
        replace(_ranked(place, bid, criteria, table), is_tied=same[bid.score] > 1)
        for place, bid in enumerate(rows, 1)
    ]


def _ranked(place: int, bid: Bid, criteria: list[Criterion], table: Table) -> Ranked:
    done = [a for a in bid.assignments.all() if a.state == "submitted"]
    given = [{key: s.score for key, s in table.get(a.pk, {}).items()} for a in done]
    totals = [
        (str(a.assessor), weighted(criteria, scores)) for a, scores in zip(done, given, strict=True)
    ]
    decision = next(iter(bid.panel_decisions.all()), None)
    if decision:
        given = [{c.pk: decision.scores[c.code] for c in criteria}]
    below = [
        criterion.title
        for criterion in criteria
        if given
        and sum(scores[criterion.pk] for scores in given) < criterion.threshold * len(given)
    ]
    return Ranked(place, bid, totals, below, decision)


def progress(call: Call, bids: QuerySet[Bid]) -> QuerySet[Bid]:
    """The call's bids with how many assessors are asked, at work and done."""

    def count(*states: str) -> Count:
        return Count("assignments", filter=Q(assignments__state__in=states))

    return (
        bids.filter(call=call)
        .select_related("organisation__region", "call")
        .annotate(
            asked=count("assigned"),
            working=count("in_progress"),
            handed_in=count("submitted"),
            conflicted=count("conflicted"),
            declined=count("declined"),
            late=Count(
                "assignments",
                filter=Q(
                    assignments__state__in=["assigned", "in_progress"],
                    assignments__due_on__lt=clock.today(),
                ),
            ),
        )
        .order_by("state", "reference")
    )


def workload(call: Call, bids: QuerySet[Bid]) -> list[dict[str, Any]]:
    """Per assessor of the call: name, bids given, bids scored."""
    rows = Assignment.objects.filter(bid__call=call, bid__in=bids.values("pk"))
    late = Q(state__in=["assigned", "in_progress"], due_on__lt=clock.today())
    counted = (
        rows.exclude(state__in=["conflicted", "declined"])
        .values("assessor__name")
        .annotate(
            given=Count("pk"),
            done=Count("pk", filter=Q(state="submitted")),
            late=Count("pk", filter=late),
        )
        .order_by("assessor__name")
    )
    return [dict(row) for row in counted]
