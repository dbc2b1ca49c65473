"""What officers find before a bid is assessed, bid by bid and for a whole call."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from carefund.core.access import permitted_on_object
from carefund.core.errors import Refused
from carefund.core.paths import path_to
from carefund.core.permissions import allowed
from grants.bids.rules import access_bid, cases_visible_to

from .. import actions, queries
from ..forms import DueDiligenceForm, LikenessForm, ReasonForm, SubsidyForm
from ..rules import access_call, access_likeness


@permitted_on_object("assessment.view_progress")
def queue(request, code):
    call = access_call(request.user, code, "assessment.view_progress")
    rows = queries.sift_of(call, cases_visible_to(request.user))
    context = {
        "call": call,
        "page_obj": Paginator(rows, 50).get_page(request.GET.get("page")),
        "may_look": allowed(request.user, "assessment.assign_call", call),
        "exports": exports_of(call, "sift", "spotlight"),
    }
    return render(request, "assessment/sift.html", context)


def exports_of(call, *names):
    words = {
        "sift": "Sift",
        "spotlight": "Records for Spotlight",
        "progress": "Progress",
        "moderation": "Moderation",
        "severity": "Assessors",
        "scores": "All scores",
        "attendance": "Attendance",
    }
    return [
        {
            "label": f"{words[name]} ({kind.upper()})",
            "href": path_to("assessment:export", call.code, name, kind),
        }
        for name in names
        for kind in ("csv", "xlsx")
    ]


@permitted_on_object("assessment.assign_call")
@require_POST
def look(request, code):
    call = access_call(request.user, code, "assessment.assign_call")
    new = actions.look_for_likeness(call=call, by=request.user)
    messages.success(request, f"Compared all bids: {new} new pair{'s' if new != 1 else ''} found.")
    return redirect("assessment:sift", call.code)


def _form_page(request, bid, form, heading, run, **lead):
    """A form about a bid that leads back to its checks."""
    back = path_to("assessment:checks", bid.reference)
    if form.is_bound and form.is_valid():
        try:
            run()
        except Refused as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, "Recorded.")
            return redirect(back)
    context = {
        "bid": bid,
        "form": form,
        "heading": heading,
        "caption": f"{bid.reference} · {bid.organisation}",
        "submit_label": "Record",
        "cancel_url": back,
        **lead,
    }
    return render(request, "assessment/record.html", context)


@permitted_on_object("assessment.check_eligibility")
def override(request, reference, key):
    bid = access_bid(request.user, reference, "assessment.check_eligibility")
    found = {row.key: row for row in queries.checkpoints(bid)}.get(key)
    if found is None:
        raise Http404
    label = "Why is the bid accepted all the same?"
    form = ReasonForm(request.POST if request.method == "POST" else None, label=label)
    return _form_page(
        request,
        bid,
        form,
        f"Accept although it failed: {found.check}",
        lambda: actions.override_check(
            bid=bid, key=key, reason=form.cleaned_data["reason"], by=request.user
        ),
        evidence=found.evidence,
    )


@permitted_on_object("assessment.check_eligibility")
def due_diligence(request, reference):
    bid = access_bid(request.user, reference, "assessment.check_eligibility")
    last = queries.due_diligence_of(bid)
    form = DueDiligenceForm(
        request.POST if request.method == "POST" else None,
        instance=last,
        initial=None if last else queries.spotlight_fields(bid),
        fraud=last.fraud if last else None,
    )
    return _form_page(
        request,
        bid,
        form,
        "Due diligence and risk of fraud",
        lambda: actions.record_due_diligence(
            bid=bid, fields=form.record_fields(), fraud=form.fraud(), by=request.user
        ),
    )


@permitted_on_object("assessment.check_eligibility")
def subsidy(request, reference):
    bid = access_bid(request.user, reference, "assessment.check_eligibility")
    last, known = queries.subsidy_test_of(bid), queries.assistance_of(bid)
    names = ("finding", "earlier", "decided_on", "entered_on", "note")
    initial = {name: getattr(last, name) for name in names} if last else {"earlier": known.awarded}
    form = SubsidyForm(request.POST if request.method == "POST" else None, initial=initial)
    return _form_page(
        request,
        bid,
        form,
        "Subsidy control",
        lambda: actions.record_subsidy_test(bid=bid, by=request.user, **form.cleaned_data),
        known=known,
    )


@permitted_on_object("assessment.check_eligibility")
def likeness(request, reference, number):
    bid = access_bid(request.user, reference, "assessment.check_eligibility")
    found = access_likeness(request.user, bid, number)
    data = request.POST if request.method == "POST" else None
    form = LikenessForm(data, initial={"finding": found.finding, "note": found.note})
    return _form_page(
        request,
        bid,
        form,
        "Two bids that look alike",
        lambda: actions.note_likeness(likeness=found, by=request.user, **form.cleaned_data),
        likeness=found,
    )
