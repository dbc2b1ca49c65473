"""The report as a file: PDF, a page that stands alone, spreadsheet, data."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.utils.html import escape

from .build import Identity, document, fingerprint
from .document.data import render_data
from .document.html import render_html
from .document.model import Document
from .document.pdf import render_pdf
from .document.xlsx import render_xlsx
from .models import ReportRun

STYLES = ("govuk/govuk-frontend.min.css", "publications/document.css")
LIVE = "Not cleared: computed from the records"


@dataclass(frozen=True)
class Format:
    name: str
    words: str
    content_type: str
    render: Callable[[Document], bytes]
    with_rows: bool = False


def standalone(report: Document) -> bytes:
    """One file that can be mailed and opened anywhere, with the styles in it."""
    styles = "\n".join(filter(None, map(_style, STYLES)))
    return (
        '<!DOCTYPE html>\n<html lang="en-GB" class="govuk-template">\n<head>\n'
        '<meta charset="utf-8">\n<meta name="viewport" content="width=device-width">\n'
        f"<title>{escape(report.title)}: {escape(report.programme)}</title>\n"
        f"<style>\n{styles}\n</style>\n</head>\n"
        '<body class="govuk-template__body">\n<main class="govuk-width-container '
        f'govuk-main-wrapper">\n{render_html(report)}\n</main>\n</body>\n</html>\n'
    ).encode()


def _style(path: str) -> str:
    found = finders.find(path)
    return Path(found).read_text(encoding="utf-8") if isinstance(found, str) else ""


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS = {
    each.name: each
    for each in (
        Format("pdf", "PDF", "application/pdf", render_pdf),
        Format("xlsx", "Spreadsheet", XLSX, render_xlsx, with_rows=True),
        Format("json", "Data (JSON)", "application/json", render_data, with_rows=True),
        Format("html", "Page in one file", "text/html; charset=utf-8", standalone),
    )
}


def live_identity(snapshot: dict[str, Any]) -> Identity:
    """A reference that follows from programme, day and content, and takes no number."""
    mark = fingerprint(snapshot)
    day = snapshot["as_at"].replace("-", "")
    return Identity(f"{snapshot['programme']['prefix']}R-{day}-{mark[:8].upper()}", LIVE, mark)


def run_identity(run: ReportRun) -> Identity:
    return Identity(run.reference, run.status.label, run.fingerprint, run.finished_at)


def render(snapshot: dict[str, Any], identity: Identity, name: str) -> bytes:
    """The same snapshot and identity give the same bytes."""
    form = FORMATS[name]
    return form.render(document(snapshot, identity, with_rows=form.with_rows))


def file_name(code: str, day: date, name: str) -> str:
    return f"benefits-report-{code}-{day.isoformat()}.{name}"
