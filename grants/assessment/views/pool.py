"""The pool of assessors, the proposal who assesses what, and everything as a spreadsheet."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render

from carefund.core import sheets
from carefund.core.access import permitted_on_object
from carefund.core.errors import Refused
from carefund.core.paths import path_to
from carefund.core.permissions import allowed
from grants.bids.rules import cases_visible_to

from .. import actions, queries
from ..exports import (
    AttendanceSheet,
    ModerationSheet,
    ProgressSheet,
    ScoreSheet,
    SeveritySheet,
    SiftSheet,
    SpotlightSheet,
)
from ..forms import PoolMemberForm, ProposalForm
from ..rules import access_assessor, access_call


@permitted_on_object("assessment.view_progress")
def pool(request, code):
    call = access_call(request.user, code, "assessment.view_progress")
    context = {
        "call": call,
        "rows": queries.pool_of(call.programme_id),
        "may_change": allowed(request.user, "assessment.assign_call", call),
    }
    return render(request, "assessment/pool.html", context)


@permitted_on_object("assessment.assign_call")
def assessor(request, code, number):
    call = access_call(request.user, code, "assessment.assign_call")
    person = access_assessor(call, number)
    row = next(row for row in queries.pool_of(call.programme_id) if row.person.pk == person.pk)
    themes = list(call.programme.themes.all())
    data = request.POST if request.method == "POST" else None
    form = PoolMemberForm(data, member=row.member, themes=themes, most=row.most)
    back = path_to("assessment:pool", call.code)
    if form.is_bound and form.is_valid():
        fields = dict(form.cleaned_data)
        chosen = [theme for theme in themes if str(theme.pk) in fields.pop("themes")]
        try:
            actions.describe_assessor(
                programme=call.programme,
                assessor=person,
                fields=fields,
                themes=chosen,
                by=request.user,
            )
        except Refused as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, f"What {person} knows and can take on was recorded.")
            return redirect(back)
    context = {"form": form, "heading": str(person), "caption": call.title, "cancel_url": back}
    return render(request, "layouts/form.html", context)


@permitted_on_object("assessment.assign_call")
def propose(request, code):
    """The proposal, which the officer changes and confirms."""
    call = access_call(request.user, code, "assessment.assign_call")
    rows = queries.proposal(call, cases_visible_to(request.user))
    form = ProposalForm(request.POST if request.method == "POST" else None, rows=rows)
    if form.is_bound and form.is_valid():
        try:
            given = actions.give_out(
                call=call,
                given=form.given(),
                due_on=form.cleaned_data["due_on"],
                by=request.user,
            )
        except Refused as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, f"{len(given)} invitations to assess were sent.")
            return redirect("assessment:progress", call.code)
    context = {"call": call, "form": form, "places": form.bound_places()}
    return render(request, "assessment/proposal.html", context)


def _sheet(user, call, what):
    bids = cases_visible_to(user)
    if what == "sift":
        return SiftSheet(), queries.sift_of(call, bids)
    if what == "spotlight":
        return SpotlightSheet(), queries.records_of(call, bids)
    if what == "progress":
        return ProgressSheet(), queries.progress(call, bids)
    if what == "scores":
        return ScoreSheet(), queries.all_scores(user, call, bids)
    if what == "attendance":
        return AttendanceSheet(), queries.attendance_of(call)
    if what in {"moderation", "severity"}:
        moderated, severity = queries.moderation(call, bids)
        return (
            (ModerationSheet(), moderated) if what == "moderation" else (SeveritySheet(), severity)
        )
    raise Http404


@permitted_on_object("assessment.view_progress")
def export(request, code, what, kind):
    call = access_call(request.user, code, "assessment.view_progress")
    sheet, rows = _sheet(request.user, call, what)
    return sheets.download(sheet.table(rows), kind, f"{what}-{call.code}")
