"""Reading an uploaded CSV or XLSX file, and what is wrong in it."""

from datetime import datetime
from typing import Any

import tablib

from carefund.core.errors import Refused

MOST_ROWS = 10_000


class Unreadable(Refused):
    message = "The file cannot be read. Save it as CSV (UTF-8) or XLSX and upload it again."


def read(content: bytes, name: str, columns: tuple[str, ...]) -> tablib.Dataset:
    """The rows as text and dates. Raises `Unreadable` with what to do."""
    try:
        data = _load(content, name)
    except Refused:
        raise
    except Exception as error:  # whatever a broken file makes a parser raise
        raise Unreadable from error
    heads = [str(h or "").strip().lower() for h in data.headers or []]
    if missing := [c for c in columns if c not in heads]:
        raise Unreadable(f"The first row must name these columns too: {', '.join(missing)}.")
    if len(data) > MOST_ROWS:
        raise Unreadable(f"The file has more than {MOST_ROWS:,} rows. Split it.")
    data.headers = heads
    return _tidy(data)


def _load(content: bytes, name: str) -> tablib.Dataset:
    data = tablib.Dataset()
    if name.lower().endswith(".xlsx"):
        return data.load(content, format="xlsx")
    return data.load(content.decode("utf-8-sig"), format="csv")


def _tidy(data: tablib.Dataset) -> tablib.Dataset:
    tidy = tablib.Dataset(headers=data.headers)
    for row in data:
        cells = [_cell(cell) for cell in row]
        if any(cells):
            tidy.append(cells)
    return tidy


def _cell(cell: Any) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return "" if cell is None else str(cell).strip()


def problems(result: Any) -> list[dict[str, Any]]:
    """Row, column and reason of everything that an import found wrong."""
    found = [
        {"row": row.number + 1, "column": column, "message": " ".join(messages)}
        for row in result.invalid_rows
        for column, messages in _by_column(row.error)
    ]
    for number, errors in result.row_errors():
        found += [{"row": number + 1, "column": "", "message": str(e.error)} for e in errors]
    found += [{"row": 0, "column": "", "message": str(e.error)} for e in result.base_errors]
    return sorted(found, key=lambda each: each["row"])


def _by_column(error: Any) -> list[tuple[str, list[str]]]:
    if hasattr(error, "error_dict"):
        return [(k.replace("__all__", ""), v) for k, v in error.message_dict.items()]
    return [("", error.messages)]
