"""Pages of many rows, read in the statement that counts them and adds them up."""

import json
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, QuerySet, Subquery, Sum, TextField, Value

from .keeping import Lately
from .lately import Statements, told
from .money import ZERO
from .tallies import Tallied

PAGE = 50
# Digits of a page number beyond which it is none.
FAR = 10
# Pages that are read in one statement with their count.
NEAR = 5
_LATELY = Statements()
# How many rows there were last time: what it is worth to guess by.
_COUNTS: Lately[int] = Lately(200)


class _Over(Subquery):
    """How many rows its query has and what its one column, `value`, adds up to: a JSON pair.

    Sums are of whole numbers, so that JSON holds them exactly. It is read as text: it stands beside
    every row, and only one needs taking apart.
    """

    output_field = TextField()

    def as_sql(self, compiler: Any, connection: Any, *given: Any, **extra: Any) -> Any:
        return super().as_sql(compiler, connection, _PAIR[connection.vendor], **extra)


class _Kept(_Over):
    """The same from the kept changes of a tally, with its `number` and `pence`."""

    def as_sql(self, compiler: Any, connection: Any, *given: Any, **extra: Any) -> Any:
        return Subquery.as_sql(self, compiler, connection, _KEPT, **extra)


_KEPT = (
    "(SELECT JSONB_BUILD_ARRAY(COALESCE(SUM(over_all.number), 0), SUM(over_all.pence))"
    " FROM (%(subquery)s) AS over_all)"
)
_PAIR = {
    "postgresql": (
        "(SELECT JSONB_BUILD_ARRAY(COUNT(*), SUM(over_all.value)) FROM (%(subquery)s) AS over_all)"
    ),
    "sqlite": "(SELECT JSON_ARRAY(COUNT(*), SUM(over_all.value)) FROM (%(subquery)s) AS over_all)",
}


