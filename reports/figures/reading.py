"""Sums and rows of the long stocks, as they were known of a programme at a moment."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection

from grants.awards.models import Offer
from grants.payments.models import Claim, Recovery

from .stocks import Grain, Stock, Sum


class Reader:
    """Asks stocks about one programme at one moment."""

    def __init__(self, programme_id: int, moment: datetime) -> None:
        kinds = {"offer": Offer, "claim": Claim, "recovery": Recovery}
        found: dict[str, Any] = {
            name: ContentType.objects.get_for_model(model).pk for name, model in kinds.items()
        }
        known = connection.ops.adapt_datetimefield_value(moment)
        self.values = {**found, "programme": programme_id, "moment": known}

    def sums(self, stock: Stock, grain: Grain) -> list[Sum]:
        """One query; as many rows as there are cases and years, however many facts."""
        columns = ", ".join((stock.sort, *stock.columns(grain)))
        places = ", ".join(str(n) for n in range(1, len(stock.by_case) + 4))
        sql = f"""SELECT {columns}, MAX(CASE WHEN {stock.sample} THEN 1 ELSE 0 END),
            {_whole(stock.amount)}, COUNT(*) FROM {stock.source}
            GROUP BY {places} ORDER BY {places}"""  # noqa: S608 - the statements of this file
        return [_sum(row) for row in self.read(sql, {})]

    def both(self, stock: Stock, since: datetime) -> tuple[dict[Grain, list[Sum]], list[Sum]]:
        """The sums by year and by case, and the sums of an earlier day, from one walk."""
        year, kind, *case = stock.columns(Grain.BOTH)
        cases = {f"case{place}": column for place, column in enumerate(case)}
        apart = {
            "stands": stock.stands,
            "sort": stock.sort,
            "year": year,
            "kind": kind,
            "stood": f"COALESCE({stock.then}, 1 = 0)",
            "undecided": f"COALESCE({stock.undecided}, 1 = 0)",
            **cases,
        }
        sets = (
            ("stands", "sort", "year", "kind"),
            ("stands", "sort", *cases),
            ("sort", "stood", "undecided"),
        )
        sql = (_sets if connection.vendor == "postgresql" else _union)(stock, apart, sets)
        moment = connection.ops.adapt_datetimefield_value(since)
        found: dict[Grain, list[Sum]] = {Grain.YEAR: [], Grain.CASE: []}
        earlier = []
        nothing = (0,) * len(cases)
        for row in self.read(sql, {"since": moment}):
            stands, sort, year, kind, stood, undecided, *numbers, sample, pence, then, count = row
            added = (bool(sample), _pounds(pence), count)
            if stands and year is not None:
                found[Grain.YEAR].append(Sum(sort, year, kind, nothing, *added))
            elif stands:
                found[Grain.CASE].append(Sum(sort, 0, "", tuple(numbers), *added))
            elif stood:
                was = stock.before_decided if undecided else sort
                earlier.append(Sum(was, 0, "", nothing, bool(sample), _pounds(then), count))
        return found, earlier

    def rows(self, stock: Stock, among: Iterable[Any]) -> "Rows":
        """Facts one by one, of the sorts `among`."""
        names = {f"sort{place}": sort for place, sort in enumerate(among)}
        marks = ", ".join(f"%({name})s" for name in names)
        return Rows(self, stock, f"{stock.sort} IN ({marks})", names)

    def read(self, sql: str, more: Mapping[str, Any]) -> Iterator[Any]:
        with connection.cursor() as cursor:
            cursor.execute(sql, {**self.values, **more})
            yield from cursor


@dataclass(frozen=True)
class Rows:
    """A window on the facts of a stock: nothing is read until a part is asked for."""

    reader: Reader
    stock: Stock
    where: str
    values: Mapping[str, Any]
    order: str = ""

    def of_sums(self, grain: Grain, sums: Iterable[Sum]) -> "Rows":
        """Only what these sums of this `grain` were made from."""
        found = sorted({each.key for each in sums})
        kinds = {kind: f"kind{place}" for place, kind in enumerate({key[1] for key in found})}
        marks = ", ".join(
            f"({year:d}, %({kinds[kind]})s, {', '.join(f'{number:d}' for number in case)})"
            for year, kind, *case in found
        )
        columns = ", ".join(self.stock.columns(grain))
        where = f"({columns}) IN (VALUES {marks})" if marks else "1 = 0"
        return self._also(where, {name: kind for kind, name in kinds.items()})

    def new(self, since: datetime) -> "Rows":
        moment = connection.ops.adapt_datetimefield_value(since)
        return self._also(self.stock.new, {"since": moment}, self._as_recorded)

    def gone(self, until: datetime) -> "Rows":
        moment = connection.ops.adapt_datetimefield_value(until)
        return self._also(self.stock.gone, {"until": moment}, self._as_recorded)

    def total(self) -> tuple[int, Decimal]:
        """How many, and their sum."""
        sql = f"SELECT COUNT(*), {_whole(self.stock.amount)} FROM {self._from}"  # noqa: S608
        [(count, pence)] = self.reader.read(sql, self.values)
        return count, _pounds(pence or 0)

    def part(self, start: int, stop: int) -> list[Sum]:
        stock = self.stock
        columns = ", ".join((stock.sort, *stock.columns(Grain.BOTH)))
        single = ", ".join(stock.single)
        sql = f"""SELECT {columns}, CASE WHEN {stock.sample} THEN 1 ELSE 0 END,
            {stock.amount}, {stock.number}, {single} FROM {self._from}
            ORDER BY {self.order or stock.order} LIMIT {stop - start:d} OFFSET {start:d}"""  # noqa: S608
        cases, found = len(stock.by_case), []
        for sort, year, kind, *rest in self.reader.read(sql, self.values):
            sample, pence, number, *single_values = rest[cases:]
            one = (bool(sample), _pounds(pence), 1, number, tuple(single_values))
            found.append(Sum(sort, year, kind, tuple(rest[:cases]), *one))
        return found

    @property
    def _from(self) -> str:
        return f"{self.stock.source} AND {self.where}"

    @property
    def _as_recorded(self) -> str:
        """Few of many are looked for: walking an index until enough are found takes longer."""
        return f"{self.stock.number} + 0"

    def _also(self, where: str, values: Mapping[str, Any], order: str = "") -> "Rows":
        both, order = f"{self.where} AND {where}", order or self.order
        return Rows(self.reader, self.stock, both, {**self.values, **values}, order)


def _added(stock: Stock) -> str:
    return f"""MAX(CASE WHEN {stock.sample} THEN 1 ELSE 0 END), {_whole(stock.amount)},
        {_whole(stock.amount_then or stock.amount)}, COUNT(*)"""


def _whole(pence: str) -> str:
    """PostgreSQL adds whole numbers up to ones of any length, which take longer to read."""
    return f"CAST(SUM({pence}) AS bigint)"


Sets = tuple[tuple[str, ...], ...]


def _sets(stock: Stock, apart: Mapping[str, str], sets: Sets) -> str:
    """PostgreSQL adds up for several groupings while it walks once."""
    places = {name: place for place, name in enumerate(apart, 1)}
    each = ", ".join(f"({', '.join(str(places[name]) for name in names)})" for names in sets)
    return f"""SELECT {", ".join(apart.values())}, {_added(stock)}
        FROM {stock.tables} GROUP BY GROUPING SETS ({each})"""  # noqa: S608 - our statements


def _union(stock: Stock, apart: Mapping[str, str], sets: Sets) -> str:
    named = ", ".join(f"{column} AS {name}" for name, column in apart.items())
    added = "MAX(sample), SUM(amount), SUM(amount_then), COUNT(*)"
    parts = []
    for names in sets:
        columns = ", ".join(name if name in names else "NULL" for name in apart)
        parts.append(f"SELECT {columns}, {added} FROM known GROUP BY {', '.join(names)}")  # noqa: S608
    return f"""WITH known AS MATERIALIZED (SELECT {named},
        CASE WHEN {stock.sample} THEN 1 ELSE 0 END AS sample, {stock.amount} AS amount,
        {stock.amount_then or stock.amount} AS amount_then FROM {stock.tables})
        {" UNION ALL ".join(parts)}"""  # noqa: S608 - the statements of this file


def _sum(row: Sequence[Any]) -> Sum:
    sort, year, kind, *case, sample, pence, count = row
    return Sum(sort, year, kind, tuple(case), bool(sample), _pounds(pence), count)


def _pounds(pence: Any) -> Decimal:
    return Decimal(int(pence)).scaleb(-2)
