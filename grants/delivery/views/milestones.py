from django.shortcuts import render

from carefund.audit.queries import timeline
from carefund.core import clock
from carefund.core.access import permitted, permitted_on_object
from carefund.core.listing import Column, list_page
from carefund.core.models import Tally
from carefund.core.outcomes import form_page, sent
from carefund.files.checks import UploadRefused

from .. import actions, queries
from ..exports import MilestoneSheet
from ..forms import ConfirmForm, ForecastForm, MilestoneFilter, ReportForm, SendBackForm
from ..rules import access_milestone, tally_of, visible_to


def _status(row):
    if row.state != "planned":
        return row.status
    if row.project.state != "active":
        return row.project.status
    today = clock.today()
    if row.baseline_on < today:
        return queries.STATUSES["overdue"]
    return queries.STATUSES["late" if row.expected_on > row.baseline_on else "on_track"]


COLUMNS = [
    Column(
        "Milestone",
        lambda m: m.title,
        key="title",
        order=("title",),
        href=lambda m: m.get_absolute_url(),
    ),
    Column(
        "Project",
        lambda m: m.project.title,
        key="project",
        order=("project__reference",),
        below=lambda m: m.project.reference,
    ),
    Column(
        "Authority",
        lambda m: m.project.organisation,
        key="authority",
        order=("project__organisation__name",),
    ),
    Column("Promised", lambda m: m.baseline_on, "date", "promised", ("baseline_on",)),
    Column("Expected", lambda m: m.expected_on, "date", "expected", ("expected_on",)),
    Column("Achieved", lambda m: m.achieved_on, "date", "achieved", ("achieved_on",)),
    Column("Status", _status, "state"),
]
READS = (
    *("title", "position", "state", "baseline_on", "achieved_on", "is_sample"),
    *("project__reference", "project__title", "project__state", "project__organisation__name"),
)


@permitted("funds.work_cases")
def milestones(request):
    filters = MilestoneFilter(request.GET)

    def find():
        rows = queries.milestones_for_lists(visible_to(request.user))
        return filters.apply(rows).order_by("baseline_on", "pk")

    return list_page(
        request,
        find,
        COLUMNS,
        heading="Milestones",
        noun="milestone",
        filters=filters,
        resource=MilestoneSheet,
        reads=READS,
        tally=tally_of(Tally.Of.MILESTONES, request.user, filters.only_states),
        empty_text="Milestones come with the projects.",
    )


@permitted_on_object("delivery.view_project")
def milestone(request, reference, position):
    row, user = access_milestone(request.user, reference, position), request.user
    going_on = row.project.state != "terminated"
    (view,) = (
        v for v in queries.milestones_as_at([row.project], clock.now()) if v.milestone == row
    )
    return render(
        request,
        "delivery/milestone.html",
        {
            "milestone": row,
            "view": view,
            "status": queries.status_of(view, clock.today()),
            "facts": row.facts.select_related("recorded_by").order_by("-pk"),
            "evidence": queries.evidence_of(row),
            "may_report": going_on and user.has_perm("delivery.report", row),
            "may_contribute": going_on and user.has_perm("delivery.contribute", row),
            "may_confirm": user.has_perm("delivery.confirm", row),
            "entries": timeline(row, to=request.user),
        },
    )


def _page(request, row, form, do, *, done, heading, **context):
    return form_page(
        request,
        sent(request, form),
        do=do,
        to=row.get_absolute_url(),
        done=done,
        at={UploadRefused: "evidence"},
        heading=heading,
        caption=f"{row.project.reference}: {row.title}",
        cancel_url=row.get_absolute_url(),
        **context,
    )


@permitted_on_object("delivery.report")
def report(request, reference, position):
    row = access_milestone(request.user, reference, position, "delivery.report")
    return _page(
        request,
        row,
        ReportForm,
        lambda form: actions.report(milestone=row, by=request.user, **form.cleaned_data),
        done="The milestone is reported. A programme officer looks at the evidence.",
        heading="Report this milestone",
        submit_label="Report as achieved",
    )


@permitted_on_object("delivery.contribute")
def forecast(request, reference, position):
    row = access_milestone(request.user, reference, position, "delivery.contribute")
    return _page(
        request,
        row,
        ForecastForm,
        lambda form: actions.forecast(milestone=row, by=request.user, **form.cleaned_data),
        done="The new date is saved. The date that was promised stays beside it.",
        heading="Give a new date",
        submit_label="Save the date",
    )


@permitted_on_object("delivery.confirm")
def confirm(request, reference, position):
    row = access_milestone(request.user, reference, position, "delivery.confirm")
    return _page(
        request,
        row,
        ConfirmForm,
        lambda form: actions.confirm(milestone=row, by=request.user, **form.cleaned_data),
        done="The milestone is confirmed.",
        heading="Confirm this milestone",
        submit_label="Confirm as achieved",
    )


@permitted_on_object("delivery.confirm")
def send_back(request, reference, position):
    row = access_milestone(request.user, reference, position, "delivery.confirm")
    return _page(
        request,
        row,
        SendBackForm,
        lambda form: actions.send_back(milestone=row, by=request.user, **form.cleaned_data),
        done="The milestone is sent back to the authority.",
        heading="Send this milestone back",
        submit_label="Send back",
    )
