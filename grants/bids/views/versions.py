"""The form of a call and what became of it: for the bidder, and for the officer."""

from django.http import Http404
from django.shortcuts import render

from carefund.core import sheets
from carefund.core.access import permitted_on_object
from carefund.core.permissions import allowed, require
from carefund.questions.forms.section import empty_form

from .. import forms_read
from ..exports import answers_table
from ..queries import form_of
from ..rules import access_bid, cases_visible_to
from .calls import access_call


@permitted_on_object("bids.view_own")
def form_changes(request, reference):
    bid = access_bid(request.user, reference, "bids.view_own")
    context = {
        "bid": bid,
        "corrections": forms_read.corrections_of(bid),
        "set_aside": forms_read.set_aside_of(bid),
        "form": form_of(bid),
    }
    return render(request, "bids/form_changes.html", context)


@permitted_on_object("calls.view")
def call_form(request, code):
    """Every version with its difference, and the questions as they stand now."""
    call = access_call(request.user, code, "calls.view")
    versions = forms_read.versions_of(call)
    context = {
        "call": call,
        "versions": versions,
        "form": forms_read.read_form(versions[0].form, call) if versions else None,
        "exports": _exports(request, call),
    }
    return render(request, "bids/manage/form.html", context)


@permitted_on_object("calls.view")
def as_bidder(request, code):
    """The form as it stands, to be tried; nothing is saved."""
    call = access_call(request.user, code, "calls.view")
    latest = call.forms.order_by("-version").first()
    if latest is None:
        raise Http404
    form = forms_read.read_form(latest, call)
    context = {"call": call, **empty_form(form)}
    return render(request, "bids/manage/form_as_bidder.html", context)


def _exports(request, call):
    if not allowed(request.user, "funds.work_cases", call.programme):
        return []
    return sheets.links(request, f"{request.path}answers/")


@permitted_on_object("funds.work_cases")
def export_answers(request, code, kind):
    """The submitted answers to the latest form of a call, one line for each bid."""
    call = access_call(request.user, code, "calls.view")
    require(request.user, "funds.work_cases", call.programme)
    bids = cases_visible_to(request.user).filter(call=call).order_by("reference")
    return sheets.download(answers_table(call, bids), kind, f"answers-{call.code}")
