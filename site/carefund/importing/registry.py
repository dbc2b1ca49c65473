"""What can be loaded from spreadsheets: each slice says so in its `imports.py`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

_importers: dict[str, "Importer"] = {}


@dataclass(frozen=True)
class Importer:
    """`resource(by)` makes the django-import-export resource that writes as `by`."""

    kind: str
    title: str
    permission: str
    columns: tuple[str, ...]
    example: tuple[str, ...]
    resource: Callable[[Any], Any]


def register(importer: Importer) -> None:
    _importers[importer.kind] = importer


def importer(kind: str) -> Importer:
    return _importers[kind]


def find(kind: str) -> Importer | None:
    return _importers.get(kind)
