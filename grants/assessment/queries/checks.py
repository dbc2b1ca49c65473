"""What the machine can tell about a bid, each with its evidence; an officer decides."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from carefund.core.formats import money, uk_date, uk_instant
from carefund.core.money import LARGEST, ZERO
from carefund.questions.answers import Checked
from grants.bids.models import Bid
from grants.bids.queries import form_of, submitted_answers
from programmes.calls.eligibility import ELIGIBLE, checks, further
from programmes.organisations.models import Organisation
from programmes.waivers.queries import waived

from ..models import CheckOverride

Check = dict[str, Any]


def _check(key: str, asks: str, passed: object, evidence: str) -> Check:
    return {"key": key, "check": asks, "passed": bool(passed), "evidence": evidence}


def automatic_checks(bid: Bid) -> list[Check]:
    """Each with a key that stays, what is asked, whether it passed, and the evidence."""
    return [
        _kind(bid),
        *_place(bid),
        *_further(bid),
        *_content(bid),
        _check(
            "in_time",
            "Submitted before the call closed",
            bool(bid.submitted_at and bid.submitted_at < bid.call.closes_at),
            uk_instant(bid.submitted_at) if bid.submitted_at else "Not submitted",
        ),
        _limits(bid),
        _totals(bid),
        _check(
            "certificate",
            "Certified by someone who did not prepare it",
            bid.certified_at is not None
            and (bid.certified_by_id is None or bid.certified_by_id != bid.prepared_by_id),
            f"{bid.certified_by or 'Not certified by a named person'}"
            + (f", {uk_instant(bid.certified_at)}" if bid.certified_at else ""),
        ),
    ]


def _kind(bid: Bid) -> Check:
    kind, call = Organisation.Kind(bid.organisation.kind), bid.call
    waiver = waived(ELIGIBLE.key, bid.organisation, call.programme_id, call, bid)
    words = f"{kind.label}; waived until {uk_date(waiver.ends_on)}" if waiver else kind.label
    fits = bid.organisation.kind in call.eligible_kinds or waiver is not None
    return _check("kind", "The bidder is of a kind that may bid", fits, words)


def _place(bid: Bid) -> list[Check]:
    """Only where the call is for some regions."""
    if not bid.call.eligible_regions.exists():
        return []
    region = bid.organisation.region
    found = next(c for c in checks(bid.call, bid.organisation) if c.asks.startswith("Region"))
    words = region.name if region else "In no single region"
    return [_check("region", "The bidder is in a region that the call is for", found.passed, words)]


def _further(bid: Bid) -> list[Check]:
    """The rules of later slices, as they stand today."""
    shown = "The last self-assessment shows it."
    return [
        _check(f"rule-{number}", one.asks, one.passed, one.reason or shown)
        for number, one in enumerate(further(bid.call, bid.organisation), 1)
    ]


def _content(bid: Bid) -> list[Check]:
    """What was answered, held against the form that was in force."""
    form, answers = form_of(bid), submitted_answers(bid)
    checked = Checked(form, answers)
    asked = [q for q in form.questions() if q.key in checked.applied.required]
    left = [q.label for q in asked if q.type.is_empty(answers.get(q.key))]
    wrong = [text for texts in checked.messages.values() for text in texts]
    return [
        _check(
            "answered",
            "Every question that must be answered is answered",
            not left,
            "Not answered: " + "; ".join(left) if left else f"{len(asked)} required questions",
        ),
        _check(
            "rules",
            "The answers keep the rules of the form",
            not wrong,
            "; ".join(wrong) if wrong else "No rule is broken",
        ),
        *_dates(bid, form, answers),
    ]


def _dates(bid: Bid, form: Any, answers: Any) -> list[Check]:
    """Milestones lie within the time in which projects run."""
    given = [
        str(row.get("date", ""))
        for question in form.questions()
        if question.kind == "milestones" and isinstance(answers.get(question.key), list)
        for row in answers[question.key]
        if isinstance(row, dict) and row.get("date")
    ]
    if not given:
        return []
    days = sorted(date.fromisoformat(text) for text in given)
    first, last = bid.call.project_starts_on, bid.call.project_ends_on
    words = f"Milestones from {uk_date(days[0])} to {uk_date(days[-1])}; projects run from "
    return [
        _check(
            "dates",
            "The plan lies within the time in which projects run",
            first <= days[0] and days[-1] <= last,
            f"{words}{uk_date(first)} to {uk_date(last)}",
        )
    ]


def _limits(bid: Bid) -> Check:
    call, requested = bid.call, bid.requested or ZERO
    return _check(
        "limits",
        "The sum asked for is within the limits of the call",
        call.smallest_award <= requested <= min(call.largest_award, LARGEST),
        f"{money(requested)}; "
        f"the call allows {money(call.smallest_award)} to {money(call.largest_award)}",
    )


def _totals(bid: Bid) -> Check:
    rows = list(bid.requested_amounts.all())
    total, requested = sum((row.amount for row in rows), Decimal(0)), bid.requested or ZERO
    return _check(
        "totals",
        "The years add up to the sum asked for",
        total == requested,
        f"{money(total)} in {len(rows)} amounts by year and kind; asks for {money(requested)}",
    )


@dataclass(frozen=True)
class Checkpoint:
    """An automatic check with what an officer made of its failing."""

    key: str
    check: str
    passed: bool
    evidence: str
    override: CheckOverride | None

    @property
    def stands(self) -> bool:
        return self.passed or self.override is not None


def checkpoints(bid: Bid, found: list[Check] | None = None) -> list[Checkpoint]:
    """The checks as they stand, or as they were `found` when the decision was made."""
    overrides = {row.check_key: row for row in bid.overrides.select_related("by")}
    rows = automatic_checks(bid) if found is None else found
    return [
        Checkpoint(
            row.get("key", ""),
            row["check"],
            row["passed"],
            row["evidence"],
            overrides.get(row.get("key", "")),
        )
        for row in rows
    ]
