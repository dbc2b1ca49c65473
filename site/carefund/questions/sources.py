"""Registers to choose from, which live above this floor: organisations, areas.

Whoever keeps a register makes it known in its `AppConfig.ready`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Found:
    """One entry: what identifies it for good, what it is called, what tells it from others."""

    id: str
    name: str
    hint: str = ""


@dataclass(frozen=True)
class Source:
    """`search` finds entries by words, the best first and not too many; `named` finds by id."""

    search: Callable[[str], list[Found]]
    named: Callable[[Iterable[str]], dict[str, Found]]


_sources: dict[str, Source] = {}


def register(name: str, source: Source) -> None:
    _sources[name] = source


def source(name: str) -> Source:
    """The register of this name. Raises KeyError."""
    return _sources[name]
