"""Spreadsheets of exactly the rows that a list shows."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpResponse
from import_export import fields, resources
from import_export.formats.base_formats import CSV, XLSX

from carefund.core.clock import LONDON

FORMATS = {"csv": CSV, "xlsx": XLSX}
# What a spreadsheet would run as a formula.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def plain(value: Any) -> Any:
    """`value` as a cell: numbers stay numbers, text never becomes a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime):
        return value.astimezone(LONDON).replace(tzinfo=None, microsecond=0)
    if isinstance(value, int | Decimal):
        return value
    text = str(value)
    return f"'{text}" if text.startswith(DANGEROUS) else text


class Column(fields.Field):
    """A named column read along an attribute path."""

    def __init__(self, attribute: str, heading: str) -> None:
        super().__init__(attribute=attribute, column_name=heading)

    def export(self, instance: Any, **kwargs: Any) -> Any:
        return plain(self.get_value(instance))


class BidSheet(resources.Resource):
    reference = Column("reference", "Reference")
    organisation = Column("organisation__name", "Organisation")
    org_id = Column("organisation__org_id", "Organisation identifier")
    region = Column("organisation__region__name", "Region")
    title = Column("title", "Title")
    programme = Column("call__programme__name", "Programme")
    call = Column("call__title", "Call")
    theme = Column("theme__name", "Theme")
    state = Column("status__label", "State")
    requested = Column("requested", "Requested in pounds")
    score = Column("score", "Score in per cent")
    submitted = Column("submitted_at", "Submitted (UK time)")
    sample = Column("is_sample", "Sample data")


def download(sheet: resources.Resource, rows: Iterable[Any], kind: str, name: str) -> HttpResponse:
    """`rows` as a file of `kind`: "csv" or "xlsx". Anything else does not exist."""
    if kind not in FORMATS:
        raise Http404
    written = FORMATS[kind]()
    data = written.export_data(sheet.export(queryset=rows))
    response = HttpResponse(data, content_type=written.get_content_type())
    response["Content-Disposition"] = f'attachment; filename="{name}.{written.get_extension()}"'
    return response


def links(address: str, query: str) -> list[dict[str, str]]:
    """For `exports` of `layouts/list.html`; `address` ends where the kind of file is to stand."""
    suffix = f"?{query}" if query else ""
    return [
        {"label": label, "href": f"{address}{kind}/{suffix}"}
        for kind, label in (("csv", "Download CSV"), ("xlsx", "Download Excel"))
    ]
