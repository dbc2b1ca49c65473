"""Moves that the department makes; each slice above asks for its own permission first."""

from decimal import Decimal

from carefund.core import states
from carefund.core.actors import Actor

from ..models import Bid


def pass_eligibility(*, bid: Bid, by: Actor, reason: str = "") -> Bid:
    return states.move(bid, "pass_eligibility", by=by, reason=reason)


def fail_eligibility(*, bid: Bid, by: Actor, reason: str) -> Bid:
    return states.move(bid, "fail_eligibility", by=by, reason=reason)


def start_assessment(*, bid: Bid, by: Actor) -> Bid:
    return states.move(bid, "start_assessment", by=by)


def finish_assessment(*, bid: Bid, score: Decimal, by: Actor) -> Bid:
    """`score` is the weighted score in per cent of the highest that could be had."""
    return states.move(bid, "finish_assessment", by=by, score=score)


def award(*, bid: Bid, by: Actor, reason: str = "") -> Bid:
    return states.move(bid, "award", by=by, reason=reason)


def hold_in_reserve(*, bid: Bid, by: Actor, reason: str = "") -> Bid:
    return states.move(bid, "hold_in_reserve", by=by, reason=reason)


def refuse(*, bid: Bid, by: Actor, reason: str = "") -> Bid:
    return states.move(bid, "refuse", by=by, reason=reason)


def decline_offer(*, bid: Bid, by: Actor, reason: str = "") -> Bid:
    return states.move(bid, "decline_offer", by=by, reason=reason)
