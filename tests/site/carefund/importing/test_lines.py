import io
from datetime import datetime

import pytest
from openpyxl import Workbook

from carefund.importing.lines import Unreadable, opened


def lines_of(content, name="rows.csv", most=10, size=3):
    with opened(io.BytesIO(content), name, most) as lines:
        return lines.headings, [tuple(line) for part in lines.chunks(size) for line in part]


def workbook(*rows):
    book, file = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
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
