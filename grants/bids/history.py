"""The record of a bid in the words of those who read it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from carefund.audit.models import Entry
from carefund.core import clock
from carefund.core.formats import money, uk_date, uk_instant

from .models import Bid
from .states import BID

WORDS = {
    "bid.start": "Bid started",
    "bid.save_answers": "Answers saved",
    "bid.ask_certificate": "Certificate asked for",
    "bid.return_to_author": "Returned by the finance certifier",
    "bid.certify": "Certified",
    "bid.reopen": "Reopened; the certificate lapsed",
    "bid.submit": "Submitted",
    "bid.withdraw": "Withdrawn",
    "bid.pass_eligibility": "Found eligible",
    "bid.fail_eligibility": "Found not eligible",
    "bid.start_assessment": "Assessment started",
    "bid.finish_assessment": "Assessed",
    "bid.award": "Awarded",
    "bid.hold_in_reserve": "Put on the reserve list",
    "bid.refuse": "Not funded",
    "bid.decline_offer": "Offer declined",
    "assessment.assign": "Assessor assigned",
    "assessment.declare_conflict": "Conflict of interest declared",
    "assessment.declare_no_conflict": "No conflict of interest declared",
    "assessment.submit_scores": "Scores submitted",
    "assessment.reopen": "Scores reopened",
}
# Decisions whose reasons are told to the organisation; other reasons stay in the department.
TOLD = {"bid.fail_eligibility", "bid.refuse", "bid.hold_in_reserve", "bid.award"}


def timeline(entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """Items of `components/timeline.html`, for the department."""
    return [_item(entry, entry.actor_name, entry.reason) for entry in entries]


def timeline_for_bidder(bid: Bid, entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """The same for the organisation: the department is not named by person."""
    own = set(bid.organisation.memberships.values_list("user", flat=True))
    items = []
    for entry in entries:
        ours = entry.actor_id in own
        who = entry.actor_name if ours else "the department"
        items.append(_item(entry, who, entry.reason if ours or entry.verb in TOLD else ""))
    return items


def _item(entry: Entry, who: str, reason: str) -> dict[str, Any]:
    moved = entry.changes.get("state")
    tag = BID.states.get(moved[1]) if moved and entry.verb.startswith("bid.") else None
    return {
        "what": WORDS.get(entry.verb) or _in_words(entry.verb),
        "who": who,
        "at": entry.at,
        "reason": reason,
        "tag": tag,
    }


def _in_words(verb: str) -> str:
    return verb.replace(".", ": ").replace("_", " ").capitalize()


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
