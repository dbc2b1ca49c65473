"""The report as JSON: the same content as the other forms, for machines.

Amounts are strings of pounds with two decimals ("1191597.00") and other numbers are exact
JSON numbers. Keys are sorted; the same document gives the same bytes.
"""

import json
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from carefund.core.typeface import clean
from reports.charts.base import Chart

from .markup import plain
from .model import ChartBlock, Document, Figure, Table
from .words import chart_table

MARKED = {"text", "items", "summary"}


def render_data(document: Document) -> bytes:
    return (_encode(as_data(document)) + "\n").encode()


def as_data(document: Document) -> dict[str, object]:
    return {"format": "carefund-report/1", **_fields(document)}


def _convert(value: object) -> object:
    if isinstance(value, ChartBlock):
        return {"type": "chart", **_chart(value.chart)}
    if isinstance(value, Table):
        return {"type": "table", **_table(value)}
    if isinstance(value, Figure):
        return _figure(value)
    if is_dataclass(value):
        return {"type": type(value).__name__.lower(), **_fields(value)}
    if isinstance(value, tuple | list):
        return [_convert(item) for item in value]
    return _scalar(value)


def _scalar(value: object) -> object:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, str):
        return clean(value)
    return value.isoformat() if isinstance(value, date | datetime) else value


def _fields(value: Any) -> dict[str, object]:
    found = {each.name: getattr(value, each.name) for each in fields(value)}
    return {
        name: _marked(content) if name in MARKED else _convert(content)
        for name, content in found.items()
    }


def _marked(value: object) -> object:
    """Running text loses its marks: notes and addresses follow in brackets."""
    if isinstance(value, str):
        return clean(plain(value))
    if isinstance(value, tuple) and all(isinstance(item, str) for item in value):
        return [clean(plain(item)) for item in value]
    return _convert(value)


def _amount(value: object, kind: str) -> object:
    if kind == "money" and isinstance(value, Decimal | int):
        return f"{Decimal(value):.2f}"
    return _scalar(value)


def _figure(card: Figure) -> dict[str, object]:
    kind = card.kind.value
    return {
        **_fields(card),
        "value": _amount(card.value, kind),
        "change": _amount(card.change, kind),
    }


def _table(table: Table) -> dict[str, object]:
    kinds = [column.kind.value for column in table.columns]

    def amounts(cells: tuple[object, ...] | None) -> list[object] | None:
        if cells is None:
            return None
        return [_amount(cell, kind) for cell, kind in zip(cells, kinds, strict=True)]

    return {
        "title": clean(table.title),
        "columns": [
            {
                "heading": clean(column.heading),
                "kind": column.kind.value,
                "unit": _scalar(column.unit),
            }
            for column in table.columns
        ],
        "rows": [{"cells": amounts(row.cells), "sample": row.sample} for row in table.rows],
        "totals": amounts(table.totals),
        "source": clean(table.source),
        "note": clean(plain(table.note)),
    }


def _chart(chart: Chart) -> dict[str, object]:
    return {
        **_table(chart_table(chart)),
        "drawing": type(chart).__name__,
        "as_at": chart.as_at.isoformat(),
        "note": clean(chart.note),
        "sample": chart.sample,
        "unit": chart.unit.value,
    }


def _encode(value: object, indent: str = "\n") -> str:
    """As json.dumps, but Decimals are written as the exact numbers they are."""
    deeper = f"{indent}  "
    if isinstance(value, dict):
        pairs = (f"{json.dumps(k)}: {_encode(v, deeper)}" for k, v in sorted(value.items()))
        return _wrapped("{", pairs, "}", indent)
    if isinstance(value, list | tuple):
        return _wrapped("[", (_encode(item, deeper) for item in value), "]", indent)
    if isinstance(value, Decimal):
        return f"{value:f}"
    return json.dumps(value, ensure_ascii=False)


def _wrapped(start: str, items, end: str, indent: str) -> str:
    body = f",{indent}  ".join(items)
    return f"{start}{indent}  {body}{indent}{end}" if body else start + end
