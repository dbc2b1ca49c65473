"""What a call asks of its bidders: set while it is prepared, fixed when it is announced."""

from datetime import date

from django.db import transaction

from carefund.core.actors import Actor
from carefund.core.errors import Refused
from carefund.core.permissions import require
from carefund.core.record import record
from programmes.calls.models import Call

from .. import queries
from ..models import CallDemand, Level, Measure, Standard


def demand(
    *,
    call: Call,
    standard: Standard,
    level: int,
    by: Actor,
    measure: Measure | None = None,
    due_on: date | None = None,
) -> CallDemand:
    """Ask for a level before an organisation may bid, or with `due_on` of every grant by then."""
    require(by, "calls.manage", call)
    levels = Level.objects.filter(measure__standard=standard, level=level)
    if measure and measure.standard_id != standard.pk:
        raise Refused("Choose one of the measures of this standard.")
    if not (levels.filter(measure=measure) if measure else levels).exists():
        raise Refused("Choose one of the levels of this standard.")
    with transaction.atomic():
        locked = _prepared(call)
        if not queries.fits(locked, due_on):
            raise Refused(
                "Choose a day after the call closes and not after the last day of its projects."
            )
        same = {"standard": standard, "measure": measure, "due_on": due_on}
        if locked.demands.filter(**same).exists():
            raise Refused("The call asks for a level of this already. Take that back first.")
        row = CallDemand.objects.create(call=locked, level=level, **same)
        record("call.demand_level", locked, by=by, changes={"asked for": (None, _words(row))})
    return row


def drop(*, demand: CallDemand, by: Actor) -> None:
    require(by, "calls.manage", demand.call)
    with transaction.atomic():
        call = _prepared(demand.call)
        said = _words(demand)
        demand.delete()
        record("call.drop_level", call, by=by, changes={"asked for": (said, None)})


def _prepared(call: Call) -> Call:
    locked = Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
    if locked.state not in {"draft", "in_review"}:
        raise Refused("The call has been announced. Its rules no longer change.")
    return locked


def _words(row: CallDemand) -> str:
    when = f"by {row.due_on.isoformat()}" if row.due_on else "to bid"
    return f"{row.words}, {when}"


def copy_demands(*, source: Call, target: Call) -> None:
    """What a call asks for before bidding; days of conditions belong to the first call alone."""
    for row in source.demands.filter(due_on__isnull=True):
        CallDemand.objects.create(
            call=target, standard=row.standard, measure=row.measure, level=row.level
        )
