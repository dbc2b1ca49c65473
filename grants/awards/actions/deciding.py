"""Approvals in turn, and the moment of publication: money, offers and letters all at once."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction

from carefund.core import clock, states, work
from carefund.core.actors import SYSTEM, Actor, person
from carefund.core.errors import Refused
from carefund.core.money import ZERO
from carefund.core.permissions import require
from carefund.core.record import record
from carefund.core.references import next_reference
from carefund.notify.actions import send
from carefund.notify.message import Quote
from grants.bids import actions as bids
from programmes.calls import actions as calls
from programmes.calls.queries import cut_off_of
from programmes.funds.actions import Movement, commit, post
from programmes.funds.models import LedgerEntry

from .. import messages, queries
from ..models import AllocationRound, Approval, Choice, Offer, OfferLine
from ..rules import concerned_with
from .approving import ask_for_approval, give
from .letters import write_letter
from .rounds import holds, set_aside_key

ANSWER_WITHIN = timedelta(days=28)
NOT_YOURS = "A round is approved by those whom its approvals name, and who did not make it."


def approve(
    *, allocation: AllocationRound, by: Actor, seen: str = "", remark: str = ""
) -> list[Offer]:
    """Give the next approval of a recommended round; the last one publishes it, or sets the day.

    `seen` is the fingerprint of what the person read: an approval is of exactly that content.
    Approved twice, by a second click or a second officer, it is approved once: the later raises
    `WrongState` or `Refused`. Raises `Overspent` when another round has taken the money meanwhile.
    """
    require(by, "awards.approve", allocation, NOT_YOURS)
    with transaction.atomic():
        approval: list[Approval] = []
        states.move(
            allocation,
            "approve",
            by=by,
            reason=remark,
            guard=lambda locked: approval.append(give(locked, by, seen, remark)),
        )
        allocation.refresh_from_db()
        if queries.next_step(allocation) is not None:
            ask_for_approval(allocation)
            return []
        by_now = {"approved_by": person(by), "approved_at": clock.now()}
        if allocation.publish_at and allocation.publish_at > clock.now():
            states.move(allocation, "embargo", by=by, **by_now)
            _set_aside(allocation, by)
            _wait(allocation)
            return []
        return _publish(allocation, by, **by_now)


def _set_aside(allocation: AllocationRound, by: Actor) -> None:
    """Keep for the call what the offers will take of each line, until they are published."""
    lacking = [
        Movement(use.line.financial_year, use.line.kind, use.wanted - use.held)
        for use in queries.use_of_lines(allocation)
        if use.wanted > use.held
    ]
    post(
        programme=allocation.call.programme,
        column=LedgerEntry.Column.RESERVED,
        movements=lacking,
        key=f"{set_aside_key(allocation)}{clock.now().isoformat()}",
        reason=f"Set aside for {allocation}"[:300],
        by=by,
        subject=allocation.call,
    )


def _wait(allocation: AllocationRound) -> None:
    moment = allocation.publish_at
    work.enqueue(
        "awards.publish",
        key=f"{allocation.pk}:{clock.now().isoformat()}",
        payload={"round_id": allocation.pk, "approved_at": str(allocation.approved_at)},
        due_at=moment,
    )


def publish(*, allocation: AllocationRound, by: Actor) -> list[Offer]:
    """Publish an approved round now: before its day only by a senior officer who decides to."""
    if by is SYSTEM and allocation.publish_at and allocation.publish_at > clock.now():
        raise Refused("The day of publication has not come.")
    require(by, "awards.publish", allocation)
    if allocation.state != "embargoed":
        # The door tells what it is; it lets only the last approval pass from “recommended”.
        states.move(allocation, "embargo", by=by, guard=_never)
    with transaction.atomic():
        return _publish(allocation, by)


def publish_on_its_day(*, allocation: AllocationRound) -> list[Offer]:
    """Publish as planned. What stands against it is told and kept, and nothing is half done."""
    try:
        return publish(allocation=allocation, by=SYSTEM)
    except Refused as refused:
        problem = refused.message
    with transaction.atomic():
        locked = AllocationRound.objects.select_for_update(of=("self",)).get(pk=allocation.pk)
        locked.publish_problem = problem
        locked.save(update_fields=["publish_problem"])
        record("allocation_round.not_published", locked, by=SYSTEM, reason=problem)
        told = messages.NotPublished(
            allocation=allocation, people=tuple(concerned_with(allocation)), problem=Quote(problem)
        )
        send(told, key=f"{allocation.pk}:{allocation.approved_at}")
    return []


def _never(_locked: AllocationRound) -> None:
    raise Refused("A round is published when all who must approve it have.")


def _publish(allocation: AllocationRound, by: Actor, **changes: Any) -> list[Offer]:
    """Commit the money, make the offers, write the letters and tell everybody, or nothing."""
    states.move(allocation, "publish", by=by, guard=holds, publish_problem="", **changes)
    offers = []
    for choice in queries.choices_of(allocation):
        if choice.decision == Choice.Decision.FUND:
            offers.append(make_offer(allocation, choice, by))
        elif choice.decision == Choice.Decision.RESERVE:
            bids.hold_in_reserve(bid=choice.bid, by=by, reason=choice.reason)
        else:
            bids.refuse(bid=choice.bid, by=by, reason=choice.reason)
        tell(choice)
    _decide_call(allocation)
    return offers


def _decide_call(allocation: AllocationRound) -> None:
    """The award decides the call; of one that is always open, only what was assessed by now."""
    call = allocation.call
    if call.state == "in_assessment":
        calls.decide(call=call, by=SYSTEM)
    if call.always_open:
        cut_offs = list(call.cut_offs.all())
        bids_of_round = allocation.choices.select_related("bid")
        found = (cut_off_of(call, c.bid.submitted_at, cut_offs) for c in bids_of_round)
        calls.decide_cut_offs(call=call, moments={row.at for row in found if row})


def make_offer(allocation: AllocationRound, choice: Choice, by: Actor, reason: str = "") -> Offer:
    bid, moment = choice.bid, clock.now()
    bids.award(bid=bid, by=by, reason=reason or choice.reason)
    lines = queries.granted_lines(bid, choice.share)
    offer = Offer.objects.create(
        bid=bid,
        round=allocation,
        organisation=bid.organisation,
        reference=next_reference(f"{allocation.call.programme.prefix}O", clock.today().year),
        amount=sum(lines.values(), ZERO),
        offered_at=moment,
        # The whole of the day that the letter names.
        expires_at=clock.end_of_day(clock.today() + ANSWER_WITHIN),
        conditions=choice.conditions,
        source=bid.source,
        is_sample=bid.is_sample,
    )
    _lines_of(offer, lines)
    work.enqueue(
        "awards.expire",
        key=str(offer.pk),
        payload={"offer_id": offer.pk},
        due_at=offer.expires_at,
    )
    commit(
        programme=allocation.call.programme,
        call=allocation.call,
        movements=[Movement(year, kind, amount) for (year, kind), amount in lines.items()],
        key=f"offer:{bid.reference}",
        reason=f"Offer {offer.reference}",
        by=by,
        subject=offer,
        organisation=bid.organisation,
    )
    return offer


def _lines_of(offer: Offer, lines: Mapping[tuple[int, str], Decimal]) -> None:
    for (year, kind), amount in lines.items():
        OfferLine.objects.create(offer=offer, financial_year=year, kind=kind, amount=amount)


def tell(choice: Choice, *, kind: str = "", reason: str = "") -> None:
    """Write the letter of a decision, and the message that says it is there."""
    letter = write_letter(choice, kind=kind, reason=reason)
    key = f"{choice.round_id}:{choice.bid_id}:{letter.kind}"
    send(messages.Decision(choice=choice, letter=letter), key=key)
