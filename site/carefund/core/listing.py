"""Lists of rows: columns that sort, a filter form, pages and exports."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from . import formats, sheets
from .counted import Counted
from .tallies import Tallied

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
    fields by which the column sorts; without them it does not. `key` names it in the URL. `below`
    is a second, smaller line, and `said` words of the row that were searched for.
    """

    label: str
    value: Callable[[Any], Any]
    kind: str = "text"
    key: str = ""
    order: tuple[str, ...] = ()
    href: Callable[[Any], str] | None = None
    below: Callable[[Any], Any] | None = None
    said: Callable[[Any], str | None] | None = None

    @cached_property
    def numeric(self) -> bool:
        return self.kind in _TO_THE_RIGHT

    def shown(self, value: Any) -> str:
        """A value of this column in words; nothing where there is none."""
        if value is None or (isinstance(value, str) and not value):
            return ""
        return _WORDS[self.kind](value)


def in_order(rows: QuerySet[Any], columns: Sequence[Column], chosen: str) -> QuerySet[Any]:
    """`rows` as `?sort=key` or `?sort=-key` asks; what is not a column leaves them as they are."""
    found = _ordering(columns, chosen)
    if found is None:
        return rows
    sign = "-" if chosen.startswith("-") else ""
    return rows.order_by(*(sign + name for name in found.order), "pk")


def _ordering(columns: Sequence[Column], chosen: str) -> Column | None:
    key = chosen.removeprefix("-")
    return next((column for column in columns if column.order and column.key == key), None)


def list_page(
    request: HttpRequest,
    rows: QuerySet[Any] | Callable[[], QuerySet[Any]],
    columns: Sequence[Column],
    *,
    heading: str,
    noun: str = "result",
    filters: Any = None,
    amount: str = "",
    resource: Any = None,
    reads: Sequence[str] = (),
    tally: Tallied | None = None,
    complete: Callable[[list[Any]], None] | None = None,
    template: str = "layouts/table.html",
    **context: Any,
) -> HttpResponseBase:
    """One page of `rows`, or with `?export=csv` (or xlsx) all of them as a file.

    `amount` is the money column that is added up. `reads` are the fields that the columns show.
    `tally` says which rows they are where programmes and states alone decide it.
    `filters` is a form that has been applied. `complete` gives the rows of the page what is read
    for all of them at once.
    """
    sort = request.GET.get("sort", "")

    def wanted() -> QuerySet[Any]:
        return in_order(rows() if callable(rows) else rows, columns, sort)

    if resource and request.GET.get("export") in sheets.KINDS:
        return sheets.download(resource().table(wanted()), request.GET["export"], f"{noun}s")
    order = sort if _ordering(columns, sort) else ""
    pages = Counted(wanted, amount, reads, known=(tally, order) if tally else None)
    page = pages.get_page(request.GET.get("page"))
    shown = list(page.object_list)
    if complete:
        complete(shown)
    return render(
        request,
        template,
        {
            "heading": heading,
            "noun": noun,
            "columns": columns,
            "page_obj": page,
            "rows": shown,
            "filter_form": filters,
            "total": pages.total,
            "exports": sheets.links(request) if resource else [],
            **context,
        },
    )
