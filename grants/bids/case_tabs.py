"""The sub-navigation of a bid's case. Slices above add their pages to it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from carefund.core.paths import path_to

from .models import Bid


@dataclass(frozen=True)
class CaseTab:
    """`href` gives the page of a bid; `shown` whether this person finds it there for this bid.

    `todo` names what this person should do there now, for the button in the header of the case.
    """

    key: str
    text: str
    href: Callable[[Bid], str]
    order: int = 100
    shown: Callable[[Any, Bid], bool] = lambda _user, _bid: True
    todo: Callable[[Any, Bid], str] = lambda _user, _bid: ""


def page(name: str) -> Callable[[Bid], str]:
    """The address of the page called `name` for a bid."""
    return lambda bid: path_to(name, bid.reference)


def _own() -> list[CaseTab]:
    return [
        CaseTab("overview", "Overview", page("bids:case"), 10),
        CaseTab("answers", "Answers", page("bids:case_answers"), 20),
        CaseTab("clarifications", "Clarification", page("bids:case_clarifications"), 25),
        CaseTab("money", "Money", page("bids:case_money"), 70),
        CaseTab("documents", "Documents", page("bids:case_documents"), 80),
        CaseTab("timeline", "Timeline", page("bids:case_timeline"), 90),
    ]


_tabs: dict[str, CaseTab] = {tab.key: tab for tab in _own()}


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


def todos_for(user: Any, bid: Bid) -> list[dict[str, str]]:
    """The buttons of the case: what this person may do next, and where."""
    tabs = sorted(_tabs.values(), key=lambda tab: tab.order)
    return [{"text": text, "href": tab.href(bid)} for tab in tabs if (text := tab.todo(user, bid))]
