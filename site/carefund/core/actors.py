"""Who does a thing: a person, or the system itself (the scheduler, a loader)."""

from typing import Any, Final


class _System:
    pk = None
    is_active = True

    def __str__(self) -> str:
        return "The system"


SYSTEM: Final = _System()
Actor = Any  # a user, or SYSTEM


def person(actor: Actor) -> Any:
    """The user to store in a foreign key; None for the system."""
    return None if actor is SYSTEM else actor
