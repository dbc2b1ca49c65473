"""Errors with a name and a sentence for the person who caused them."""

from django.core.exceptions import PermissionDenied


class Refused(Exception):
    """An action was asked for that a rule forbids. `message` says what to do instead.

    Nothing was changed: every action is atomic.
    """

    message = "This cannot be done."

    def __init__(self, message: str = "") -> None:
        if message:
            self.message = message
        super().__init__(self.message)


class NotAllowed(Refused, PermissionDenied):
    message = "You do not have permission to do this."


class WrongState(Refused):
    """A move that the state table does not list. Carries the object, from and to."""

    def __init__(self, obj: object, source: str, move: str, target: str, message: str) -> None:
        self.obj, self.source, self.move, self.target = obj, source, move, target
        super().__init__(message)
