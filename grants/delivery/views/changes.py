"""An authority asks for a change, first of what kind; an officer decides."""

from django.http import Http404
from django.shortcuts import redirect, render

from carefund.core.access import permitted_on_object
from carefund.core.outcomes import NothingToEnter, form_page, sent
from carefund.core.paths import path_to

from .. import actions, queries
from ..forms import ChangeForm, DecideForm, KindForm, MoneyChangeForm, amount_field
from ..models import ChangeRequest
from ..purse import grant_by_pot, pots_of, purse, rises_of
from ..rules import access_change, access_project

ASKED = "The change is requested. A programme officer decides on it."
HEADINGS = {
    "dates": "Ask for other dates",
    "money": "Ask to move money between years or kinds",
    "scope": "Ask for a change of scope",
}


def _page(request, case, form, do, *, done, heading, **context):
    return form_page(
        request,
        form,
        do=do,
        to=f"{case.get_absolute_url()}#changes",
        done=done,
        heading=heading,
        caption=str(case),
        cancel_url=case.get_absolute_url(),
        **context,
    )


def _not_now(request, project, heading, left):
    context = {"heading": heading, "left": left, "caption": str(project)}
    context["cancel_url"] = f"{project.get_absolute_url()}#changes"
    return render(request, "delivery/not_now.html", context)


@permitted_on_object("delivery.request_change")
def ask_change(request, reference):
    """Of which kind? The questions of that kind are on its own page."""
    project = access_project(request.user, reference, "delivery.request_change")
    if left := queries.no_change(project):
        return _not_now(request, project, "Ask for a change", left)
    form = sent(request, KindForm)
    if form.is_bound and form.is_valid():
        kind = form.cleaned_data["kind"]
        return redirect(path_to("delivery:ask_change_of", project.reference, kind))
    context = {
        "form": form,
        "heading": "Ask for a change",
        "caption": str(project),
        "submit_label": "Continue",
        "cancel_url": project.get_absolute_url(),
    }
    return render(request, "layouts/form.html", context)


@permitted_on_object("delivery.request_change")
def ask_change_of(request, reference, kind):
    project = access_project(request.user, reference, "delivery.request_change")
    if kind not in ChangeRequest.Kind.values:
        raise Http404
    left = queries.no_change(project, kind)
    # What was typed meanwhile stays in its form, with the refusal above it.
    if left and request.method != "POST":
        return _not_now(request, project, HEADINGS[kind], left)
    ask = _ask_money if kind == ChangeRequest.Kind.MONEY else _ask
    return ask(request, project, kind)


def _ask(request, project, kind):
    return _page(
        request,
        project,
        sent(request, ChangeForm, kind=kind),
        lambda form: actions.request_change(
            project=project, kind=kind, by=request.user, **form.cleaned_data
        ),
        done=ASKED,
        heading=HEADINGS[kind],
        submit_label="Ask for the change",
    )


def _ask_money(request, project, kind):
    form = sent(
        request,
        MoneyChangeForm,
        pots=pots_of(project),
        now=grant_by_pot(project),
        claimed=purse().claimed(project),
    )
    return _page(
        request,
        project,
        form,
        lambda form: actions.request_money_change(
            project=project, by=request.user, **form.wanted()
        ),
        done=ASKED,
        heading=HEADINGS[kind],
        at={actions.StillClaimed: lambda refused: amount_field(refused.year, refused.kind)},
        template="delivery/ask_money.html",
        project=project,
        submit_label="Ask for the change",
    )


@permitted_on_object("delivery.decide_change")
def decide_change(request, reference, pk):
    change = access_change(request.user, reference, pk, "delivery.decide_change")
    return _page(
        request,
        change.project,
        sent(request, DecideForm),
        lambda form: actions.decide_change(request=change, by=request.user, **form.cleaned_data),
        done="The decision is recorded, and the authority is told.",
        heading="Decide on this change",
        template="delivery/decide.html",
        change=change,
        rises=rises_of(change),
        submit_label="Record the decision",
    )


@permitted_on_object("delivery.request_change")
def withdraw_change(request, reference, pk):
    change = access_change(request.user, reference, pk, "delivery.request_change")
    return _page(
        request,
        change.project,
        sent(request, NothingToEnter),
        lambda form: actions.withdraw_change(request=change, by=request.user),
        done="The change is no longer asked for.",
        heading="Ask no longer for this change",
        template="layouts/confirm.html",
        consequences=["nobody decides on it", "it stays on the page of the project, as withdrawn"],
        submit_label="Withdraw the request",
    )
