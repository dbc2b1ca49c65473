import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace

import openpyxl
import pytest
from django.http import Http404
from django.test import RequestFactory

from carefund.core import sheets


class PlaceSheet(sheets.Sheet):
    name = sheets.Cell("name", "Place")
    amount = sheets.Cell("amount", "Pounds")
    on = sheets.Cell("on", "Day")
    at = sheets.Cell("at", "Moment")
    sample = sheets.Cell("sample", "Sample data")


def place(name, **values):
    moment = datetime(2026, 7, 1, 11, 30, tzinfo=UTC)
    usual = {"amount": Decimal("-12.50"), "on": date(2026, 7, 1), "at": moment, "sample": True}
    return SimpleNamespace(name=name, **{**usual, **values})


def lines(rows):
    body = sheets.download(PlaceSheet().table(rows), "csv", "places").getvalue()
    return list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))


def cells(rows):
    response = sheets.download(PlaceSheet().table(rows), "xlsx", "places")
    book = openpyxl.load_workbook(io.BytesIO(response.getvalue()))
    for close in response._resource_closers:
        close()
    return [[cell.value for cell in row] for row in book.active.iter_rows()]


def test_csv_has_headings_then_rows_in_london_time():
    assert lines([place("Here"), place("There", amount=None, sample=False)]) == [
        ["Place", "Pounds", "Day", "Moment", "Sample data"],
        ["Here", "-12.50", "2026-07-01", "2026-07-01 12:30:00", "Yes"],
        ["There", "", "2026-07-01", "2026-07-01 12:30:00", "No"],
    ]


def test_workbook_keeps_numbers_and_dates():
    assert cells([place("Here")])[1] == [
        *("Here", -12.5),
        datetime.fromisoformat("2026-07-01T00:00"),
        datetime.fromisoformat("2026-07-01T12:30"),
        "Yes",
    ]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_text_that_begins_like_a_formula_is_text_in_both_kinds(start):
    assert lines([place(f"{start}1+1")])[1][0] == f"'{start}1+1"
    assert cells([place(f"{start}1+1")])[1][0].startswith("'")


def test_rows_are_read_as_they_are_written():
    asked = []

    def many():
        for number in range(10_000):
            asked.append(number)
            yield place(f"Place {number}")

    response = sheets.download(PlaceSheet().table(many()), "csv", "places")
    parts = iter(response)
    next(parts), next(parts)
    assert len(asked) < 3 * sheets.AT_A_TIME
    assert sum(part.count(b"\r\n") for part in parts) == 10_001 - sheets.AT_A_TIME


def test_other_kinds_do_not_exist():
    with pytest.raises(Http404):
        sheets.download(PlaceSheet().table([]), "exe", "places")


def test_links_keep_filters_and_order_and_leave_the_page():
    request = RequestFactory().get("/bids/", {"state": "draft", "sort": "-x", "page": "3"})
    assert [link["href"] for link in sheets.links(request)] == [
        "?state=draft&sort=-x&export=csv",
        "?state=draft&sort=-x&export=xlsx",
    ]
    assert sheets.links(request, "/x/")[1]["href"] == "/x/xlsx/?state=draft&sort=-x"
