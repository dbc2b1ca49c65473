from collections.abc import Mapping
from typing import Any

from django.db import transaction

from carefund.core import clock
from carefund.core.actors import Actor, person
from carefund.core.errors import Refused
from carefund.core.permissions import require
from carefund.core.record import record
from carefund.core.references import next_reference
from programmes.calls.actions import freeze_form
from programmes.calls.eligibility import may_bid
from programmes.calls.models import Call
from programmes.funds.models import Theme
from programmes.organisations.models import Organisation

from .. import queries
from ..models import Bid
from .earlier import bring_answers
from .reminding import plan_reminders


def start_bid(
    *,
    call: Call,
    organisation: Organisation,
    title: str,
    by: Actor,
    theme: Theme | None = None,
    screening: Mapping[str, Any] | None = None,
    copy_from: Bid | None = None,
) -> Bid:
    """Begin a bid while the call is open. Raises `Refused` with the reason why not.

    `screening` are the answers to the form's questions on eligibility, by key. `copy_from` is an
    earlier bid of the organisation, whose answers to the same questions the new one begins with.
    """
    require(by, "bids.start", organisation)
    if copy_from:
        require(by, "bids.view_own", copy_from)
        if copy_from.organisation_id != organisation.pk:
            raise Refused("Copy answers from a bid of the same organisation.")
    with transaction.atomic():
        # The lock makes two people of one authority who start at once take turns.
        locked = Call.objects.select_for_update().get(pk=call.pk)
        if not locked.is_open:
            raise Refused("This call is not open for bids.")
        if reason := may_bid(locked, organisation):
            raise Refused(reason)
        if reason := queries.why_no_other(locked, organisation):
            raise Refused(reason)
        form = locked.forms.order_by("-version")[0]
        asked = queries.read_form(form, locked).eligibility
        if reason := queries.screened_out(asked, screening or {}):
            raise Refused(reason)
        freeze_form(call=locked)
        bid = Bid.objects.create(
            reference=next_reference(locked.programme.prefix, clock.today().year),
            call=locked,
            form=form,
            organisation=organisation,
            title=title.strip(),
            theme=theme,
            started_by=person(by),
            prepared_by=person(by),
            started_at=clock.now(),
            is_sample=organisation.is_sample,
            screening={one.key: (screening or {})[one.key] for one in asked},
        )
        record("bid.start", bid, by=by)
        bring_answers(bid=bid, source=copy_from)
        plan_reminders(bid=bid)
    return bid
