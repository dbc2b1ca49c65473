"""Moves that the department makes; each slice above asks for its own permission first."""

from decimal import Decimal

from django.db import transaction

from carefund.core import states
from carefund.core.actors import Actor
from carefund.core.errors import Refused
from carefund.core.record import record

from ..models import Bid
from ..signals import score_moderated


def pass_eligibility(*, bid: Bid, by: Actor, reason: str = "") -> Bid:
    return states.move(bid, "pass_eligibility", by=by, reason=reason)


def fail_eligibility(*, bid: Bid, by: Actor, reason: str) -> Bid:
    return states.move(bid, "fail_eligibility", by=by, reason=reason)


def start_assessment(*, bid: Bid, by: Actor) -> Bid:
    return states.move(bid, "start_assessment", by=by)


def finish_assessment(*, bid: Bid, score: Decimal, by: Actor) -> Bid:
    """`score` is the weighted score in per cent of the highest that could be had."""
    return states.move(bid, "finish_assessment", by=by, score=score)


def moderate_score(*, bid: Bid, score: Decimal, reason: str, by: Actor) -> Bid:
    """A panel agreed on another score; while nothing is decided about the bid."""
    with transaction.atomic():
        locked = Bid.objects.select_for_update(of=("self",)).get(pk=bid.pk)
        if locked.state != "assessed":
            raise Refused("Only an assessed bid that is not decided yet can be moderated.")
        before, locked.score = locked.score, score
        locked.save(update_fields=["score"])
        changes = {"score": (before, score)}
        record("bid.moderate_score", locked, by=by, changes=changes, reason=reason)
        score_moderated.send(sender=Bid, bid=locked, by=by)
    return locked


def award(*, bid: Bid, by: Actor, reason: str = "") -> Bid:
    return states.move(bid, "award", by=by, reason=reason)


def hold_in_reserve(*, bid: Bid, by: Actor, reason: str = "") -> Bid:
    return states.move(bid, "hold_in_reserve", by=by, reason=reason)


def refuse(*, bid: Bid, by: Actor, reason: str = "") -> Bid:
    return states.move(bid, "refuse", by=by, reason=reason)


def decline_offer(*, bid: Bid, by: Actor, reason: str = "") -> Bid:
    return states.move(bid, "decline_offer", by=by, reason=reason)
