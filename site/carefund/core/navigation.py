"""Where the navigation comes from: each slice registers what it adds for whom."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from django.contrib.auth.models import AnonymousUser


@dataclass(frozen=True)
class NavItem:
    text: str
    href: str
    area: str = "public"
    order: int = 100
    active: bool = False
    # Where else its pages lie.
    also: tuple[str, ...] = ()


Provider = Callable[[object], Iterable[NavItem]]
_providers: list[Provider] = []
# Each permission is asked about once, however many items hang on it.
_by_permission: dict[str, list[NavItem]] = {}


def register(provider: Provider) -> Provider:
    """Call it in `AppConfig.ready`, or use it as a decorator. Registering twice adds once."""
    if provider not in _providers:
        _providers.append(provider)
    return provider


def register_for(permission: str, *items: NavItem) -> None:
    """Show `items` to whoever holds `permission` without regard to an object."""
    known = _by_permission.setdefault(permission, [])
    known += [item for item in items if item not in known]


@register
def _permitted(user: object) -> Iterable[NavItem]:
    holds = getattr(user, "has_perm", None)
    for permission, items in _by_permission.items():
        if holds and holds(permission):
            yield from items


def unregister(provider: Provider) -> None:
    _providers.remove(provider)


def items_for(user: object, path: str = "") -> list[NavItem]:
    """What `user` may go to, in order, with the item that `path` lies under marked active."""
    return marked(items_of(user), path)


def items_of(user: object) -> tuple[NavItem, ...]:
    """What `user` may go to, in order."""
    nobody = getattr(user, "is_anonymous", False)
    return _for_anybody(tuple(_providers)) if nobody else _in_order(user, _providers)


def marked(items: Iterable[NavItem], path: str) -> list[NavItem]:
    """The items, with the one that `path` lies under marked active."""
    near = [
        (len(place), item)
        for item in items
        for place in (item.href, *item.also)
        if _under(path, place)
    ]
    nearest = max(near, key=_first, default=(0, None))[1]
    return [replace(item, active=True) if item is nearest else item for item in items]


def _in_order(user: object, providers: Iterable[Provider]) -> tuple[NavItem, ...]:
    found = [item for provider in providers for item in provider(user)]
    return tuple(sorted(dict.fromkeys(found), key=lambda item: item.order))


@lru_cache(maxsize=4)
def _for_anybody(providers: tuple[Provider, ...]) -> tuple[NavItem, ...]:
    """What stands there for who is not known, which is the same for the life of the process."""
    return _in_order(AnonymousUser(), providers)


def _first(pair: tuple[int, NavItem]) -> int:
    return pair[0]


def _under(path: str, href: str) -> bool:
    return path == href or (href != "/" and path.startswith(href.rstrip("/") + "/"))
