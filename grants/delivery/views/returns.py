from django.shortcuts import render

from carefund.audit.queries import timeline
from carefund.core.access import permitted, permitted_on_object
from carefund.core.listing import Column, list_page
from carefund.core.models import Tally
from carefund.core.outcomes import NothingToEnter, form_page, sent

from .. import actions, queries
from ..exports import ReturnSheet
from ..forms import AskReturnForm, ReturnFilter, ReturnForm, SendBackReturnForm
from ..rules import access_project, access_return, tally_of, visible_to

COLUMNS = [
    Column("Project", lambda r: r.project.title, href=lambda r: r.get_absolute_url()),
    Column(
        "Authority",
        lambda r: r.project.organisation,
        key="authority",
        order=("project__organisation__name",),
    ),
    Column("From", lambda r: r.period_starts_on, "date", "from", ("period_starts_on",)),
    Column("To", lambda r: r.period_ends_on, "date"),
    Column("Due", lambda r: r.due_on, "date", "due", ("due_on",)),
    Column("Confidence", lambda r: r.get_confidence_display()),
    Column("Status", queries.status_of_return, "state", "status", ("state",)),
]
READS = (
    *("period_starts_on", "period_ends_on", "due_on", "confidence", "state", "is_sample"),
    *("project__reference", "project__title", "project__state", "project__organisation__name"),
)


@permitted("funds.work_cases")
def returns(request):
    filters = ReturnFilter(request.GET)

    def find():
        rows = queries.returns_for_lists(visible_to(request.user))
        return filters.apply(rows).order_by("due_on", "pk")

    return list_page(
        request,
        find,
        COLUMNS,
        heading="Monitoring returns",
        noun="return",
        filters=filters,
        resource=ReturnSheet,
        reads=READS,
        tally=tally_of(Tally.Of.RETURNS, request.user, filters.only_states),
        empty_text="Ask for a return on the page of a project.",
    )


@permitted_on_object("delivery.view_project")
def monitoring_return(request, reference, pk):
    row, user = access_return(request.user, reference, pk), request.user
    return render(
        request,
        "delivery/return.html",
        {
            "monitoring": row,
            "project": row.project,
            "status": queries.status_of_return(row),
            "may_report": row.project.state != "terminated"
            and user.has_perm("delivery.report", row),
            "may_confirm": user.has_perm("delivery.confirm", row),
            "entries": timeline(row, to=request.user),
        },
    )


def _page(request, row, form, do, *, done, heading, **context):
    return form_page(
        request,
        form,
        do=do,
        to=row.get_absolute_url(),
        done=done,
        heading=heading,
        cancel_url=row.get_absolute_url(),
        **context,
    )


@permitted_on_object("delivery.confirm")
def ask(request, reference):
    project = access_project(request.user, reference, "delivery.confirm")
    return _page(
        request,
        project,
        sent(request, AskReturnForm),
        lambda form: actions.open_return(project=project, by=request.user, **form.cleaned_data),
        done="The authority is asked for a return.",
        heading="Ask for a monitoring return",
        caption=str(project),
        submit_label="Ask for the return",
    )


@permitted_on_object("delivery.report")
def submit(request, reference, pk):
    row = access_return(request.user, reference, pk, "delivery.report")
    initial = {"progress": row.progress, "confidence": row.confidence}
    return _page(
        request,
        row,
        sent(request, ReturnForm, initial=initial),
        lambda form: actions.submit_return(monitoring=row, by=request.user, **form.cleaned_data),
        done="The return is submitted.",
        heading="Submit your monitoring return",
        caption=str(row),
        submit_label="Submit the return",
    )


@permitted_on_object("delivery.confirm")
def accept(request, reference, pk):
    row = access_return(request.user, reference, pk, "delivery.confirm")
    return _page(
        request,
        row,
        sent(request, NothingToEnter),
        lambda form: actions.accept_return(monitoring=row, by=request.user),
        done="The return is accepted.",
        heading="Accept this return",
        caption=str(row),
        template="layouts/confirm.html",
        submit_label="Accept the return",
    )


@permitted_on_object("delivery.confirm")
def send_back(request, reference, pk):
    row = access_return(request.user, reference, pk, "delivery.confirm")
    return _page(
        request,
        row,
        sent(request, SendBackReturnForm),
        lambda form: actions.send_back_return(monitoring=row, by=request.user, **form.cleaned_data),
        done="The return is sent back to the authority.",
        heading="Send this return back",
        caption=str(row),
        submit_label="Send back",
    )
