"""Calls as officers run them: dates, numbers of bids, what to do next."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from carefund.audit.queries import timeline
from carefund.core.access import permitted, permitted_on_object
from carefund.core.errors import Refused
from carefund.core.permissions import allowed, require
from programmes.calls import actions
from programmes.calls.models import Call
from programmes.calls.rules import READERS
from programmes.funds.queries import programmes_for

from .. import queries
from ..forms import CallFilter
from ..states import BID


def _calls(user):
    return Call.objects.filter(programme__in=programmes_for(user, *READERS))


def access_call(user, code, permission):
    """The call, for those who work on its programme; unseen is 404."""
    call = get_object_or_404(_calls(user).select_related("programme"), code=code)
    require(user, permission, call)
    return call


@permitted("calls.view")
def call_list(request):
    form = CallFilter(request.GET, programmes=programmes_for(request.user, *READERS))
    found = _calls(request.user).filter(**form.wanted)
    rows = queries.calls_with_numbers(found).order_by("-opens_at", "pk")
    context = {
        "heading": "Calls",
        "noun": "call",
        "filter_form": form,
        "page_obj": Paginator(rows, 50).get_page(request.GET.get("page")),
    }
    return render(request, "bids/manage/calls.html", context)


@permitted_on_object("calls.view")
def call(request, code):
    row = access_call(request.user, code, "calls.view")
    counts = queries.states_of(row)
    context = {
        "call": row,
        "numbers": queries.calls_with_numbers(Call.objects.filter(pk=row.pk)).get(),
        "states": [(BID.states[key], counts[key]) for key in BID.states if key in counts],
        "criteria": row.criteria.all(),
        "lines": row.budget_lines.all(),
        "updates": row.updates.all()[:10],
        "reads_cases": allowed(request.user, "funds.work_cases", row.programme),
        "may_start_assessment": row.phase.value == "closed"
        and allowed(request.user, "calls.manage", row),
    }
    context["entries"] = timeline(row, to=request.user)
    return render(request, "bids/manage/call.html", context)


@permitted_on_object("calls.manage")
@require_POST
def start_assessment(request, code):
    row = access_call(request.user, code, "calls.manage")
    try:
        actions.start_assessment(call=row, by=request.user)
    except Refused as error:
        messages.error(request, error.message)
    else:
        messages.success(request, "Assessment has started.")
    return redirect("bids:manage_call", code)
