"""Lists keep everything in the URL: filters, sorting and the page."""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, partial
from typing import Any
from urllib.parse import urlencode

from django.utils.safestring import SafeString, mark_safe

from carefund.core.listing import Column
from carefund.core.markup import filled, text
from carefund.core.tags import coloured_tag, marked_as_sample

from .govuk import component

LONGEST_REFERENCE = 20
BELOW = '<br><span class="cf-note govuk-!-font-weight-regular">{}</span>'
FOUND = """<p class="cf-note govuk-!-font-weight-regular govuk-!-margin-bottom-1">{}</p>"""
NUMERIC = " govuk-table__header--numeric"


def pagination(request, page_obj, param: str = "page"):
    paginator = page_obj.paginator
    if paginator.num_pages <= 1:
        return ""
    address = _address(request, param)
    numbers = paginator.get_elided_page_range(page_obj.number, on_each_side=1, on_ends=1)
    items = [
        {"number": number, "href": f"{address}{number}", "current": number == page_obj.number}
        if isinstance(number, int)
        else {"ellipsis": True}
        for number in numbers
    ]
    params: dict = {"items": items}
    if page_obj.has_previous():
        params["previous"] = {"href": f"{address}{page_obj.previous_page_number()}"}
    if page_obj.has_next():
        params["next"] = {"href": f"{address}{page_obj.next_page_number()}"}
    return component("pagination", params, again=True)


HEAD = '<th scope="col" class="govuk-table__header{}" aria-sort="{}">{}</th>'
SORTS = '<a class="cf-sort cf-sort--{}" href="{}">{}</a>'


def sort_header(request, key: str, label: str, *, numeric: bool = False, param: str = "sort"):
    """A column heading that sorts: first ascending, then descending."""
    where = request.GET.get(param, ""), _address(request, param)
    return _sort_header(*where, key, label, numeric=numeric)


def _sort_header(now, address, key, label, *, numeric):
    direction = {key: "ascending", f"-{key}": "descending"}.get(now, "none")
    following = f"-{key}" if now == key else key
    link = filled(SORTS, direction, f"{address}{following}", label)
    return filled(HEAD, NUMERIC if numeric else "", direction, link)


def heads(request, columns) -> SafeString:
    """The headings of a list made of columns."""
    where = request.GET.get("sort", ""), _address(request, "sort")
    return mark_safe("".join([
        _sort_header(*where, column.key, column.label, numeric=column.numeric)
        if column.order
        else filled(
            '<th scope="col" class="govuk-table__header{}">{}</th>',
            NUMERIC if column.numeric else "",
            column.label,
        )
        for column in columns
    ]))  # fmt: skip


def rows(columns: Sequence[Column], found: Iterable[Any]) -> SafeString:
    """The rows of a list made of columns; the first cell heads one.

    Written here and not by a template, which takes ten times as long for fifty rows.
    """
    markup = _row_of(tuple((column.label, column.numeric) for column in columns))
    first, *others = columns
    name, named, naming = first.value, _in_markup(first), _with_more(first)
    rest = [
        (c.value, _in_markup(c), _with_more(c) if c.href or c.below or c.said else None)
        for c in others
    ]
    written = []
    for row in found:
        # What was made up says so in every list.
        head = naming(row, named(name(row)), is_sample=getattr(row, "is_sample", False))
        cells = [more(row, shown(value(row))) if more else shown(value(row))
                 for value, shown, more in rest]  # fmt: skip
        written.append(markup.format(head, *cells))
    return mark_safe("\n".join(written))


@lru_cache(maxsize=200)
def _row_of(columns: tuple[tuple[str, bool], ...]) -> str:
    """What is the same in every row, with {} for each cell."""
    (_, numeric), *rest = columns
    style = " govuk-table__header--numeric" if numeric else ""
    cells = [
        f'<td class="govuk-table__cell{" govuk-table__cell--numeric" if numeric else ""}"'
        f' data-label="{_braced(text(label))}">{{}}</td>'
        for label, numeric in rest
    ]
    head = f'<th scope="row" class="govuk-table__header{style}">{{}}</th>'
    return f'<tr class="govuk-table__row">{head}{"".join(cells)}</tr>'


def _braced(said: str) -> str:
    return said.replace("{", "{{").replace("}", "}}")


def _in_markup(column: Column) -> Callable[[Any], str]:
    if column.kind == "state":
        return _tag
    return _named if column.kind == "text" else partial(_again, column.kind)


@lru_cache(maxsize=5_000, typed=True)
def _again(kind: str, value: Any) -> str:
    """Days and amounts, which come again and again."""
    return _unbroken(Column("", str, kind).shown(value), kind)


def _named(value: Any) -> str:
    return "" if value is None else _unbroken(value if type(value) is str else str(value))


def _tag(state: Any) -> str:
    return coloured_tag(state.label, state.colour) if state else ""


def _with_more(column: Column) -> Callable[..., str]:
    """Adds to what a cell says where it leads, its second line, and what was searched for."""
    href, below, found = column.href, column.below, column.said

    def said(row: Any, words: str, *, is_sample: bool = False) -> str:
        if href and (address := href(row)):
            words = f'<a class="govuk-link" href="{text(address)}">{words}</a>'
        if below and (second := below(row)):
            words = f"{words}{BELOW.format(_named(second))}"
        if is_sample:
            words = f"{words}{marked_as_sample(is_sample=True)}"
        if found and (where := found(row)):
            words = f"{words}{filled(FOUND, where)}"
        return words

    return said


@lru_cache(maxsize=5_000)
def _unbroken(given: str, kind: str = "text") -> str:
    said = text(given)
    if given and kind == "date":
        return f'<span class="cf-date">{said}</span>'
    # A reference is not broken at its hyphens.
    whole = "-" in given and " " not in given and len(given) <= LONGEST_REFERENCE
    return f'<span class="cf-nowrap">{said}</span>' if whole else said


def chips(request, form) -> list[dict]:
    """What is chosen in a filter form, each with the address of the list without it."""
    return [
        {
            "label": str(bound.label),
            "value": _choice_labels(bound.field).get(value, value),
            "href": _without(request, bound.html_name, value),
        }
        for bound in form
        for value in request.GET.getlist(bound.html_name)
        if value
    ]


def _choice_labels(field):
    labels = {}
    for value, words in getattr(field, "choices", ()):
        group = words if isinstance(words, list | tuple) else [(value, words)]
        labels |= {str(v): str(t) for v, t in group}
    return labels


def _without(request, name, value):
    pairs = ((k, v) for k, values in request.GET.lists() for v in values)
    rest = [(k, v) for k, v in pairs if k != "page" and (k, v) != (name, value)]
    return f"?{urlencode(rest)}"


def _address(request, param):
    """Of the same list up to the value of `param`; another order begins at the first page."""
    left_out = {param, "page"} if param == "sort" else {param}
    pairs = [(k, v) for k, values in request.GET.lists() for v in values if k not in left_out]
    return f"?{urlencode([*pairs, (param, '')])}"
