"""Calls as officers run them: dates, numbers of bids, what to do next."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from carefund.audit.queries import timeline
from carefund.core.access import permitted, permitted_on_object
from carefund.core.errors import Refused
from carefund.core.outcomes import NothingToEnter, form_page, sent
from carefund.core.paths import path_to
from carefund.core.permissions import allowed
from programmes.calls import actions
from programmes.calls.models import Call
from programmes.calls.queries import problems_with, read_by_assessors, reserved_for, steps_of
from programmes.calls.rules import READERS, access_call, managed_by
from programmes.funds.queries import programmes_for
from programmes.standards.queries import demands_of

from .. import actions as bids
from .. import queries
from ..forms import CallFilter
from ..states import BID

# How many of the bids received last the page of a call names.
LATEST = 5


@permitted("calls.view")
def call_list(request):
    form = CallFilter(request.GET, programmes=programmes_for(request.user, *READERS))
    found = queries.calls_in_phase(managed_by(request.user).filter(**form.wanted), form.phase)
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
    manages = allowed(request.user, "calls.manage", row)
    context = {
        "call": row,
        **_arrived(request, row),
        "states": [(BID.states[key], counts[key]) for key in BID.states if key in counts],
        "criteria": row.criteria.all(),
        "read_by_assessors": read_by_assessors(row),
        "lines": row.budget_lines.all(),
        "updates": row.updates.all()[:10],
        "manages": manages,
        "steps": steps_of(row) if manages else [],
        "may_extend": manages and row.is_open,
        "prepared": row.state in {"draft", "in_review"},
        "problems": problems_with(row) if row.state in {"draft", "in_review"} else [],
        "waiting": row.clarifications.filter(state="asked").count(),
        "cut_offs": queries.turns_of(row),
        "invitations": row.invitations.select_related("organisation").order_by("organisation"),
        "followed_by": row.followed_by.order_by("pk"),
        "page": f"/calls/{row.code}/",
        "demands": demands_of(row),
    }
    context["entries"] = timeline(row, to=request.user)
    return render(request, "bids/manage/call.html", context)


@permitted_on_object("calls.view")
def arrivals(request, code):
    """The part of the call's page that its script asks for again and again."""
    row = access_call(request.user, code, "calls.view")
    return render(request, "bids/manage/_arrivals.html", {"call": row, **_arrived(request, row)})


def _arrived(request, row):
    numbers = queries.calls_with_numbers(Call.objects.filter(pk=row.pk)).get()
    reads = allowed(request.user, "funds.work_cases", row.programme)
    return {
        "numbers": numbers,
        "reserved": reserved_for(row),
        "reads_cases": reads,
        "arrivals": queries.arrivals(row, LATEST) if reads else [],
    }


@permitted_on_object("calls.manage")
def invite_winners(request, code):
    """Who was funded in the first phase may bid to this one."""
    row = access_call(request.user, code, "calls.manage")
    here = path_to("bids:manage_call", code)
    winners = list(queries.awarded_organisations(row.follows)) if row.follows else []
    return form_page(
        request,
        sent(request, NothingToEnter),
        do=lambda form: bids.invite_winners(call=row, by=request.user) or True,
        to=here,
        done="The organisations are invited, and told.",
        template="bids/manage/invite.html",
        heading="Invite who was funded in the first phase",
        caption=row.title,
        call=row,
        winners=winners,
        submit_label="Invite them",
        cancel_url=here,
    )


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
