"""Eligibility and assessors in a bid's case, and the progress and ranking of a call."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render

from carefund.core import sheets
from carefund.core.access import permitted_on_object
from carefund.core.errors import Refused
from carefund.core.paths import path_to
from carefund.core.permissions import allowed, require
from grants.bids.rules import access_bid, access_case, cases_visible_to
from grants.bids.views.cases import case_context

from .. import actions, queries
from ..exports import RankingSheet
from ..forms import AssignForm, EligibilityForm, ReopenForm
from ..rules import access_assignment, access_call
from .sift import exports_of


@permitted_on_object("bids.view_case")
def checks(request, reference):
    bid = access_case(request.user, reference)
    form = EligibilityForm(request.POST if request.method == "POST" else None)
    if form.is_bound:
        require(request.user, "assessment.check_eligibility", bid)
    if form.is_bound and form.is_valid():
        try:
            actions.check_eligibility(
                bid=bid,
                passed=form.cleaned_data["passed"] == "yes",
                reason=form.cleaned_data["reason"],
                by=request.user,
            )
        except Refused as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, "The decision on eligibility was recorded.")
            return redirect("assessment:checks", bid.reference)
    decided = bid.eligibility_checks.select_related("checked_by").first()
    open_now = bid.state == "submitted"
    context = {
        **case_context(request, bid, "checks"),
        "form": form,
        "decided": decided,
        "checks": queries.checkpoints(bid, decided.automatic if decided else None),
        "diligence": queries.due_diligence_of(bid),
        "fraud_found": _fraud_found(bid),
        "subsidy": queries.subsidy_test_of(bid),
        "likenesses": queries.likenesses_of(bid, cases_visible_to(request.user)),
        "may_record": allowed(request.user, "assessment.check_eligibility", bid),
        "may_decide": open_now and allowed(request.user, "assessment.check_eligibility", bid),
    }
    return render(request, "assessment/checks.html", context)


def _fraud_found(bid):
    """The questions about fraud that were answered with yes, and what was found."""
    record = queries.due_diligence_of(bid)
    given = record.fraud if record else {}
    asked = ((text, given.get(key, {})) for key, text in queries.FRAUD_QUESTIONS)
    return [(text, one["note"]) for text, one in asked if one.get("answer") == "yes"]


@permitted_on_object("assessment.view_scores")
def case(request, reference):
    bid = access_bid(request.user, reference, "assessment.view_scores")
    posted = request.POST if request.method == "POST" else None
    form = AssignForm(posted, assessors=queries.assessors_for(bid))
    if form.is_bound:
        require(request.user, "assessment.assign", bid)
    if form.is_bound and form.is_valid():
        assessor = form.cleaned_data["assessor"]
        try:
            actions.assign(bid=bid, assessor=assessor, by=request.user)
        except Refused as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, f"{assessor} was asked to assess the bid.")
            return redirect("assessment:case", bid.reference)
    assignments, rows = queries.scores_of(bid)
    open_now = bid.state in {"eligible", "in_assessment"}
    context = {
        **case_context(request, bid, "assessment"),
        "form": form,
        "assignments": assignments,
        "scoring": [a for a in assignments if a.state == "submitted"],
        "decision": queries.decision_of(bid),
        "may_moderate": bid.state == "assessed"
        and allowed(request.user, "assessment.moderate", bid),
        "rows": rows,
        "handed_in": sum(a.state == "submitted" for a in assignments),
        "may_assign": open_now and allowed(request.user, "assessment.assign", bid),
        "may_reopen": bid.state == "in_assessment"
        and allowed(request.user, "assessment.assign", bid),
    }
    return render(request, "assessment/case.html", context)


@permitted_on_object("assessment.reopen")
def reopen(request, number):
    assignment = access_assignment(request.user, number, "assessment.reopen")
    bid = access_bid(request.user, assignment.bid.reference, "assessment.view_scores")
    form = ReopenForm(request.POST if request.method == "POST" else None)
    back = path_to("assessment:case", bid.reference)
    if form.is_bound and form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            actions.reopen_scores(assignment=assignment, reason=reason, by=request.user)
        except Refused as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, f"{assignment.assessor} can change the scores.")
            return redirect(back)
    context = {
        "form": form,
        "heading": f"Reopen the scores of {assignment.assessor}",
        "caption": f"{bid.reference} · {bid.title}",
        "submit_label": "Reopen the scores",
        "cancel_url": back,
    }
    return render(request, "layouts/confirm.html", context)


def _call(user, code):
    return access_call(user, code, "assessment.view_progress")


@permitted_on_object("assessment.view_progress")
def progress(request, code):
    call = _call(request.user, code)
    bids = cases_visible_to(request.user)
    rows = queries.progress(call, bids)
    context = {
        "call": call,
        "page_obj": Paginator(rows, 50).get_page(request.GET.get("page")),
        "workload": queries.workload(call, bids),
        "exports": exports_of(call, "progress"),
    }
    return render(request, "assessment/progress.html", context)


@permitted_on_object("assessment.view_progress")
def ranking(request, code):
    call = _call(request.user, code)
    rows = queries.ranked(call, cases_visible_to(request.user))
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    context = {
        "call": call,
        "tie_rule": queries.TIE_RULE,
        "page_obj": page,
        "total": sum(row.bid.requested or 0 for row in rows),
        "exports": sheets.links(request, f"{request.path}export/"),
    }
    return render(request, "assessment/ranking.html", context)


@permitted_on_object("assessment.view_progress")
def ranking_export(request, code, kind):
    call = _call(request.user, code)
    rows = queries.ranked(call, cases_visible_to(request.user))
    return sheets.download(RankingSheet().table(rows), kind, f"ranking-{call.code}")
