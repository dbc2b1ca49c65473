"""An assessor's own work: declare, read, score, hand in."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from carefund.core import clock
from carefund.core.access import permitted, permitted_on_object
from carefund.core.errors import Refused
from carefund.core.paths import path_to
from carefund.core.permissions import allowed, require
from grants.bids.history import moment
from grants.bids.uploads import documents_of

from .. import actions, queries
from ..forms import DeclareForm, ReasonForm, ScoreForms
from ..rules import access_assignment


@permitted("assessment.work")
def own_list(request):
    rows = queries.own_work(request.user)
    context = {
        "heading": "Your assessments",
        "noun": "assessment",
        "page_obj": Paginator(rows, 50).get_page(request.GET.get("page")),
    }
    return render(request, "assessment/list.html", context)


@permitted_on_object("assessment.declare")
def detail(request, number):
    """What the page holds follows from the declaration: without one, nothing of the bid."""
    assignment = access_assignment(request.user, number, "assessment.declare")
    if assignment.state in {"conflicted", "declined"}:
        return render(request, "assessment/conflicted.html", {"assignment": assignment})
    if assignment.state == "assigned":
        return _declare(request, assignment)
    if request.method == "POST":
        return _score(request, assignment)
    return _show(request, assignment, _forms(assignment))


def _declare(request, assignment):
    form = DeclareForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            actions.declare(
                assignment=assignment,
                has_conflict=form.cleaned_data["conflict"] == "yes",
                note=form.cleaned_data["note"],
                by=request.user,
            )
        except Refused as error:
            form.add_error(None, error.message)
        else:
            return redirect("assessment:detail", assignment.pk)
    context = {"assignment": assignment, "form": form, "title": queries.title_for(assignment.bid)}
    return render(request, "assessment/declare.html", context)


def _forms(assignment, data=None):
    criteria = assignment.bid.call.criteria.all()
    standing, drafts = queries.current_scores(assignment), queries.drafts_of(assignment)
    return ScoreForms(criteria, standing, drafts, data)


def _show(request, assignment, forms):
    bid, user = assignment.bid, request.user
    context = {
        "assignment": assignment,
        "bid": bid,
        "title": queries.title_for(bid),
        "anonymous": bid.call.anonymous_assessment,
        "next": queries.next_of(user, assignment),
        "forms": forms,
        "parts": [(part, forms.of(part.criteria)) for part in queries.parts_of(bid)],
        "reads_all": allowed(user, "assessment.read_whole", assignment),
        "tells_money": queries.tells_money(bid),
        "done": len(forms.forms) - len(forms.left),
        "progress_text": f"{len(forms.forms) - len(forms.left)} of {len(forms.forms)}",
    }
    return render(request, "assessment/detail.html", context)


@permitted_on_object("assessment.read_whole")
def whole_bid(request, number):
    """Every answer and document, where the call lets its assessors read them."""
    assignment = access_assignment(request.user, number, "assessment.read_whole")
    bid = assignment.bid
    context = {
        "assignment": assignment,
        "bid": bid,
        "title": queries.title_for(bid),
        "anonymous": bid.call.anonymous_assessment,
        "sections": queries.sections_for(bid),
        "files": () if bid.call.anonymous_assessment else documents_of(bid),
    }
    return render(request, "assessment/whole_bid.html", context)


@permitted_on_object("assessment.score")
@require_POST
def keep(request, number):
    """What is typed, kept while it is written; says so in JSON."""
    assignment = access_assignment(request.user, number, "assessment.score")
    told = {"revisions": {}, "saved": "", "others": "", "warning": ""}
    forms = _forms(assignment, request.POST)
    forms.is_valid()
    typed = forms.typed()
    try:
        if typed:
            actions.keep_draft(assignment=assignment, typed=typed, by=request.user)
            told["saved"] = f"Draft saved {moment(clock.now())}"
    except Refused as error:
        told["warning"] = error.message
    return JsonResponse(told)


@permitted_on_object("assessment.declare")
def decline(request, number):
    assignment = access_assignment(request.user, number, "assessment.declare")
    label = "Why can you not assess it?"
    form = ReasonForm(request.POST if request.method == "POST" else None, label=label)
    if form.is_bound and form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            actions.decline(assignment=assignment, reason=reason, by=request.user)
        except Refused as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, "You declined. An officer will ask somebody else.")
            return redirect("assessment:list")
    context = {
        "form": form,
        "heading": "Decline to assess this bid",
        "caption": assignment.bid.reference,
        "submit_label": "Decline",
        "cancel_url": path_to("assessment:detail", assignment.pk),
    }
    return render(request, "layouts/confirm.html", context)


def _score(request, assignment):
    require(request.user, "assessment.score", assignment)
    forms = _forms(assignment, request.POST)
    complete = forms.is_valid()
    try:
        actions.keep_draft(assignment=assignment, typed=forms.typed(), by=request.user)
        actions.save_scores(assignment=assignment, given=forms.given(), by=request.user)
        if complete and "submit" in request.POST:
            actions.submit_scores(assignment=assignment, by=request.user)
    except actions.NotScored as error:
        forms.ask_for(error.criteria)
        complete = False
    except Refused as error:
        forms.refused = error.message
        complete = False
    if not complete:
        return _show(request, assignment, forms)
    handed_in = "submit" in request.POST
    messages.success(request, "Scores submitted." if handed_in else "Scores saved as a draft.")
    return redirect("assessment:detail", assignment.pk)
