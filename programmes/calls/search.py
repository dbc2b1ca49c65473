"""How the public finds calls: by words, state, theme, kind, region and amount, with counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from programmes.organisations.models import Organisation

from .models import Call, CallUpdate

# In this order: what can be bid for now, what comes, what is over.
STATUS = {"open": "Open", "forecast": "Coming soon", "closed": "Closed"}
AMOUNTS = {
    "small": ("Up to £50,000", Decimal(0), Decimal(50_000)),
    "medium": ("£50,000 to £250,000", Decimal(50_000), Decimal(250_000)),
    "large": ("£250,000 to £1 million", Decimal(250_000), Decimal(1_000_000)),
    "largest": ("Over £1 million", Decimal(1_000_000), None),
}
FACETS = ("status", "theme", "kind", "region", "amount")
MOST_WORDS = 8
Counts = dict[str, dict[str, int]]


@dataclass(frozen=True)
class Found:
    """Ids of calls in the order in which they are shown, and how many each choice would leave."""

    ids: list[int]
    counts: Counts = field(default_factory=dict)


@dataclass(frozen=True)
class _Row:
    call: Call
    values: dict[str, set[str]]

    def meets(self, wanted: Mapping[str, Sequence[str]], apart_from: str = "") -> bool:
        return all(
            name == apart_from or not wanted.get(name) or self.values[name] & set(wanted[name])
            for name in FACETS
        )

    def counted(self, name: str) -> set[str]:
        """What the row is counted under; under no value what every choice shows."""
        found = self.values[name]
        return {""} if isinstance(found, _Everything) else found


def found_calls(wanted: Mapping[str, Any]) -> Found:
    """Public calls that meet `wanted`; the counts say what each choice would show."""
    rows = [_row(call) for call in _worded(str(wanted.get("q") or ""))]
    chosen = [row for row in rows if row.meets(wanted)]
    counts: Counts = {}
    for name in FACETS:
        tally = counts.setdefault(name, {})
        for row in rows:
            if row.meets(wanted, apart_from=name):
                for value in row.counted(name):
                    tally[value] = tally.get(value, 0) + 1
    return Found([row.call.pk for row in sorted(chosen, key=_place)], counts)


def narrowed(wanted: Mapping[str, Any]) -> QuerySet[Call]:
    """The same calls as rows, newest first: for feeds and for machines."""
    rows = Call.objects.public().filter(pk__in=found_calls(wanted).ids)
    related = rows.select_related("programme__funder").prefetch_related(
        "themes", "eligible_regions"
    )
    return related.order_by("-opens_at", "pk")


def news(wanted: Mapping[str, Any]) -> QuerySet[CallUpdate]:
    """What changed about those calls, newest first."""
    rows = CallUpdate.objects.filter(call__in=found_calls(wanted).ids)
    return rows.select_related("call").order_by("-at", "-pk")


def _worded(words: str) -> QuerySet[Call]:
    rows = Call.objects.public().prefetch_related("themes", "eligible_regions")
    for word in words.split()[:MOST_WORDS]:
        rows = rows.filter(
            Q(title__icontains=word)
            | Q(summary__icontains=word)
            | Q(eligibility__icontains=word)
            | Q(programme__name__icontains=word)
        )
    return rows


def _row(call: Call) -> _Row:
    regions = {region.code for region in call.eligible_regions.all()}
    return _Row(
        call,
        {
            "status": {status_of(call)},
            "theme": {str(theme.pk) for theme in call.themes.all()},
            "kind": set(call.eligible_kinds),
            # A call for all England is for every region.
            "region": regions or _Everything(),
            "amount": {
                key
                for key, (_, low, high) in AMOUNTS.items()
                if call.largest_award > low and (high is None or call.smallest_award <= high)
            },
        },
    )


class _Everything(set[str]):
    """Meets whatever is asked for, and names nothing itself."""

    def __and__(self, other: Any) -> set[str]:
        return set(other)


def status_of(call: Call) -> str:
    value = call.phase.value
    return str(value) if value in STATUS else "closed"


def _place(row: _Row) -> tuple[Any, ...]:
    """Open calls by their closing, coming ones by their opening, then the last closed first."""
    call, status = row.call, status_of(row.call)
    moment = {"open": call.closes_at, "forecast": call.opens_at}.get(status)
    when = moment.timestamp() if moment else -call.closes_at.timestamp()
    return (list(STATUS).index(status), when, call.pk)


def kinds() -> list[tuple[str, str]]:
    return [(str(value), str(label)) for value, label in Organisation.Kind.choices]
