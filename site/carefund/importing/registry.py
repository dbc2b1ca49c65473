"""What can be loaded from spreadsheets: each slice says so in its `imports.py`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .bulk import BulkSheet

MOST_ROWS = 200_000
_importers: dict[str, "Importer"] = {}


@dataclass(frozen=True)
class Importer:
    """`sheet(by)` makes the resource that checks and writes as `by`.

    `example` has a cell for each of `columns`, then of `optional`.
    """

    kind: str
    title: str
    permission: str
    columns: tuple[str, ...]
    example: tuple[str, ...]
    sheet: Callable[[Any], BulkSheet]
    optional: tuple[str, ...] = ()
    most_rows: int = MOST_ROWS


def register(importer: Importer) -> None:
    _importers[importer.kind] = importer


def importer(kind: str) -> Importer:
    return _importers[kind]


def find(kind: str) -> Importer | None:
    return _importers.get(kind)
