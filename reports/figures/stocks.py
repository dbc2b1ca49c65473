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
    """What is kept apart when rows are added up: nothing, years, cases, or both."""

    ALL = "all"
    YEAR = "year"
    CASE = "case"
    BOTH = "both"

    @classmethod
    def of(cls, tags: Iterable[str]) -> "Grain":
        """The coarsest that still tells `tags` apart."""
        by_year = {tag in {"year", "kind"} for tag in tags}
        if len(by_year) > 1:
            return cls.BOTH
        if not by_year:
            return cls.ALL
        return cls.CASE if False in by_year else cls.YEAR


@dataclass(frozen=True)
class Stock:
    """One table of facts as SQL. `sort` is what tells its facts apart for every figure.

    `tables` has what was recorded until the moment, `stands` holds for what nothing has replaced.
    `by_case` are whole numbers, nothing being 0; `single` is what only a row by itself shows.
    `new` holds for what was not known `since`, `gone` for what something known `until` replaced.
    `then` holds for what stood on the earlier day `since`, with `amount_then`; where `undecided`
    holds it was of the sort `before_decided` on that day.
    """

    tables: str
    stands: str
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
    then: str
    amount_then: str = ""
    undecided: str = "1 = 0"
    before_decided: int = 0

    @property
    def source(self) -> str:
        """What stood at the moment."""
        return f"{self.tables} AND {self.stands}"

    def columns(self, grain: Grain) -> tuple[str, ...]:
        year = self.by_year if grain in {Grain.YEAR, Grain.BOTH} else ("0", "''")
        case = self.by_case if grain in {Grain.CASE, Grain.BOTH} else ("0",) * len(self.by_case)
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
        # EXTRACT is exact to any number of digits, which makes it slow; a year needs none of that.
        return f"CAST(DATE_PART('year', {column} - INTERVAL '3 months') AS integer)"
    return f"CAST(strftime('%%Y', {column}, '-3 months') AS integer)"


def _subject(name: str, kind: str) -> str:
    """The number of what an entry stands for, where that is a `kind`."""
    number = f"CASE WHEN e.subject_type_id = %({kind})s THEN e.subject_id END"
    return f"{name}.id = CAST({number} AS bigint)"


def entries() -> Stock:
    """Ledger entries, each with the project that it is for and whether that is a sample."""
    return Stock(
        tables=f"""funds_ledgerentry e
            JOIN funds_budgetline l ON l.id = e.line_id AND l.programme_id = %(programme)s
            LEFT JOIN payments_claim c ON {_subject("c", "claim")}
            LEFT JOIN payments_recovery r ON {_subject("r", "recovery")}
            LEFT JOIN delivery_project rp ON rp.id = r.project_id
            LEFT JOIN awards_offer o ON {_subject("o", "offer")}
                AND o.state = 'accepted' AND o.answered_at <= %(moment)s
            LEFT JOIN delivery_project op ON op.offer_id = o.id
            LEFT JOIN organisations_organisation g ON g.id = e.organisation_id
            WHERE e.recorded_at <= %(moment)s""",
        stands="1 = 1",
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
        then="e.recorded_at <= %(since)s",
    )


def _recorded(table: str, benefit: str, more: str = "") -> str:
    """What was recorded of projects of accepted offers that had begun, and what supersedes it.

    A fact is superseded at most once. That few are is said, so that the database need not find out.
    """
    return f"""{table} x JOIN benefits_benefitprofile b ON b.id = x.benefit_id
        JOIN delivery_project p ON p.id = b.project_id
            AND p.programme_id = %(programme)s AND p.started_at <= %(moment)s
        JOIN awards_offer f ON f.id = p.offer_id AND f.state = 'accepted'
            AND f.answered_at <= %(moment)s
        LEFT JOIN {table} s ON s.supersedes_id = x.id AND s.supersedes_id IS NOT NULL
            AND s.recorded_at <= %(moment)s
        {more} WHERE x.recorded_at <= %(moment)s AND {benefit}"""


