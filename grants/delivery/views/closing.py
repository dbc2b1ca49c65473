"""An officer pauses a project, lets it go on, completes it or ends it early."""

from django.shortcuts import render

from carefund.core.access import permitted_on_object
from carefund.core.formats import money
from carefund.core.outcomes import NothingToEnter, form_page, sent

from .. import actions, queries
from ..forms import ClosingForm, ReasonForm
from ..purse import purse
from ..rules import access_project


def _page(request, project, form, do, *, done, left, **context):
    """The form; where something is `left` that stands in the way, that instead."""
    context |= {"caption": str(project), "cancel_url": project.get_absolute_url()}
    if left:
        return render(request, "delivery/not_now.html", {**context, "left": left})
    return form_page(
        request,
        form,
        do=do,
        to=project.get_absolute_url(),
        done=done,
        template="layouts/confirm.html",
        **context,
    )


@permitted_on_object("delivery.close")
def pause(request, reference):
    row = access_project(request.user, reference, "delivery.close")
    return _page(
        request,
        row,
        sent(request, ReasonForm, label="Why is the project paused?"),
        lambda form: actions.pause(project=row, by=request.user, **form.cleaned_data),
        done="The project is paused. Its authority is told.",
        left=queries.barred(row.state, "pause"),
        heading="Pause this project",
        consequences=[
            "no claim is made, approved or paid until you resume the project",
            "no milestone or return falls due meanwhile",
            "its authority is told, with your reason, and can ask for a change",
        ],
        submit_label="Pause the project",
    )


@permitted_on_object("delivery.close")
def resume(request, reference):
    row = access_project(request.user, reference, "delivery.close")
    return _page(
        request,
        row,
        sent(request, ReasonForm, label="Why does the project go on?"),
        lambda form: actions.resume(project=row, by=request.user, **form.cleaned_data),
        done="The project is in delivery again. Its authority is told.",
        left=queries.barred(row.state, "resume"),
        heading="Resume this project",
        consequences=[
            "claims are made, approved and paid again",
            "milestones and returns fall due on their dates, also those that have passed meanwhile",
            "its authority is told, with your reason",
        ],
        submit_label="Resume the project",
    )


def _goes_back(closing):
    """What the page says of the money before anybody confirms."""
    said = ["nothing of the grant goes back to the budget: all of it is claimed"]
    if closing.rest:
        rest = money(closing.rest)
        said = [f"{rest} that is not claimed goes back to the budget and can no longer be claimed"]
    if closing.recovered:
        said.append(f"{money(closing.recovered)} that was recovered is free on the budget again")
    return said


def _becomes_of_claims(closing):
    said = []
    if closing.approved:
        said.append("claims that are approved are still paid")
    if closing.unsent:
        said.append("claims that the authority has not submitted are withdrawn")
    return said


@permitted_on_object("delivery.close")
def complete(request, reference):
    row = access_project(request.user, reference, "delivery.close")
    closing = purse().closing(row, early=False)
    asked = {
        "label": "How do you know that the authority has made its last claim?",
        "hint": "If you are not sure, ask the authority before you complete the project",
        "rest": closing.rest,
    }
    form = sent(request, ClosingForm, **asked) if closing.rest else sent(request, NothingToEnter)
    return _page(
        request,
        row,
        form,
        lambda form: actions.complete(project=row, by=request.user, **form.cleaned_data),
        done="The project is completed. Its authority is told.",
        heading="Complete this project",
        left=queries.barred(row.state, "complete") or queries.left_to_complete(row),
        consequences=[
            *_goes_back(closing),
            *(["claims already made go on as before"] if closing.under_way else []),
            "the project no longer counts as in delivery, and its authority is told",
            "benefits are still measured",
        ],
        submit_label="Complete the project",
    )


@permitted_on_object("delivery.close")
def end_early(request, reference):
    row = access_project(request.user, reference, "delivery.close")
    closing = purse().closing(row, early=True)
    asked = {"label": "Why does the project end early?", "rest": closing.rest}
    return _page(
        request,
        row,
        sent(request, ClosingForm, **asked),
        lambda form: actions.end_early(project=row, by=request.user, **form.cleaned_data),
        done="The project has ended. Its authority is told.",
        heading="End this project early",
        left=queries.barred(row.state, "terminate") or queries.left_to_end(row, closing.undecided),
        consequences=[
            *_goes_back(closing),
            *_becomes_of_claims(closing),
            "its milestones and returns are no longer asked for",
            "its authority is told, with your reason",
            "the project cannot be started again",
        ],
        danger=True,
        submit_label="End the project early",
    )
