"""What else lets a person in, told by the slices above: roles in the department, guest access.

Asked when somebody leaves, so that nobody stays signed in who may no longer do anything.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

_others: dict[str, Callable[[Any], bool]] = {}
_guests: dict[str, "GuestList"] = {}


def register(name: str, has_access: Callable[[Any], bool]) -> None:
    _others[name] = has_access


def any_other(user: Any) -> bool:
    return any(has_access(user) for has_access in _others.values())


@dataclass(frozen=True)
class GuestList:
    """The guests of one kind of thing: those of an organisation, and how their access ends."""

    of: Callable[[Any], Iterable[Any]]
    # organisation, guest access, person who ends it
    end: Callable[..., Any]


def register_guests(name: str, guests: GuestList) -> None:
    _guests[name] = guests


def guests_of(organisation: Any) -> list[tuple[str, Any]]:
    """(kind, guest access) of everybody let into one thing of the organisation."""
    return [(name, row) for name, guests in _guests.items() for row in guests.of(organisation)]


def guest(organisation: Any, name: str, pk: int) -> Any:
    """That guest access, if it is one of the organisation's."""
    rows = _guests[name].of(organisation) if name in _guests else []
    return next((row for row in rows if row.pk == pk), None)


def end_guest(name: str, row: Any, *, by: Any) -> None:
    _guests[name].end(access=row, by=by)


def end_guests_of_person(organisation: Any, user: Any, *, by: Any) -> None:
    for name, row in guests_of(organisation):
        if row.user_id == user.pk:
            end_guest(name, row, by=by)
