from collections.abc import Callable
from typing import Any

Handler = Callable[..., None]
_handlers: dict[str, Handler] = {}


def handles(kind: str) -> Callable[[Handler], Handler]:
    """Declare the function that does jobs of `kind`; it gets the payload as keywords.

    It runs in the transaction that marks the job done, and may run again after a crash:
    what it does outside the database must bear being repeated.
    """

    def declare(function: Handler) -> Handler:
        if kind in _handlers:
            raise ValueError(f"Two handlers for {kind}")
        _handlers[kind] = function
        return function

    return declare


def handler(kind: str) -> Handler:
    return _handlers[kind]


def kinds() -> list[Any]:
    return sorted(_handlers)
