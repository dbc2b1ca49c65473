"""Lists of rows: columns that sort, a filter form, pages, a count, a sum and exports."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, QuerySet, Sum
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from . import formats, sheets

PAGE = 50
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


class Counted(Paginator):
    """Pages of rows that were counted and, with `amount`, added up in one pass over them."""

    def __init__(self, rows: QuerySet[Any], amount: str = "") -> None:
        super().__init__(rows, PAGE)
        sums = {"sum": Sum(amount)} if amount else {}
        found = rows.order_by().aggregate(count=Count("pk"), **sums)
        # Stands where the paginator would keep its own count, which costs a query.
        self.__dict__["count"] = found["count"]
        self.total = (found["sum"] or 0) if amount else None

    def page(self, number: Any) -> Any:
        """A page of many is found by its keys: nothing is worked out for the other rows."""
        page: Any = super().page(number)
        if self.count > PAGE:
            rows: Any = self.object_list
            first = (page.number - 1) * PAGE
            keys = list(rows.values_list("pk", flat=True)[first : first + PAGE])
            found = {row.pk: row for row in rows.order_by().filter(pk__in=keys)}
            page.object_list = [found[key] for key in keys if key in found]
        return page


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
