from carefund.core import clock
from carefund.core.work import handles

from .actions import close_call, open_call, tell_followers
from .models import Call


@handles("calls.open")
def open_at_its_instant(call_id: int) -> None:
    call = Call.objects.get(pk=call_id)
    if call.state == "forecast":
        open_call(call=call)


@handles("calls.close")
def close_at_its_instant(call_id: int) -> None:
    call = Call.objects.get(pk=call_id)
    # An extension leaves the earlier job behind; the one for the later instant closes the call.
    if call.state in {"forecast", "open"} and clock.now() >= call.closes_at:
        close_call(call=call)


@handles("calls.tell")
def tell_those_who_follow() -> None:
    tell_followers()
