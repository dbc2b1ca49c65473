"""The head of a bid's pages, and when things happened in words."""

from datetime import datetime
from typing import Any

from carefund.core import clock
from carefund.core.formats import money, uk_date, uk_instant

from .models import Bid


def moment(value: datetime) -> str:
    """Today's instants by the clock, older ones with their date."""
    if uk_date(value) == uk_date(clock.now()):
        return f"at {uk_instant(value).rpartition(' at ')[2]}"
    return f"on {uk_instant(value)}"


def headline(bid: Bid) -> dict[str, Any]:
    """The header of a case page: `case` of `layouts/case.html`."""
    facts = [
        {"label": "Organisation", "value": bid.organisation.name},
        {"label": "Call", "value": bid.call.title},
        {"label": "Asks for", "value": money(bid.requested) if bid.requested else "Not stated"},
    ]
    if bid.theme:
        facts.append({"label": "Theme", "value": bid.theme.name})
    if bid.score is not None:
        facts.append({"label": "Score", "value": f"{bid.score}%"})
    return {
        "reference": bid.reference,
        "title": bid.title,
        "state": bid.state,
        "status": bid.status,
        "facts": facts,
    }
