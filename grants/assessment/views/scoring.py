"""An assessor's own work: declare, read, score, hand in."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render

from carefund.core.access import permitted, permitted_on_object
from carefund.core.errors import Refused
from carefund.core.permissions import allowed, require
from carefund.questions.display import shown
from grants.bids.queries import form_of, submitted_answers
from grants.bids.uploads import documents_of

from .. import actions, queries
from ..forms import DeclareForm, ScoreForms
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
    if assignment.state == "conflicted":
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
    return render(request, "assessment/declare.html", {"assignment": assignment, "form": form})


def _forms(assignment, data=None):
    criteria = assignment.bid.call.criteria.all()
    return ScoreForms(criteria, queries.current_scores(assignment), data)


def _show(request, assignment, forms):
    bid, user = assignment.bid, request.user
    context = {
        "assignment": assignment,
        "bid": bid,
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
        "sections": shown(form_of(bid), submitted_answers(bid), notes=True),
        "files": documents_of(bid),
    }
    return render(request, "assessment/whole_bid.html", context)


def _score(request, assignment):
    require(request.user, "assessment.score", assignment)
    forms = _forms(assignment, request.POST)
    complete = forms.is_valid()
    try:
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
