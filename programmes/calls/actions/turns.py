"""Cut-offs of always-open calls: each has its own bids, assessed on their own."""

from datetime import datetime

from django.db import transaction

from carefund.core import clock, states
from carefund.core.actors import SYSTEM, Actor
from carefund.core.errors import Refused
from carefund.core.permissions import require
from carefund.core.record import record

from ..models import Call, CutOff
from .telling import note


def add_cut_off(*, call: Call, at: datetime, by: Actor) -> CutOff:
    """One more moment at which what was submitted so far goes to assessment."""
    require(by, "calls.manage", call)
    with transaction.atomic():
        locked = Call.objects.select_for_update().get(pk=call.pk)
        if not locked.always_open:
            raise Refused("Only a call that is always open has cut-offs.")
        if at <= clock.now() or not locked.opens_at < at <= locked.closes_at:
            raise Refused("A cut-off lies ahead, between the opening and the closing of the call.")
        last = locked.cut_offs.order_by("-at").first()
        if last and last.state != "ahead" and at <= last.at:
            raise Refused("An earlier cut-off is being assessed already.")
        if locked.cut_offs.filter(at=at).exists():
            raise Refused("There is a cut-off at this moment already.")
        row = CutOff.objects.create(call=locked, at=at)
        record("cut_off.add", row, by=by)
        if locked.state not in {"draft", "in_review"}:
            note(call=locked, text=f"{row} was added.", by=by)
    return row


def remove_cut_off(*, cut_off: CutOff, by: Actor) -> None:
    """Take back a cut-off while it is still ahead; its bids belong to the next one."""
    require(by, "calls.manage", cut_off)
    with transaction.atomic():
        call = Call.objects.select_for_update().get(pk=cut_off.call_id)
        row = CutOff.objects.get(pk=cut_off.pk)
        if row.state != "ahead" or row.at <= clock.now():
            raise Refused("This cut-off has passed. Bidders relied on it.")
        if call.state not in {"draft", "in_review"} and call.cut_offs.count() == 1:
            raise Refused("An always-open call needs a cut-off. Add another one first.")
        record("cut_off.remove", row, by=by)
        if call.state not in {"draft", "in_review"}:
            note(call=call, text=f"{row} was taken back.", by=by)
        row.delete()


def assess_cut_off(*, cut_off: CutOff, by: Actor) -> CutOff:
    """Start the assessment of what was submitted before a cut-off, while the call stays open."""
    require(by, "calls.manage", cut_off)

    def has_passed(locked: CutOff) -> None:
        if clock.now() < locked.at:
            raise Refused(f"Bids can be submitted until the {str(locked).lower()}.")

    return states.move(cut_off, "start_assessment", by=by, guard=has_passed)


def decide_cut_offs(*, call: Call, moments: set[datetime]) -> None:
    """The award of bids decides the cut-offs, named by their moments, that they belong to."""
    for row in call.cut_offs.filter(at__in=moments, state="in_assessment"):
        states.move(row, "decide", by=SYSTEM)
