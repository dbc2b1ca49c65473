"""Whose turn it is to approve a round, and one approval given."""

from carefund.core import clock
from carefund.core.actors import SYSTEM, Actor, person
from carefund.core.errors import NotAllowed, Refused
from carefund.notify.actions import send
from grants.bids.models import Bid

from .. import messages, queries
from ..models import AllocationRound, Approval
from ..rules import approvers_of, may_give


class ContentChanged(Refused):
    message = "This round has changed since you opened the page. Read it again before you approve."


def ask_for_approval(allocation: AllocationRound) -> int:
    """Tell those who can give it that the next approval is theirs, once for each turn."""
    step = queries.next_step(allocation)
    if allocation.state != "recommended" or step is None:
        return 0
    asked = messages.ApprovalWanted(
        allocation=allocation,
        step=step,
        people=tuple(approvers_of(allocation)),
        amount=queries.amount_of(allocation),
    )
    return send(asked, key=f"{allocation.pk}:{queries.fingerprint_of(allocation)}:{step.order}")


def ask_anew(bid: Bid) -> None:
    """A round that waits for approval says another thing of `bid`: those whose turn it is now."""
    for waiting in AllocationRound.objects.filter(state="recommended", choices__bid=bid):
        ask_for_approval(waiting)


def give(locked: AllocationRound, by: Actor, seen: str, remark: str) -> Approval:
    """The next approval of a locked round, of the content that was `seen`."""
    content = queries.fingerprint_of(locked)
    if seen and seen != content:
        raise ContentChanged
    turn = queries.turn_of(locked)
    step = turn.step
    if step is None or not (by is SYSTEM or may_give(by, step, locked.programme_id)):
        raise NotAllowed("Your approval is not the next one that this round needs.")
    if by is not SYSTEM and by.pk in turn.given_by:
        raise NotAllowed("You have approved this round. Somebody else gives the next approval.")
    if by is not SYSTEM and by.pk in turn.kept_for_others:
        raise NotAllowed("You are named for a later approval. Somebody else gives this one.")
    return Approval.objects.create(
        round=locked,
        order=step.order,
        title=step.title,
        fingerprint=content,
        remark=remark.strip(),
        given_by=person(by),
        given_at=clock.now(),
    )
