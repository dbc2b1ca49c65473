"""How far scores lie apart, who was on the panel, and what it agreed."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render

from carefund.core.access import permitted_on_object
from carefund.core.errors import Refused
from carefund.core.paths import path_to
from carefund.core.permissions import allowed
from grants.bids.rules import access_bid, cases_visible_to

from .. import actions, queries
from ..forms import AgreeForm, PanelForm
from ..rules import access_call
from .sift import exports_of


@permitted_on_object("assessment.view_progress")
def moderation(request, code):
    call = access_call(request.user, code, "assessment.view_progress")
    rows, severity = queries.moderation(call, cases_visible_to(request.user))
    context = {
        "call": call,
        "page_obj": Paginator(rows, 50).get_page(request.GET.get("page")),
        "severity": severity,
        "panels": call.panels.prefetch_related("attendance__person"),
        "wide": queries.WIDE,
        "may_moderate": allowed(request.user, "assessment.assign_call", call),
        "exports": exports_of(call, "moderation", "severity", "scores", "attendance"),
    }
    return render(request, "assessment/moderation.html", context)


@permitted_on_object("assessment.assign_call")
def panel(request, code):
    call = access_call(request.user, code, "assessment.assign_call")
    people = queries.panel_people(call.programme_id)
    form = PanelForm(request.POST if request.method == "POST" else None, people=people)
    back = path_to("assessment:moderation", call.code)
    if form.is_bound and form.is_valid():
        try:
            actions.record_panel(
                call=call,
                met_on=form.cleaned_data["met_on"],
                attendance=form.attendance(),
                note=form.cleaned_data["note"],
                by=request.user,
            )
        except Refused as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, "The panel was recorded.")
            return redirect(back)
    context = {
        "form": form,
        "heading": "Record a panel",
        "caption": call.title,
        "submit_label": "Record the panel",
        "cancel_url": back,
    }
    return render(request, "layouts/form.html", context)


@permitted_on_object("assessment.moderate")
def agree(request, reference):
    bid = access_bid(request.user, reference, "assessment.moderate")
    conflicts = [row.assessor for row in queries.conflicts_of(bid)]
    form = AgreeForm(
        request.POST if request.method == "POST" else None,
        panels=bid.call.panels.all(),
        criteria=bid.call.criteria.all(),
        means=queries.means_of(bid),
        people=queries.attended(bid.call),
        aside=conflicts,
    )
    back = path_to("assessment:case", bid.reference)
    if form.is_bound and form.is_valid():
        try:
            actions.agree_score(
                bid=bid,
                panel=form.cleaned_data["panel"],
                scores=form.scores(),
                rationale=form.cleaned_data["rationale"],
                stood_aside=form.aside(),
                by=request.user,
            )
        except Refused as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, "The agreed score was recorded.")
            return redirect(back)
    context = {
        "form": form,
        "heading": "Record the agreed score",
        "caption": f"{bid.reference} · {bid.title}",
        "conflicts": conflicts,
        "code": bid.call.code,
        "submit_label": "Record the agreed score",
        "cancel_url": back,
    }
    return render(request, "assessment/agree.html", context)
