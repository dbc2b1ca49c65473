"""The sub-navigation of a bid's case. Slices above add their pages to it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .models import Bid


@dataclass(frozen=True)
class CaseTab:
    """`href` gives the page of a bid; `shown` whether this person finds it there for this bid."""

    key: str
    text: str
    href: Callable[[Bid], str]
    order: int = 100
    shown: Callable[[Any, Bid], bool] = lambda user, bid: True


_tabs: dict[str, CaseTab] = {}


def register(tab: CaseTab) -> None:
    """Called in `AppConfig.ready` of the slice that has the page."""
    _tabs[tab.key] = tab


def tabs_for(user: Any, bid: Bid, current: str) -> list[dict[str, Any]]:
    """The items of `components/subnav.html`."""
    return [
        {"text": tab.text, "href": tab.href(bid), "current": tab.key == current}
        for tab in sorted(_tabs.values(), key=lambda tab: tab.order)
        if tab.key == current or tab.shown(user, bid)
    ]