# Said of what it is joined by: PostgreSQL then looks for what has no such row, not for rows of it.
STANDS = "s.supersedes_id IS NULL"
THEN = """x.recorded_at <= %(since)s AND p.started_at <= %(since)s AND f.answered_at <= %(since)s
    AND (s.supersedes_id IS NULL OR s.recorded_at > %(since)s)"""


def _replaced(table: str) -> str:
    # Asked from the few that replaced something: what stood at the moment was replaced after it.
    return f"""x.id IN (SELECT s.supersedes_id FROM {table} s WHERE s.supersedes_id IS NOT NULL
        AND s.recorded_at > %(moment)s AND s.recorded_at <= %(until)s)"""  # noqa: S608 - our names


def observations() -> Stock:
    """Observations with a price. They are told apart by what was found: 1, 0, or not yet -1."""
    table = "benefits_benefitobservation"
    return Stock(
        tables=_recorded(
            table,
            "x.amount IS NOT NULL",
            """LEFT JOIN benefits_verification v ON v.observation_id = x.id
                AND v.verified_at <= %(moment)s""",
        ),
        stands=STANDS,
        sort="CASE WHEN v.accepted IS NULL THEN -1 WHEN v.accepted THEN 1 ELSE 0 END",
        by_year=(_financial_year("x.period_ends_on"), "''"),
        by_case=("b.id",),
        amount="x.amount",
        sample="b.is_sample OR x.is_sample",
        number="x.id",
        single=("x.period_ends_on", "x.period_starts_on", "x.source"),
        order="b.id, x.period_starts_on, x.id",
        # Asked from the few, as for what was replaced; both lists are short.
        new="""x.id IN (SELECT n.id FROM benefits_benefitobservation n
                WHERE n.recorded_at > %(since)s AND n.recorded_at <= %(moment)s
            UNION ALL SELECT n.observation_id FROM benefits_verification n
                WHERE n.verified_at > %(since)s AND n.verified_at <= %(moment)s)""",
        gone=_replaced(table),
        then=THEN,
        undecided="v.verified_at > %(since)s",
        before_decided=-1,
    )


def elapsed(day: date) -> tuple[int, int, int]:
    """The financial year of the day, its days gone by the end of the day, all its days."""
    year = years.financial_year(day)
    first, after = years.first_day(year), years.first_day(year + 1)
    return year, (day - first).days + 1, (after - first).days


Due = tuple[int, int, int]


def forecasts(due: Due | None = None, due_then: Due | None = None) -> Stock:
    """Forecasts. With `due` (a year, days gone, days of it) only what falls due by then."""
    table = "benefits_benefitforecast"
    until, then = (f"x.financial_year <= {each[0]}" if each else "" for each in (due, due_then))
    return Stock(
        tables=_recorded(table, until or "1 = 1"),
        stands=STANDS,
        sort="''",
        by_year=("x.financial_year", "''"),
        by_case=("b.id",),
        amount=_part(due) if due else "x.amount",
        sample="b.is_sample",
        number="x.id",
        single=("x.financial_year",),
        order="b.id, x.financial_year, x.id",
        new="x.recorded_at > %(since)s",
        gone=_replaced(table),
        then=f"{THEN} AND {then}" if then else THEN,
        amount_then=_part(due_then) if due_then else "",
    )


def _part(due: Due) -> str:
    """What falls due; the current year rounded to the penny forecast by forecast, half to even."""
    year, gone, days = due
    part, over = f"x.amount * {gone} / {days}", f"ABS(x.amount * {gone} %% {days}) * 2"
    up = f"{over} > {days} OR ({over} = {days} AND ({part}) %% 2 <> 0)"
    sign = "CASE WHEN x.amount < 0 THEN -1 ELSE 1 END"
    rounded = f"{part} + CASE WHEN {up} THEN {sign} ELSE 0 END"
    return f"CASE WHEN x.financial_year < {year} THEN x.amount ELSE {rounded} END"


def day(value: Any) -> date:
    """A day as either database gives it."""
    return date.fromisoformat(value) if isinstance(value, str) else value
