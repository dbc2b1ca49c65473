"""Long stocks of facts, added up where they lie: ledger entries, forecasts, observations.

A report of a million observations reads sums of them; only who traces a figure reads rows, and
those a page at a time. Every question carries the moment, so what became known later is not read.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.db import connection

from carefund.core import years


class Grain(StrEnum):
    """What is kept apart when rows are added up: years, cases, or both."""

    YEAR = "year"
    CASE = "case"
    BOTH = "both"

    @classmethod
    def of(cls, tags: Iterable[str]) -> "Grain":
        """The coarsest that still tells `tags` apart."""
        by_year = {tag in {"year", "kind"} for tag in tags}
        if len(by_year) > 1:
            return cls.BOTH
        return cls.CASE if False in by_year else cls.YEAR


@dataclass(frozen=True)
class Stock:
    """One table of facts as SQL. `sort` is what tells its facts apart for every figure.

    `by_case` are whole numbers, nothing being 0; `single` is what only a row by itself shows.
    `new` holds for what was not known `since`, `gone` for what something known `until` replaced.
    """

    source: str
    sort: str
    by_year: tuple[str, str]
    by_case: tuple[str, ...]
    amount: str
    sample: str
    number: str
    single: tuple[str, ...]
    order: str
    new: str
    gone: str

    def columns(self, grain: Grain) -> tuple[str, ...]:
        year = self.by_year if grain != Grain.CASE else ("0", "''")
        case = self.by_case if grain != Grain.YEAR else ("0",) * len(self.by_case)
        return (*year, *case)


@dataclass(frozen=True, slots=True)
class Sum:
    """Facts added up; a fact by itself has its `number`, and is one."""

    sort: Any
    year: int
    kind: str
    case: tuple[int, ...]
    sample: bool
    amount: Decimal
    count: int = 1
    number: int = 0
    single: tuple[Any, ...] = ()

    @property
    def label(self) -> str:
        return years.label(self.year) if self.year else ""

    @property
    def key(self) -> tuple[Any, ...]:
        return (self.year, self.kind, *self.case)


def _financial_year(column: str) -> str:
    if connection.vendor == "postgresql":
        return f"CAST(EXTRACT(YEAR FROM {column} - INTERVAL '3 months') AS integer)"
    return f"CAST(strftime('%%Y', {column}, '-3 months') AS integer)"


def _subject(name: str, kind: str) -> str:
    """The number of what an entry stands for, where that is a `kind`."""
    number = f"CASE WHEN e.subject_type_id = %({kind})s THEN e.subject_id END"
    return f"{name}.id = CAST({number} AS bigint)"


def entries() -> Stock:
    """Ledger entries, each with the project that it is for and whether that is a sample."""
    return Stock(
        source=f"""funds_ledgerentry e
            JOIN funds_budgetline l ON l.id = e.line_id AND l.programme_id = %(programme)s
            LEFT JOIN payments_claim c ON {_subject("c", "claim")}
            LEFT JOIN payments_recovery r ON {_subject("r", "recovery")}
            LEFT JOIN delivery_project rp ON rp.id = r.project_id
            LEFT JOIN awards_offer o ON {_subject("o", "offer")}
                AND o.state = 'accepted' AND o.answered_at <= %(moment)s
            LEFT JOIN delivery_project op ON op.offer_id = o.id
            LEFT JOIN organisations_organisation g ON g.id = e.organisation_id
            WHERE e.recorded_at <= %(moment)s""",
        sort='e."column"',
        by_year=("l.financial_year", "l.kind"),
        by_case=("COALESCE(c.project_id, r.project_id, op.id, 0)", "COALESCE(g.id, 0)"),
        amount="e.amount",
        sample="""COALESCE(c.is_sample, rp.is_sample, op.id IS NOT NULL
            AND (o.is_sample OR o.amount_precision LIKE 'sample%%'))
            OR COALESCE(g.is_sample, 1 = 0)""",
        number="e.id",
        single=("e.occurred_on", "e.subject_name", "e.reason"),
        order="e.id",
        new="e.recorded_at > %(since)s",
        gone="1 = 0",
    )


# The projects of accepted offers that had begun, and their benefits.
OF_PROJECTS = """JOIN benefits_benefitprofile b ON b.id = x.benefit_id
    JOIN delivery_project p ON p.id = b.project_id
        AND p.programme_id = %(programme)s AND p.started_at <= %(moment)s
    JOIN awards_offer f ON f.id = p.offer_id AND f.state = 'accepted'
        AND f.answered_at <= %(moment)s"""


def _standing(table: str) -> str:
    """What was known at the moment and nothing known then supersedes."""
    return f"""x.recorded_at <= %(moment)s AND NOT EXISTS (SELECT 1 FROM {table} s
        WHERE s.supersedes_id = x.id AND s.recorded_at <= %(moment)s)"""  # noqa: S608 - our names


def _replaced(table: str) -> str:
    # Asked from the few that replaced something: what stood at the moment was replaced after it.
    return f"""x.id IN (SELECT s.supersedes_id FROM {table} s WHERE s.supersedes_id IS NOT NULL
        AND s.recorded_at > %(moment)s AND s.recorded_at <= %(until)s)"""  # noqa: S608 - our names


def observations() -> Stock:
    """Observations with a price. They are told apart by what was found: 1, 0, or not yet -1."""
    table = "benefits_benefitobservation"
    return Stock(
        source=f"""{table} x {OF_PROJECTS}
            LEFT JOIN benefits_verification v ON v.observation_id = x.id
                AND v.verified_at <= %(moment)s
            WHERE x.amount IS NOT NULL AND {_standing(table)}""",
        sort="CASE WHEN v.accepted IS NULL THEN -1 WHEN v.accepted THEN 1 ELSE 0 END",
        by_year=(_financial_year("x.period_ends_on"), "''"),
        by_case=("b.id",),
        amount="x.amount",
        sample="b.is_sample OR x.is_sample",
        number="x.id",
        single=("x.period_ends_on", "x.period_starts_on", "x.source"),
        order="b.id, x.period_starts_on, x.id",
        new="(x.recorded_at > %(since)s OR v.verified_at > %(since)s)",
        gone=_replaced(table),
    )


def elapsed(day: date) -> tuple[int, int, int]:
    """The financial year of the day, its days gone by the end of the day, all its days."""
    year = years.financial_year(day)
    first, after = years.first_day(year), years.first_day(year + 1)
    return year, (day - first).days + 1, (after - first).days


def forecasts(due: tuple[int, int, int] | None = None) -> Stock:
    """Forecasts. With `due` (a year, days gone, days of it) only what falls due by then.

    The part of the current year is rounded to the penny forecast by forecast, half to even.
    """
    table = "benefits_benefitforecast"
    amount, until = "x.amount", ""
    if due:
        year, gone, days = due
        part, over = f"x.amount * {gone} / {days}", f"ABS(x.amount * {gone} %% {days}) * 2"
        up = f"{over} > {days} OR ({over} = {days} AND ({part}) %% 2 <> 0)"
        sign = "CASE WHEN x.amount < 0 THEN -1 ELSE 1 END"
        rounded = f"{part} + CASE WHEN {up} THEN {sign} ELSE 0 END"
        amount = f"CASE WHEN x.financial_year < {year} THEN x.amount ELSE {rounded} END"
        until = f"AND x.financial_year <= {year}"
    return Stock(
        source=f"{table} x {OF_PROJECTS} WHERE {_standing(table)} {until}",
        sort="''",
        by_year=("x.financial_year", "''"),
        by_case=("b.id",),
        amount=amount,
        sample="b.is_sample",
        number="x.id",
        single=("x.financial_year",),
        order="b.id, x.financial_year, x.id",
        new="x.recorded_at > %(since)s",
        gone=_replaced(table),
    )


def day(value: Any) -> date:
    """A day as either database gives it."""
    return date.fromisoformat(value) if isinstance(value, str) else value
