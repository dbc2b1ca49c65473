from collections.abc import Callable
from typing import Any

Handler = Callable[..., None]
_handlers: dict[str, Handler] = {}
_in_steps: set[str] = set()


def handles(kind: str, *, in_steps: bool = False) -> Callable[[Handler], Handler]:
    """Declare the function that does jobs of `kind`; it gets the payload as keywords.

    It runs in the transaction that marks the job done, and may run again after a crash:
    what it does outside the database must bear being repeated. With `in_steps` it opens
    transactions of its own, so that others need not wait for long work; then all that it does
    must bear being repeated.
    """

    def declare(function: Handler) -> Handler:
        if kind in _handlers:
            raise ValueError(f"Two handlers for {kind}")
        _handlers[kind] = function
        if in_steps:
            _in_steps.add(kind)
        return function

    return declare


def handler(kind: str) -> Handler:
    return _handlers[kind]


def kinds() -> list[Any]:
    return sorted(_handlers)


def works_in_steps(kind: str) -> bool:
    return kind in _in_steps
