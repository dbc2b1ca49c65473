"""Lists keep everything in the URL: filters, sorting and the page."""

from collections.abc import Callable, Iterable
from functools import lru_cache
from urllib.parse import urlencode

from django.utils.safestring import SafeString, mark_safe

from carefund.core.markup import filled, text
from carefund.core.tags import marked_as_sample

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
        {"ellipsis": True}
        if number == paginator.ELLIPSIS
        else {
            "number": number,
            "href": f"{address}{number}",
            "current": number == page_obj.number,
        }
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


def rows(found: Iterable[list[dict]], state_tag: Callable[..., str]) -> SafeString:
    """The rows of a list made of columns (`carefund.core.listing.cells`); the first cell heads one.

    Written here and not by a template, which takes ten times as long for fifty rows.
    """
    return mark_safe("\n".join(_row(cells, state_tag) for cells in found))


def _row(cells: list[dict], state_tag: Callable[..., str]) -> str:
    first, *rest = cells
    style = " govuk-table__header--numeric" if first["numeric"] else ""
    head = f'<th scope="row" class="govuk-table__header{style}">{_said(first, state_tag)}</th>'
    written = [f"{_begun(c['label'], c['numeric'])}{_said(c, state_tag)}</td>" for c in rest]
    return f'<tr class="govuk-table__row">{head}{"".join(written)}</tr>'


@lru_cache(maxsize=500)
def _begun(label: str, numeric: bool) -> str:  # noqa: FBT001 - kept by both
    style = " govuk-table__cell--numeric" if numeric else ""
    return f'<td class="govuk-table__cell{style}" data-label="{text(label)}">'


def _said(cell: dict, state_tag: Callable[..., str]) -> str:
    if cell["state"]:
        said: str = state_tag(cell["state"], "")
    else:
        said = _text(str(cell["text"]), cell["kind"])
        if cell["href"]:
            said = f'<a class="govuk-link" href="{text(cell["href"])}">{said}</a>'
    if cell["below"]:
        said = f"{said}{BELOW.format(_text(str(cell['below'])))}"
    if cell.get("sample"):
        said = f"{said}{marked_as_sample(is_sample=True)}"
    return f"{said}{filled(FOUND, cell['said'])}" if cell["said"] else said


def _text(given: str, kind: str = "text") -> str:
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
