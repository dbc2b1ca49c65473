"""The benefits report of the largest programme as a spreadsheet, from figures that are at hand."""

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import xlsxwriter
from openpyxl import load_workbook

from bench.kit import PROGRAMME
from programmes.funds.models import Programme
from reports.publications import exports
from reports.publications.queries import snapshot

TARGET = 2


def _report(bench):
    if "report" not in bench.frames:
        found = snapshot(Programme.objects.get(code=PROGRAMME), date(2026, 3, 31))
        bench.frames["report"] = found, exports.live_identity(found)
    return bench.frames["report"]


def case(bench, _variant):
    return exports.render(*_report(bench), "xlsx")


def floor(bench, _variant):
    """The same cells of the same sheets, without widths, looks or anything to work out."""
    if "cells" not in bench.frames:
        book = load_workbook(BytesIO(case(bench, _variant)), read_only=True)
        sheets = {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}
        bench.frames["cells"] = sheets
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"constant_memory": True, "strings_to_formulas": False})
    day = book.add_format({"num_format": "d mmmm yyyy"})
    for name, rows in bench.frames["cells"].items():
        sheet = book.add_worksheet(name)
        for place, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(place, column, cell, day)
                elif isinstance(cell, int | float):
                    sheet.write_number(place, column, cell)
                elif cell is not None:
                    sheet.write_string(place, column, cell)
    book.close()
    return buffer.getvalue()


def agree(ours, floors):
    ours, floors = (ZipFile(BytesIO(content)) for content in (ours, floors))
    sheets = [name for name in ours.namelist() if name.startswith("xl/worksheets/sheet")]
    for name in sheets:
        if ours.read(name).count(b"<v>") + ours.read(name).count(b"<t") != floors.read(name).count(
            b"<v>"
        ) + floors.read(name).count(b"<t"):
            raise AssertionError(f"{name} has other cells.")
