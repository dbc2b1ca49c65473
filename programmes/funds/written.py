"""The rows of a ledger as markup: a template takes ten times as long for two hundred amounts."""

from collections.abc import Iterable, Sequence
from datetime import date
from urllib.parse import urlencode

from django.utils.safestring import SafeString

from carefund.core import years
from carefund.core.formats import money
from carefund.core.markup import filled_each
from carefund.core.paths import path_to

from .queries import LedgerRow

ROW = """<tr class="govuk-table__row{}">
<th scope="row" class="govuk-table__header cf-nowrap">{}</th>
<td class="govuk-table__cell">{}</td>
{}</tr>"""
CELL = (
    '<td class="govuk-table__cell govuk-table__cell--numeric">'
    '<a class="govuk-link" href="{}">{}</a></td>'
)


def ledger_rows(
    code: str, rows: Iterable[LedgerRow], day: date, columns: Sequence[str]
) -> SafeString:
    """Each amount of a row opens its entries."""
    base = path_to("funds:entries", code)
    return filled_each("\n", ROW, (_row(base, row, day, columns) for row in rows))


def _row(
    base: str, row: LedgerRow, day: date, columns: Sequence[str]
) -> tuple[str, str, str, SafeString]:
    year = row.financial_year
    where = urlencode({"year": year or "", "kind": row.kind, "as_at": day})
    cells = filled_each(
        "", CELL, ((f"{base}?{where}&column={n}", money(getattr(row, n))) for n in columns)
    )
    return (
        "" if row.kind else " cf-total",
        years.label(year) if year else "All years",
        row.kind_label if row.kind else "Total",
        cells,
    )
