from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from carefund.core import clock
from carefund.core.actors import Actor, person
from carefund.core.record import record
from carefund.core.references import next_reference
from programmes.calls.models import Call
from programmes.funds.models import Theme
from programmes.organisations.models import Organisation

from ..models import Answer, Bid, RequestedAmount


def register_past_bid(
    *,
    call: Call,
    organisation: Organisation,
    title: str,
    theme: Theme | None,
    answers: Mapping[str, Any],
    amounts: Mapping[tuple[int, str], Decimal],
    submitted_at: datetime,
    source: str,
    is_sample: bool,
    by: Actor,
) -> Bid:
    """Put on record a bid that was won outside this service; no scores or people are invented.

    `amounts` are pounds by (financial year, kind). The caller has asked for permission.
    """
    with transaction.atomic():
        bid = Bid.objects.create(
            reference=next_reference(call.programme.prefix, clock.today().year),
            call=call,
            form=call.forms.order_by("-version")[0],
            organisation=organisation,
            title=title,
            theme=theme,
            state="awarded",
            started_at=submitted_at,
            certified_at=submitted_at,
            submitted_at=submitted_at,
            requested=sum(amounts.values(), Decimal(0)),
            source=source,
            is_sample=is_sample,
        )
        moment, author = clock.now(), person(by)
        for key, value in answers.items():
            Answer.objects.create(
                bid=bid, question=key, value=value, saved_at=moment, saved_by=author
            )
        for (year, kind), amount in amounts.items():
            RequestedAmount.objects.create(bid=bid, financial_year=year, kind=kind, amount=amount)
        record("bid.register", bid, by=by, reason=source[:500])
    return bid
