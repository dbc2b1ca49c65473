"""Other amounts for an offer that waits: negotiated, approved where they rise, told."""

from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction
from django.db.models import Max

from carefund.core import clock, states
from carefund.core.actors import SYSTEM, Actor, person
from carefund.core.errors import NotAllowed, Refused
from carefund.core.money import ZERO, pounds
from carefund.core.permissions import require
from carefund.core.record import record
from carefund.notify.actions import send
from programmes.funds.actions import Movement, commit, post
from programmes.funds.models import LedgerEntry

from .. import messages, queries
from ..models import AmendmentApproval, Offer, OfferAmendment, OfferLine
from ..rules import amendment_approvers, may_give
from ..solver.problem import Pot


def amend(
    *, offer: Offer, amounts: Mapping[Pot, Decimal], reason: str, by: Actor
) -> OfferAmendment:
    """Put other pounds by (financial year, kind) in an unanswered offer.

    They count at once, unless they rise over what was approved: then the chain of approvals comes
    first. Raises `Refused` for what the call, its lines or a constraint of the round do not hold.
    """
    require(by, "awards.amend_offer", offer)
    wanted = {pot: pounds(amount) for pot, amount in amounts.items() if amount}
    if not reason.strip():
        raise Refused("Say why the amounts change.")
    if not wanted or min(wanted.values()) < 0:
        raise Refused("Enter at least one amount, and none below nothing.")
    with transaction.atomic():
        locked = _waiting(offer)
        if locked.amendments.filter(state="proposed").exists():
            raise Refused("A change of this offer waits for approval. Decide on it first.")
        if wanted == queries.lines_of(locked, locked.version):
            raise Refused("These are the amounts that are offered now.")
        _check(locked, wanted)
        row = _propose(locked, wanted, reason.strip(), by)
        if queries.needs_approval(row):
            _ask(row)
        else:
            _make(row, by)
    return row


def _waiting(offer: Offer) -> Offer:
    locked: Offer = Offer.objects.select_for_update(of=("self",)).get(pk=offer.pk)
    if locked.state != "offered" or locked.has_run_out:
        raise Refused("This offer has been answered or ran out. Its amounts do not change.")
    return locked


def _check(offer: Offer, wanted: Mapping[Pot, Decimal]) -> None:
    if problem := queries.unfit(offer, wanted):
        raise Refused(problem)


def _propose(offer: Offer, wanted: Mapping[Pot, Decimal], reason: str, by: Actor) -> OfferAmendment:
    last = offer.amendments.aggregate(last=Max("version"))["last"] or 1
    row = OfferAmendment.objects.create(
        offer=offer,
        version=last + 1,
        amount=sum(wanted.values(), ZERO),
        from_amount=offer.amount,
        reason=reason,
        proposed_at=clock.now(),
        proposed_by=person(by),
    )
    for (year, kind), amount in sorted(wanted.items()):
        OfferLine.objects.create(
            offer=offer, version=row.version, financial_year=year, kind=kind, amount=amount
        )
    changes = {"amount": (offer.amount, row.amount)}
    record("offer.propose_amendment", offer, by=by, changes=changes, reason=reason)
    return row


def _ask(row: OfferAmendment) -> None:
    step = queries.amendment_turn(row).step
    if step is not None:
        people = tuple(amendment_approvers(row))
        send(
            messages.AmendmentWanted(amendment=row, step=step, people=people),
            key=f"{row.pk}:{step.order}",
        )


def approve_amendment(*, amendment: OfferAmendment, by: Actor) -> OfferAmendment:
    """Give the next approval of a change; with the last one it counts."""
    require(by, "awards.approve_amendment", amendment)
    with transaction.atomic():
        offer = _waiting(amendment.offer)
        moved = states.move(
            amendment, "approve", by=by, guard=lambda locked: _give(locked, offer, by)
        )
        if queries.amendment_turn(moved).step is None:
            _make(moved, by)
        else:
            _ask(moved)
    return moved


def _give(row: OfferAmendment, offer: Offer, by: Actor) -> None:
    turn = queries.amendment_turn(row)
    mine = by is SYSTEM or (
        turn.step is not None
        and turn.is_open_to(by.pk)
        and may_give(by, turn.step, offer.programme_id)
    )
    if turn.step is None or not mine:
        raise NotAllowed("Your approval is not the next one that this change needs.")
    AmendmentApproval.objects.create(
        amendment=row, order=turn.step.order, title=turn.step.title, given_by=person(by)
    )


def withdraw_amendment(*, amendment: OfferAmendment, reason: str, by: Actor) -> OfferAmendment:
    """Give up a change that waits for approval; the offer stays as it is."""
    require(by, "awards.amend_offer", amendment.offer)
    return states.move(amendment, "withdraw", by=by, reason=reason)


def drop_amendments(offer: Offer) -> None:
    """The offer was answered: what was still to be approved never counts."""
    for row in offer.amendments.filter(state="proposed"):
        states.move(row, "withdraw", by=SYSTEM, reason="The offer was answered.")


def _make(row: OfferAmendment, by: Actor) -> None:
    """Ledger, offer and the authority's page follow together, or not at all."""
    offer: Offer = row.offer
    before = queries.lines_of(offer, offer.version)
    wanted = queries.lines_of(offer, row.version)
    _check(offer, wanted)
    states.move(row, "make", by=by, made_at=clock.now())
    _post(offer, row, queries.differences(before, wanted), by)
    changes = {"amount": (offer.amount, row.amount), "version": (offer.version, row.version)}
    offer.amount, offer.version = row.amount, row.version
    offer.save(update_fields=["amount", "version"])
    record("offer.amend", offer, by=by, changes=changes, reason=row.reason)
    send(messages.OfferChanged(offer=offer, amendment=row), key=str(row.pk))


def _post(offer: Offer, row: OfferAmendment, found: list[queries.Difference], by: Actor) -> None:
    """Only what differs: years that give first, then those that take."""
    moves = [Movement(x.financial_year, x.kind, x.change) for x in found]
    common = {
        "programme": offer.bid.call.programme,
        "reason": f"Offer {offer.reference}, version {row.version}",
        "by": by,
        "subject": offer,
        "organisation": offer.organisation,
    }
    key = f"offer:{offer.bid.reference}:version-{row.version}"
    if less := [move for move in moves if move.amount < 0]:
        column = LedgerEntry.Column.COMMITTED
        post(column=column, movements=less, key=f"{key}-less", **common)
    if more := [move for move in moves if move.amount > 0]:
        commit(call=offer.bid.call, movements=more, key=f"{key}-more", **common)
