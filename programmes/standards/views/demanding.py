"""What a call asks of its bidders, as officers set it while they prepare the call."""

from carefund.core.access import permitted_on_object
from carefund.core.outcomes import NothingToEnter, form_page, sent
from carefund.core.paths import path_to

from .. import actions, queries
from ..forms import DemandForm
from ..rules import access_demand, access_demands


@permitted_on_object("calls.manage")
def demands(request, code):
    call = access_demands(request.user, code)
    here = path_to("standards:demands", code)
    return form_page(
        request,
        sent(request, DemandForm),
        do=lambda form: actions.demand(call=call, by=request.user, **form.given),
        to=here,
        done="The call asks for the level.",
        template="standards/demands.html",
        heading="Levels that the call asks for",
        caption=call.title,
        call=call,
        prepared=call.state in {"draft", "in_review"},
        demands=queries.demands_of(call),
        submit_label="Ask for the level",
        cancel_url=path_to("bids:manage_call", code),
    )


@permitted_on_object("calls.manage")
def drop(request, code, number):
    row = access_demand(request.user, code, number)
    here = path_to("standards:demands", code)

    def do(form):
        actions.drop(demand=row, by=request.user)
        return True

    return form_page(
        request,
        sent(request, NothingToEnter),
        do=do,
        to=here,
        done="The call no longer asks for the level.",
        template="layouts/confirm.html",
        heading="Take back what the call asks for",
        caption=row.call.title,
        consequences=[f"the call no longer asks for {row.words}"],
        submit_label="Take back",
        danger=True,
        cancel_url=here,
    )
