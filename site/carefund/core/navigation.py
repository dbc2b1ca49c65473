"""Where the navigation comes from: each slice registers what it adds for whom."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace


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


def register(provider: Provider) -> Provider:
    """Call it in `AppConfig.ready`, or use it as a decorator. Registering twice adds once."""
    if provider not in _providers:
        _providers.append(provider)
    return provider


def register_for(permission: str, *items: NavItem) -> None:
    """Show `items` to whoever holds `permission` without regard to an object."""

    def provide(user: object) -> Iterable[NavItem]:
        holds = getattr(user, "has_perm", None)
        return items if holds and holds(permission) else ()

    register(provide)


def unregister(provider: Provider) -> None:
    _providers.remove(provider)


def items_for(user: object, path: str = "") -> list[NavItem]:
    """What `user` may go to, in order, with the item that `path` lies under marked active."""
    found = [item for provider in _providers for item in provider(user)]
    items = sorted(dict.fromkeys(found), key=lambda item: item.order)
    near = [
        (len(place), item)
        for item in items
        for place in (item.href, *item.also)
        if _under(path, place)
    ]
    nearest = max(near, key=_first, default=(0, None))[1]
    return [replace(item, active=item is nearest) for item in items]


def _first(pair: tuple[int, NavItem]) -> int:
    return pair[0]


def _under(path: str, href: str) -> bool:
    return path == href or (href != "/" and path.startswith(href.rstrip("/") + "/"))
