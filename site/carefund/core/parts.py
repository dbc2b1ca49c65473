"""Rows of summary lists and tables, filled in here and not by a template.

A bid has more than a hundred of them, and a template takes ten times as long.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.safestring import SafeString

from .markup import filled, filled_each, text

ROW = '<div class="govuk-summary-list__row'
KEY = """">
    <dt class="govuk-summary-list__key">"""
VALUE = """</dt>
    <dd class="govuk-summary-list__value">"""
CHANGE = """
    <dd class="govuk-summary-list__actions"><a class="govuk-link" href="{}">{}<span \
class="govuk-visually-hidden"> {}</span></a></dd>"""
TABLE = """<div class="cf-scroll" tabindex="0" role="region" aria-label="{}">
  <table class="govuk-table">
    <caption class="govuk-table__caption govuk-visually-hidden">{}</caption>
    <thead class="govuk-table__head">
      <tr class="govuk-table__row">{}</tr>
    </thead>
    <tbody class="govuk-table__body">
      {}
    </tbody>
  </table>
</div>"""
Cell = Mapping[str, Any]


def summary_rows(rows: Iterable[Mapping[str, Any]]) -> SafeString:
    """Each with `key` and `value`, optionally `href` and `action` ("Change")."""
    return SafeString("\n  ".join(map(_summary_row, rows)))


def _summary_row(row: Mapping[str, Any]) -> str:
    key, value, href = row["key"], row["value"] or "Not answered", row.get("href", "")
    style = "" if href else " govuk-summary-list__row--no-actions"
    change = filled(CHANGE, href, row.get("action") or "Change", key) if href else ""
    return f"{ROW}{style}{KEY}{text(key)}{VALUE}{text(value)}</dd>{change}\n  </div>"


def data_table(
    caption: str, head: Sequence[Cell], rows: Sequence[Sequence[Cell]], total: Sequence[Cell] | None
) -> SafeString:
    """A table whose caption is only heard. Cells are those of `data_row`."""
    heads = filled_each(
        "",
        '<th scope="col" class="govuk-table__header{}">{}</th>',
        ((_style("header", cell), cell.get("text", "")) for cell in head),
    )
    lines = [data_row(row) for row in rows] + ([data_row(total, " cf-total")] if total else [])
    return filled(TABLE, caption, caption, heads, filled_each("\n      ", "{}", zip(lines)))


def data_row(cells: Sequence[Cell], more: str = "") -> SafeString:
    """A row of a data table: cells of `text`, `format` ("numeric") and `href`; the first heads it.

    `more` begins with a space: another class of the row.
    """
    inner = "".join([_cell(place, cell) for place, cell in enumerate(cells)])
    return SafeString(f'<tr class="govuk-table__row{text(more)}">{inner}</tr>')


def _cell(place: int, cell: Cell) -> str:
    said, href = text(cell.get("text", "")), cell.get("href")
    if href:
        said = f'<a class="govuk-link" href="{text(href)}">{said}</a>'
    if not place:
        return f'<th scope="row" class="govuk-table__header">{said}</th>'
    return f'<td class="govuk-table__cell{_style("cell", cell)}">{said}</td>'


def _style(kind: str, cell: Cell) -> str:
    return f" govuk-table__{kind}--{text(cell['format'])}" if cell.get("format") else ""
