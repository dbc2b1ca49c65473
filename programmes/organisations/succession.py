"""What goes over to a successor, told by the slices that hold it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Mover:
    """`preview` gives what of the predecessor would move, each with a sentence-like name.

    `move(predecessor, successor, on=, reason=, by=)` moves it, in the caller's transaction.
    """

    label: str
    preview: Callable[[Any], list[Any]]
    move: Callable[..., None]


_movers: dict[str, Mover] = {}


def register(name: str, mover: Mover) -> None:
    """Call it in `AppConfig.ready`. Movers work in the order of their names."""
    _movers[name] = mover


def movers() -> list[Mover]:
    return [_movers[name] for name in sorted(_movers)]


def preview(predecessors: list[Any]) -> list[tuple[str, list[Any]]]:
    """(label, things) that would go over, for every kind of thing."""
    return [
        (mover.label, [thing for row in predecessors for thing in mover.preview(row)])
        for mover in movers()
    ]
