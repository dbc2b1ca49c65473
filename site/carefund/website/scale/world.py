"""What the parts of the made-up world share: chance, time, people, places, money."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from django.contrib.contenttypes.models import ContentType
from django.db import models

from carefund.core.references import check_letter

from .bulk import Bulk
from .words import Words

UNTIL = date(2026, 3, 31)  # the last day of the made-up history
FIRST_YEAR, LAST_YEAR = 2017, 2025  # of calls
NOON = time(11, 0, tzinfo=UTC)


def at(day: date, minutes: int = 0) -> datetime:
    return datetime.combine(day, NOON) + timedelta(minutes=minutes)


@dataclass(frozen=True)
class Sizes:
    bids: int = 0
    grants: int = 0
    observations: int = 0
    locations: int = 0
    months: int = 0


@dataclass
class Place:
    """An authority with its people, by what they do."""

    pk: int
    name: str
    org_id: str
    board_id: int
    chief: int = 0
    authors: list[int] = field(default_factory=list)
    certifier: int = 0
    leads: list[int] = field(default_factory=list)


@dataclass
class Fund:
    """A programme with its themes and its budget lines by (financial year, kind)."""

    pk: int
    code: str
    prefix: str
    name: str
    themes: list[int]
    lines: dict[tuple[int, str], int] = field(default_factory=dict)


@dataclass
class Round:
    """A call with the round that decided it."""

    pk: int
    code: str
    year: int
    fund: Fund
    form_id: int
    criteria: list[int]
    closes: date
    round_id: int | None
    questions: list[str] = field(default_factory=list)  # beyond the standard ones
    rank: int = 0


@dataclass
class World:
    bulk: Bulk
    random: Random
    words: Words
    sizes: Sizes
    places: list[Place] = field(default_factory=list)
    officers: list[int] = field(default_factory=list)
    seniors: list[int] = field(default_factory=list)
    finance: list[int] = field(default_factory=list)
    assessors: list[int] = field(default_factory=list)
    boards: list[int] = field(default_factory=list)
    funds: list[Fund] = field(default_factory=list)
    calls: list[Round] = field(default_factory=list)
    kinds: dict[type[models.Model], int] = field(default_factory=dict)
    numbers: dict[tuple[str, int], int] = field(default_factory=lambda: defaultdict(int))
    # Pounds by (budget line, column), as the ledger entries have it.
    sums: dict[tuple[int, str], Decimal] = field(default_factory=lambda: defaultdict(Decimal))

    def place(self) -> Place:
        """Few authorities bid often, most seldom."""
        chosen = int(len(self.places) * self.random.random() ** 2)
        return self.places[chosen]

    def reference(self, prefix: str, year: int) -> str:
        self.numbers[prefix, year] += 1
        body = f"{prefix}-{year}-{self.numbers[prefix, year]:05d}"
        return f"{body}-{check_letter(body)}"

    def kind(self, model: type[models.Model]) -> int:
        if model not in self.kinds:
            self.kinds[model] = ContentType.objects.get_for_model(model).pk
        return self.kinds[model]

    def later(self, day: date, days: int) -> date:
        """Up to `days` later, but never after the end of the history."""
        return min(day + timedelta(days=self.random.randint(0, days)), UNTIL)
