"""Partners of a bid: invited by email to this bid alone, they confirm what they do and give."""

from datetime import timedelta
from decimal import Decimal

from django.db import transaction

from carefund.core import clock
from carefund.core.actors import Actor, person
from carefund.core.errors import Refused
from carefund.core.permissions import require
from carefund.core.record import record
from carefund.notify.actions import send
from carefund.notify.message import Quote

from .. import messages
from ..models import Bid, BidPartner
from ..states import IN_PROGRESS
from .guests import invite_guest

# Long enough to answer what is asked about the bid after the close.
AFTER_THE_CLOSE = timedelta(days=60)
LONGEST = timedelta(days=365)


def ask_partner(
    *,
    bid: Bid,
    organisation: str,
    name: str,
    email: str,
    part: str,
    contribution: Decimal,
    by: Actor,
) -> BidPartner:
    """Invite `name` to read the bid and confirm `part` and `contribution` (pounds)."""
    require(by, "bids.invite_guest", bid)
    today = clock.today()
    last = max(today, bid.call.closes_at.astimezone(clock.LONDON).date()) + AFTER_THE_CLOSE
    with transaction.atomic():
        _in_progress(bid)
        guest = invite_guest(
            bid=bid,
            email=email,
            name=name,
            role="viewer",
            ends_on=min(last, today + LONGEST),
            by=by,
        )
        row = BidPartner.objects.create(
            bid=bid,
            guest=guest,
            organisation=organisation.strip(),
            part=part.strip(),
            contribution=contribution,
            asked_at=clock.now(),
            asked_by=person(by),
        )
        record("bid.ask_partner", bid, by=by, changes={"partner": (None, row.organisation)})
    return row


def change_partner(*, partner: BidPartner, part: str, contribution: Decimal, by: Actor) -> None:
    """Ask for something else than before: what was confirmed must be confirmed again."""
    require(by, "bids.invite_guest", partner.bid)
    with transaction.atomic():
        _in_progress(partner.bid)
        row = BidPartner.objects.select_for_update(of=("self",)).get(pk=partner.pk)
        changes = {
            "part": (row.part, part.strip()),
            "contribution": (row.contribution, contribution),
        }
        if all(before == after for before, after in changes.values()):
            return
        row.part, row.contribution = part.strip(), contribution
        row.answer, row.answered_at, row.answered_by = BidPartner.Answer.WAITING, None, None
        row.asked_at, row.asked_by = clock.now(), person(by)
        row.save()
        record("bid.change_partner", row.bid, by=by, changes=changes)
        if row.guest.user is not None:
            message = messages.PartChanged(bid=row.bid, partner=row)
            send(message, key=f"{row.pk}:{row.asked_at.isoformat()}")


def answer_partner(*, partner: BidPartner, confirms: bool, remark: str, by: Actor) -> None:
    """The partner confirms its part and contribution, or says why not. The authority is told."""
    require(by, "bids.answer_as_partner", partner)
    if not confirms and not remark.strip():
        raise Refused("Say what has to change before you can confirm.")
    with transaction.atomic():
        _in_progress(partner.bid)
        row = BidPartner.objects.select_for_update(of=("self",)).get(pk=partner.pk)
        if (row.part, row.contribution) != (partner.part, partner.contribution):
            raise Refused("What you are asked for was changed just now. Read it again.")
        row.answer = BidPartner.Answer.CONFIRMED if confirms else BidPartner.Answer.DECLINED
        row.answered_at, row.answered_by, row.remark = clock.now(), person(by), remark.strip()
        row.save()
        words = (None, f"{row.organisation}: {row.get_answer_display()}")
        record("bid.partner_answer", row.bid, by=by, changes={"partner": words})
        message = messages.PartnerAnswered(bid=row.bid, partner=row, remark=Quote(row.remark))
        send(message, key=f"{row.pk}:{row.answered_at.isoformat()}")


def _in_progress(bid: Bid) -> None:
    locked = Bid.objects.select_for_update(of=("self",)).get(pk=bid.pk)
    if locked.state not in IN_PROGRESS:
        raise Refused("Partners confirm while the bid is being prepared.")
