"""What an invitation can be to: each slice says what its own kind means and what taking it up does.

Called inside the transaction of the acceptance.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Kind:
    """`to_what` reads on after “You are invited to”; `take_up` gives the person what it says.

    `problem` says why this person cannot take it up, or nothing.
    """

    to_what: Callable[[Any], str]
    take_up: Callable[[Any, Any], None]
    problem: Callable[[Any, Any], str] = lambda _invitation, _user: ""
    home: Callable[[Any], str] = lambda _invitation: "/start/"


_kinds: dict[str, Kind] = {}


def register(name: str, kind: Kind) -> None:
    _kinds[name] = kind


def kind_of(invitation: Any) -> Kind:
    return _kinds[invitation.kind]
