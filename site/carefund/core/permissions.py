"""The question every action asks first."""

from typing import Any

from .actors import SYSTEM, Actor
from .errors import NotAllowed


def allowed(by: Actor, permission: str, obj: Any = None) -> bool:
    if by is SYSTEM:
        return True
    return bool(by.is_active and by.has_perm(permission, obj))


def require(by: Actor, permission: str, obj: Any = None, message: str = "") -> None:
    """Raise `NotAllowed` unless `by` holds `permission` on `obj`. The system holds all."""
    if not allowed(by, permission, obj):
        raise NotAllowed(message)
