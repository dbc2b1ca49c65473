"""Awards that were decided and published outside this service."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction

from carefund.core import clock
from carefund.core.actors import Actor
from carefund.core.permissions import require
from carefund.core.references import next_reference
from grants.bids import actions as bids
from programmes.calls.models import Call
from programmes.funds.actions import Movement, commit
from programmes.funds.models import Theme
from programmes.organisations.models import Organisation

from ..models import AllocationRound, Choice, Offer, OfferLine
from ..signals import offer_accepted


def register_published_award(
    *,
    call: Call,
    organisation: Organisation,
    title: str,
    amounts: Mapping[tuple[int, str], Decimal],
    answers: Mapping[str, Any],
    source: str,
    precision: str,
    by: Actor,
    theme: Theme | None = None,
    is_sample: bool = False,
) -> Offer:
    """Register an award as accepted now, commit its money and start its project.

    `amounts` are pounds by (financial year, kind); `precision` says how the sum was published:
    "exact", "rounded as reported", or why it is a sample. Raises `Overspent`, `NoBudgetLine`.
    """
    require(by, "awards.make_round", call)
    moment = clock.now()
    with transaction.atomic():
        bid = bids.register_past_bid(
            call=call,
            organisation=organisation,
            title=title,
            theme=theme,
            answers=answers,
            amounts=amounts,
            submitted_at=min(moment, call.closes_at - timedelta(minutes=1)),
            source=source,
            is_sample=is_sample,
            by=by,
        )
        allocation = _published_round(call)
        Choice.objects.create(
            round=allocation,
            bid=bid,
            decision=Choice.Decision.FUND,
            reason="Published decision.",
            rank=allocation.choices.count() + 1,
        )
        offer = Offer.objects.create(
            bid=bid,
            round=allocation,
            organisation=organisation,
            reference=next_reference(f"{call.programme.prefix}O", clock.today().year),
            state="accepted",
            amount=sum(amounts.values(), Decimal(0)),
            offered_at=moment,
            expires_at=moment + timedelta(days=28),
            answered_at=moment,
            amount_precision=precision,
            source=source,
            is_sample=is_sample,
        )
        _commit(offer, amounts, by)
        offer_accepted.send(sender=Offer, offer=offer, by=by)
    return offer


def _published_round(call: Call) -> AllocationRound:
    found = call.rounds.filter(method__rule="Published decision").first()
    return found or AllocationRound.objects.create(
        call=call,
        number=call.rounds.count() + 1,
        state="approved",
        method={"rule": "Published decision"},
        made_at=clock.now(),
        approved_at=clock.now(),
        rationale="Decided and published outside this service.",
    )


def _commit(offer: Offer, amounts: Mapping[tuple[int, str], Decimal], by: Actor) -> None:
    for (year, kind), amount in sorted(amounts.items()):
        OfferLine.objects.create(offer=offer, financial_year=year, kind=kind, amount=amount)
    commit(
        programme=offer.bid.call.programme,
        call=offer.bid.call,
        movements=[Movement(year, kind, amount) for (year, kind), amount in amounts.items()],
        key=f"offer:{offer.bid.reference}",
        reason=f"Published award {offer.reference}",
        by=by,
        subject=offer,
        organisation=offer.organisation,
    )
