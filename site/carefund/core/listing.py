"""Lists of rows: columns that sort, a filter form, pages, a count, a sum and exports."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, IntegerField, QuerySet, Subquery, Sum
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from . import formats, sheets
from .money import ZERO

PAGE = 50
# Digits of a page number beyond which it is none.
FAR = 10
_WORDS: dict[str, Callable[[Any], str]] = {
    "text": str,
    "number": lambda value: f"{value:,}",
    "money": formats.money,
    "percent": formats.percent,
    "date": formats.uk_date,
    "instant": formats.uk_instant,
    "year": formats.financial_year,
}
_TO_THE_RIGHT = {"number", "money", "percent"}


@dataclass(frozen=True)
class Column:
    """One column: how a row's cell is read, shown and sorted.

    `kind` is a key of `_WORDS`, or "state" for a value with a label and a colour. `order` are the
    fields by which the column sorts; without them it does not. `key` names it in the URL.
    """

    label: str
    value: Callable[[Any], Any]
    kind: str = "text"
    key: str = ""
    order: tuple[str, ...] = ()
    href: Callable[[Any], str] | None = None

    @property
    def numeric(self) -> bool:
        return self.kind in _TO_THE_RIGHT

    def cell(self, row: Any) -> dict[str, Any]:
        value = self.value(row)
        common = {
            "label": self.label,
            "href": self.href(row) if self.href else "",
            "numeric": self.numeric,
        }
        if self.kind == "state":
            return {"state": value, "text": "", **common}
        text = "" if value is None or value == "" else _WORDS[self.kind](value)
        return {"state": None, "text": text, **common}


def cells(columns: Sequence[Column], rows: Sequence[Any]) -> list[list[dict[str, Any]]]:
    found = [[column.cell(row) for column in columns] for row in rows]
    for row, line in zip(rows, found, strict=True):
        # What was made up says so in every list.
        line[0]["sample"] = getattr(row, "is_sample", False)
    return found


def in_order(rows: QuerySet[Any], columns: Sequence[Column], chosen: str) -> QuerySet[Any]:
    """`rows` as `?sort=key` or `?sort=-key` asks; what is not a column leaves them as they are."""
    found = next((c for c in columns if c.order and c.key == chosen.removeprefix("-")), None)
    if found is None:
        return rows
    sign = "-" if chosen.startswith("-") else ""
    return rows.order_by(*(sign + name for name in found.order), "pk")


class _Counting(Subquery):
    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()


class _Adding(Subquery):
    """The sum of the one column of its query, which may be worked out."""

    template = "(SELECT SUM(added.value) FROM (%(subquery)s) AS added)"


class Counted(Paginator):
    """Pages of rows that are counted and, with `amount`, added up over all of them.

    One statement gives a page with its count and sum: a page is found by its keys, so that nothing
    is worked out for the other rows. Rows that are groups are counted in a statement of their own.
    """

    def __init__(self, rows: QuerySet[Any], amount: str = "") -> None:
        super().__init__(rows, PAGE)
        self.amount = amount
        self._sum: Decimal | None = None

    @property
    def total(self) -> Decimal | None:
        """Pounds of all the rows; None where nothing is added up. After a page was asked for."""
        return (self._sum or ZERO) if self.amount else None

    def get_page(self, number: Any) -> Any:
        """As Django's: a page that there is none of becomes the first or the last."""
        asked = int(number) if str(number or "").isdecimal() and len(str(number)) < FAR else 1
        asked = max(asked, 1)
        rows: Any = self.object_list
        if rows.query.group_by is not None:
            self._count_groups()
            return self._page(min(asked, self.num_pages))
        found = self._read(asked)
        if not found and asked > 1:
            self._count_groups()
            asked = self.num_pages
            found = self._read(asked)
        self.__dict__["count"] = found[0].counted if found else 0
        self._sum = found[0].added if found and self.amount else self._sum
        return Page(found, asked, self)

    def _read(self, number: int) -> list[Any]:
        rows: Any = self.object_list
        first = (number - 1) * PAGE
        every = rows.order_by()
        beside: dict[str, Any] = {"counted": _Counting(every.values("pk"))}
        if self.amount:
            named = {"value": F(self.amount)} if self.amount != "value" else {}
            field = rows.query.resolve_ref(self.amount).output_field
            beside["added"] = _Adding(every.annotate(**named).values("value"), output_field=field)
        keys = rows.values("pk")[first : first + PAGE]
        return list(rows.filter(pk__in=keys).annotate(**beside))

    def _count_groups(self) -> None:
        rows: Any = self.object_list
        sums = {"sum": Sum(self.amount)} if self.amount else {}
        found = rows.order_by().aggregate(count=Count("pk"), **sums)
        # Stands where the paginator would keep its own count, which costs a query.
        self.__dict__["count"] = found["count"]
        self._sum = found.get("sum")

    def _page(self, number: int) -> Any:
        rows: Any = self.object_list
        first = (number - 1) * PAGE
        if self.count <= PAGE:
            return Page(list(rows[first : first + PAGE]), number, self)
        keys = list(rows.values_list("pk", flat=True)[first : first + PAGE])
        found = {row.pk: row for row in rows.order_by().filter(pk__in=keys)}
        return Page([found[key] for key in keys if key in found], number, self)


def list_page(
    request: HttpRequest,
    rows: QuerySet[Any],
    columns: Sequence[Column],
    *,
    heading: str,
    noun: str = "result",
    filters: Any = None,
    amount: str = "",
    resource: Any = None,
    template: str = "layouts/table.html",
    **context: Any,
) -> HttpResponseBase:
    """One page of `rows`, or with `?export=csv` (or xlsx) all of them as a file.

    `amount` is the money column that is added up. `filters` is a form that has been applied.
    """
    rows = in_order(rows, columns, request.GET.get("sort", ""))
    if resource and request.GET.get("export") in sheets.KINDS:
        return sheets.download(resource().table(rows), request.GET["export"], f"{noun}s")
    pages = Counted(rows, amount)
    page = pages.get_page(request.GET.get("page"))
    return render(
        request,
        template,
        {
            "heading": heading,
            "noun": noun,
            "columns": columns,
            "page_obj": page,
            "rows": cells(columns, list(page.object_list)),
            "filter_form": filters,
            "total": pages.total,
            "exports": sheets.links(request) if resource else [],
            **context,
        },
    )
