"""Read as a whole, certify, submit, receipt; or withdraw."""

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import redirect, render

from carefund.core.access import permitted_on_object
from carefund.core.errors import Refused
from carefund.core.outcomes import form_page, sent
from carefund.core.paths import path_to
from carefund.questions.display import shown

from .. import actions, queries
from ..actions.submitting import DECLARATION
from ..forms import CertifyForm, ReturnForm, StepForm, WithdrawForm
from ..rules import access_bid, access_to_write, steps_for


@permitted_on_object("bids.view_own")
def check(request, reference):
    bid = access_bid(request.user, reference, "bids.view_own")
    steps = steps_for(request.user, bid)
    context = {"bid": bid, "steps": steps, **_whole(bid, editable=steps["edit"])}
    return render(request, "bids/check.html", context)


def _whole(bid, *, editable):
    """The whole bid to read: as submitted, or as it stands with what is missing in it."""
    is_draft = bid.state in {"draft", "awaiting_certificate", "certified"}
    answers = queries.answers_of(bid) if is_draft else queries.submitted_answers(bid)

    def link(section, question):
        page = path_to("bids:section", bid.reference, section.key)
        return f"{page}#question-{question.key}"

    form = queries.form_of(bid)
    parts = shown(form, answers, link=link if editable else None, problems=is_draft)
    return {"sections": parts, "missing": queries.problems_of(bid) if is_draft else []}


@permitted_on_object("bids.prepare")
def ask(request, reference):
    """Pass the finished bid to the certifiers."""
    bid = access_bid(request.user, reference, "bids.prepare")
    form = StepForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            actions.ask_for_certificate(bid=bid, by=request.user)
        except Refused as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, "The finance certifiers of your organisation were asked.")
            return redirect("bids:task_list", bid.reference)
    context = {"bid": bid, "form": form, **_whole(bid, editable=True)}
    return render(request, "bids/ask.html", context)


@permitted_on_object("bids.certify")
def certify(request, reference):
    bid = access_bid(request.user, reference, "bids.certify")
    returning = "return" in request.POST
    posted = request.POST if request.method == "POST" else None
    form = CertifyForm(None if returning else posted)
    sections = queries.form_of(bid).sections
    return_form = ReturnForm(posted if returning else None, sections=sections)
    used = return_form if returning else form
    if used.is_bound and used.is_valid():
        try:
            if returning:
                reason = return_form.cleaned_data["reason"]
                actions.return_to_author(
                    bid=bid, reason=reason, sections=return_form.sections, by=request.user
                )
                messages.success(request, "The bid was returned to its authors.")
            else:
                actions.certify(bid=bid, by=request.user)
                messages.success(request, "The bid is certified and can be submitted.")
        except Refused as error:
            used.add_error(None, error.message)
        else:
            return redirect("bids:task_list", bid.reference)
    context = {
        "bid": bid,
        "form": form,
        "return_form": return_form,
        "declaration": DECLARATION,
        "unconfirmed": bid.partners.exclude(answer="confirmed").count(),
        "steps": steps_for(request.user, bid),
        **_whole(bid, editable=False),
    }
    return render(request, "bids/certify.html", context)


@permitted_on_object("bids.submit")
def submit(request, reference):
    door = access_to_write if request.method == "POST" else access_bid
    bid = door(request.user, reference, "bids.submit")
    if request.method != "POST":
        return _before_submitting(request, bid, StepForm())
    form = StepForm(request.POST)
    form.is_valid()
    try:
        actions.submit(bid=bid, by=request.user)
    except actions.CallClosed:
        return _closed(request, bid)
    except Refused as error:
        form.add_error(None, error.message)
        return _before_submitting(request, bid, form)
    return HttpResponseRedirect(path_to("bids:receipt", bid.reference))


def _before_submitting(request, bid, form):
    if bid.state != "certified" and bid.submissions.exists() and not form.is_bound:
        return redirect("bids:receipt", bid.reference)
    if not queries.takes(bid):
        return _closed(request, bid)
    context = {"bid": bid, "form": form, "steps": steps_for(request.user, bid)}
    return render(request, "bids/submit.html", context)


def _closed(request, bid):
    return render(request, "bids/closed.html", {"bid": bid}, status=409)


@permitted_on_object("bids.view_own")
def receipt(request, reference):
    bid = access_bid(request.user, reference, "bids.view_own")
    submission = bid.submissions.select_related("submitted_by").order_by("-number").first()
    if submission is None:
        raise Http404
    context = {
        "bid": bid,
        "submission": submission,
        "heading": "Bid submitted",
        "reference": bid.reference,
    }
    return render(request, "bids/receipt.html", context)


@permitted_on_object("bids.withdraw")
def withdraw(request, reference):
    bid = access_bid(request.user, reference, "bids.withdraw")
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            actions.withdraw(bid=bid, reason=form.cleaned_data["reason"], by=request.user)
        except Refused as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, f"Bid {bid.reference} was withdrawn.")
            return redirect("bids:task_list", bid.reference)
    consequences = [
        "The bid is not assessed.",
        "It stays in your list, and nothing in it is lost.",
        "Until the call closes you can take it up again, have it certified and submit it.",
    ]
    context = {
        "bid": bid,
        "form": form,
        "heading": f"Withdraw bid {bid.reference}",
        "consequences": consequences,
        "danger": True,
        "submit_label": "Withdraw this bid",
        "cancel_url": path_to("bids:task_list", bid.reference),
    }
    return render(request, "bids/step.html", context)


@permitted_on_object("bids.prepare")
def reopen(request, reference):
    bid = access_bid(request.user, reference, "bids.prepare")
    form = StepForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            actions.reopen(bid=bid, by=request.user)
        except Refused as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, "The bid is a draft again.")
            return redirect("bids:task_list", bid.reference)
    context = {
        "bid": bid,
        "form": form,
        "heading": f"Reopen bid {bid.reference}",
        "consequences": [
            "The answers can be changed again.",
            "A certificate that was given lapses, and the bid must be certified again.",
        ],
        "submit_label": "Reopen this bid",
        "cancel_url": path_to("bids:task_list", bid.reference),
    }
    return render(request, "bids/step.html", context)


@permitted_on_object("bids.prepare")
def resume(request, reference):
    """Go on with a bid that was withdrawn."""
    bid = access_bid(request.user, reference, "bids.prepare")
    back = path_to("bids:task_list", bid.reference)
    return form_page(
        request,
        sent(request, StepForm),
        do=lambda form: actions.resume(bid=bid, by=request.user),
        to=back,
        done="The bid is a draft again. Have it certified and submit it before the call closes.",
        template="bids/step.html",
        bid=bid,
        heading=f"Take up bid {bid.reference} again",
        consequences=[
            "The bid is a draft with all its answers.",
            "It must be certified and submitted again before the call closes.",
            "What was submitted before stays in the history.",
        ],
        submit_label="Take it up again",
        cancel_url=back,
    )
