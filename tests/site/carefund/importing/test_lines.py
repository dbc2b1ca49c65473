import io
from datetime import datetime

import pytest
from openpyxl import Workbook

from carefund.importing.lines import Unreadable, opened


def lines_of(content, name="rows.csv", most=10, size=3, columns=()):
    with opened(io.BytesIO(content), name, most, columns) as lines:
        return lines.headings, [tuple(line) for part in lines.chunks(size) for line in part]


def workbook(*rows, percent=""):
    book, file = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    if percent:
        book.active[percent].number_format = "0.0%"
    book.save(file)
    return file.getvalue()


def test_lines_keep_the_numbers_they_have_in_the_spreadsheet():
    headings, rows = lines_of('\ufeff A ,b\n1, x \n,\n\n"2\n2",y\n'.encode())
    assert headings == ["a", "b"]
    assert rows == [(2, ["1", "x"]), (5, ["2\n2", "y"])]


def test_a_workbook_gives_what_it_shows():
    day = datetime(2026, 3, 31, 9)  # noqa: DTZ001 - a workbook knows no zones
    file = workbook(["A", "B"], [81.29999999999999, day], [None, None], [1])
    headings, rows = lines_of(file, "rows.XLSX")
    assert headings == ["a", "b"]
    assert rows == [(2, ["81.3", "2026-03-31"]), (4, ["1"])]


def test_a_cell_shown_as_per_cent_is_read_as_per_cent():
    file = workbook(["value", "share"], [0.8, 0.815], percent="B2")
    assert lines_of(file, "rows.xlsx")[1] == [(2, ["0.8", "81.5%"])]


def test_headings_are_found_below_a_title_and_rows_keep_their_numbers():
    rows = (["Return for June, by board"], [], [" Code ", "VALUE", None], ["a", 1])
    asked = {"name": "rows.xlsx", "columns": ("code", "value")}
    assert lines_of(workbook(*rows), **asked) == (["code", "value"], [(4, ["a", "1"])])


def test_without_all_headings_the_first_row_is_told_of():
    headings, rows = lines_of(b"code,worth\na,1\n", columns=("code", "value"))
    assert (headings, rows) == (["code", "worth"], [(2, ["a", "1"])])


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_cells_may_be_separated_as_spreadsheets_of_other_countries_do(mark):
    text = f"Return{mark}\r\ncode{mark}value\r\na{mark}1\r\n{mark}\r\n"
    headings, rows = lines_of(f"\ufeff{text}".encode(), columns=("code", "value"))
    assert (headings, rows) == (["code", "value"], [(3, ["a", "1"])])


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        ("a\nÖ\n".encode("cp1252"), "rows.csv", "not UTF-8"),
        (b"a\n" + b"x\n" * 11, "rows.csv", "more than 10 rows"),
        (b"a\n" + b"x" * 200_000, "rows.csv", "cannot be read"),
        (b"no archive", "rows.xlsx", "cannot be read"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(content, name, told):
    with pytest.raises(Unreadable) as refused:
        lines_of(content, name)
    assert told in refused.value.message


def test_an_empty_file_has_no_headings():
    assert lines_of(b"") == ([], [])


def test_a_million_empty_lines_are_not_walked_through_for_ever(monkeypatch):
    monkeypatch.setattr("carefund.importing.lines.MOST_LINES", 20)
    with pytest.raises(Unreadable):
        lines_of(b"a\n" + b"\n" * 30)