class Counted(Paginator):
    """Pages of rows that are counted and, with `amount`, added up over all of them.

    `amount` is a column of money of the rows, or of what each of them belongs to.
    One statement gives a page with its count and sum: a page is found by its keys, so that nothing
    is worked out for the other rows. Rows that are groups are counted in a statement of their own.
    """

    def __init__(
        self,
        rows: QuerySet[Any] | Callable[[], QuerySet[Any]],
        amount: str = "",
        reads: Sequence[str] = (),
        count: int | None = None,
        known: tuple[Tallied, str] | None = None,
    ) -> None:
        """`reads` are the fields that a page shows; without them rows come whole.

        Who knows how many rows there are gives `count`; then nothing is added up either. `known`
        says which rows they are and in which order, where that decides it: they are counted by
        what is kept of them, and only put into words where that was not done lately.
        """
        given: Any = rows
        super().__init__(given, PAGE)
        self.amount, self.reads, self.known_as = amount, reads, known
        self.known = count is not None
        if self.known:
            self.__dict__["count"] = count
        self._sum: Decimal | None = None

    @cached_property
    def _rows(self) -> QuerySet[Any]:
        given: Any = self.object_list
        found: QuerySet[Any] = given() if callable(given) else given
        return found

    @property
    def total(self) -> Decimal | None:
        """Pounds of all the rows; None where nothing is added up. After a page was asked for."""
        return (self._sum or ZERO) if self.amount else None

    def get_page(self, number: Any) -> Any:
        """As Django's: a page that there is none of becomes the first or the last."""
        asked = int(number) if str(number or "").isdecimal() and len(str(number)) < FAR else 1
        asked = max(asked, 1)
        if not self.known and (found := self._as_last_time(asked)):
            return Page(found, min(asked, self.num_pages), self)
        if not self.known and (asked > NEAR or self._grouped):
            self._count()
        if not self.known:
            found = self._read(asked)
            if found or asked == 1:
                self._take(json.loads(found[0].over_all) if found else (0, 0))
                return Page(found, asked, self)
            self._count()
        asked = min(asked, self.num_pages)
        return Page(self._read(asked), asked, self)

    def _as_last_time(self, asked: int) -> list[Any]:
        """The page, if there are still as many rows; how many there are is read with them."""
        counted = _COUNTS.find(self.known_as[0]) if self.known_as else None
        if not counted:
            return []
        found = self._read(min(asked, -(-counted // PAGE)), likely=counted)
        if not found:
            return []
        self._take(json.loads(found[0].over_all))
        self.known = True
        return found if self.count == counted else []

    @property
    def _grouped(self) -> bool:
        return self.known_as is None and self._rows.query.group_by is not None

    def _read(self, number: int, likely: int = 0) -> list[Any]:
        """The rows of a page, each with `over_all` as long as they have not been counted.

        `likely` is how many rows there were last time; if that has changed, the page is not this.
        """
        first = (number - 1) * PAGE
        last, back = first + PAGE, False
        count = self.count if self.known else likely
        if count and first > count / 2:
            # From the other end fewer rows have to be put in order.
            first, last, back = max(count - last, 0), count - first, True
        return self._ask(
            (first, last, back, self.known), lambda: self._between(first, last, back=back)
        )

    def _between(self, first: int, last: int, *, back: bool) -> QuerySet[Any]:
        rows: Any = self._rows
        keys = rows.values("pk")
        keys = (keys.reverse() if back else keys)[first:last]
        found = self._only(rows.filter(pk__in=keys))
        return found if self.known else found.annotate(over_all=self._over_all())

    def _ask(self, about: tuple[Any, ...], build: Callable[[], QuerySet[Any]]) -> list[Any]:
        """With the statement of last time, where the same was asked lately."""
        # Without `reads` rows come with whatever the query set adds, which their keys do not tell.
        if not self.reads or self._told is None:
            return list(build())
        return _LATELY.ask((self._told, self.amount, tuple(self.reads), *about), build)

    @cached_property
    def _told(self) -> Any:
        return self.known_as or told(self._rows)

    def _over_all(self) -> Any:
        if self.known_as:
            return _Kept(self.known_as[0].changes().values("number", "pence"))
        every: Any = self._rows.order_by()
        if self.amount == "value":
            return _Over(every.values("value"))
        # Nothing to add up leaves the rows uncounted by any column: an index may do.
        what = F(self.amount) if self.amount else Value(0)
        # Where rows are taken once only, equal amounts of different rows must not become one.
        columns = ("pk", "value") if every.query.distinct else ("value",)
        values = every.annotate(value=what).values(*columns)
        return _Over(values)

    def _count(self) -> None:
        """In a statement of its own: of groups, and where it is worth knowing which end is near."""
        if not self._grouped:
            found = json.loads(next(iter(self._ask(("count",), self._counting)), "[0, 0]"))
        else:
            sums = {"sum": Sum(self.amount)} if self.amount else {}
            made: Any = self._rows.order_by().aggregate(count=Count("pk"), **sums)
            found = made["count"], (made.get("sum") or ZERO) * 100
        self._take(found)
        self.known = True

    def _counting(self) -> QuerySet[Any]:
        rows: Any = self.known_as[0].changes() if self.known_as else self._rows
        one = rows.order_by().annotate(over_all=self._over_all())
        return one.order_by("pk").values_list("over_all", flat=True)[:1]

    def _take(self, over_all: Sequence[Any]) -> None:
        # Stands where the paginator would keep its own count, which costs a query.
        self.__dict__["count"], pence = over_all
        if self.known_as:
            _COUNTS.keep(self.known_as[0], self.count)
        self._sum = Decimal(pence or 0) / 100

    def _only(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        if not self.reads:
            return rows
        beside = {path for path, _, _ in (name.rpartition("__") for name in self.reads) if path}
        plain = rows.prefetch_related(None).select_related(None)
        return plain.select_related(*beside).only(*self.reads)
