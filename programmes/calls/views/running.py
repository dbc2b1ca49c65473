"""Calls as officers move them through their life."""

from datetime import datetime, time

from carefund.core import clock
from carefund.core.access import fresh_to_send, permitted_on_object
from carefund.core.outcomes import NothingToEnter, form_page, sent
from carefund.core.paths import path_to

from .. import actions, queries
from ..forms import CopyForm, CutOffForm, ExtendForm, ReasonForm, UpdateForm
from ..rules import access_call, access_cut_off

OPENS, CLOSES = time(9), time(16)


def _page(call):
    return path_to("bids:manage_call", call.code)


def _form(request, about, form, do, **context):
    """A form about a call that goes back to its page."""
    context.setdefault("to", _page(about))
    context.setdefault("cancel_url", _page(about))
    return form_page(request, form, do=do, caption=about.title, **context)


@permitted_on_object("calls.manage")
@fresh_to_send
def announce(request, code):
    call = access_call(request.user, code, "calls.manage")
    return _form(
        request,
        call,
        sent(request, NothingToEnter),
        lambda form: actions.announce(call=call, by=request.user),
        template="calls/announce.html",
        done="The call is announced. It opens and closes by itself.",
        heading="Announce the call",
        submit_label="Announce the call",
        problems=queries.problems_with(call),
        call=call,
    )


@permitted_on_object("calls.manage")
def send_for_review(request, code):
    call = access_call(request.user, code, "calls.manage")
    return _form(
        request,
        call,
        sent(request, NothingToEnter),
        lambda form: actions.send_for_review(call=call, by=request.user),
        template="layouts/confirm.html",
        done="The call is in review.",
        heading="Send the call for review",
        consequences=["the call can be changed until it is announced"],
        submit_label="Send for review",
    )


@permitted_on_object("calls.manage")
def return_to_draft(request, code):
    call = access_call(request.user, code, "calls.manage")
    told = ["everybody reads in the update log that the announcement was withdrawn"]
    return _form(
        request,
        call,
        sent(request, ReasonForm),
        lambda form: actions.return_to_draft(
            call=call, reason=form.cleaned_data["reason"], by=request.user
        ),
        template="layouts/confirm.html",
        done="The call is a draft again.",
        heading="Return the call to draft",
        consequences=[
            "what was set aside for the call becomes free",
            *(told if call.state == "forecast" else []),
        ],
        submit_label="Return to draft",
        danger=call.state == "forecast",
    )


@permitted_on_object("calls.manage")
def archive(request, code):
    call = access_call(request.user, code, "calls.manage")
    return _form(
        request,
        call,
        sent(request, NothingToEnter),
        lambda form: actions.archive(call=call, by=request.user),
        template="layouts/confirm.html",
        done="The call is archived.",
        heading="Archive the call",
        consequences=[
            "the call can no longer be assessed or decided",
            "what is still set aside for it becomes free",
            "its page stays public",
        ],
        submit_label="Archive the call",
    )


@permitted_on_object("calls.manage")
@fresh_to_send
def extend(request, code):
    call = access_call(request.user, code, "calls.manage")
    return _form(
        request,
        call,
        sent(request, ExtendForm),
        lambda form: actions.extend(
            call=call,
            closes_at=form.moment,
            reason=form.cleaned_data["reason"],
            by=request.user,
        ),
        template="calls/extend.html",
        done="The call closes later. Everybody who began a bid is told.",
        heading="Extend the call",
        submit_label="Extend the call",
        call=call,
    )


@permitted_on_object("calls.manage")
def update(request, code):
    call = access_call(request.user, code, "calls.manage")
    return _form(
        request,
        call,
        sent(request, UpdateForm),
        lambda form: actions.add_update(call=call, text=form.cleaned_data["text"], by=request.user),
        done="The update is published. Those who follow the call are told within 15 minutes.",
        heading="Publish an update",
        submit_label="Publish",
    )


@permitted_on_object("calls.manage")
def cut_offs(request, code):
    call = access_call(request.user, code, "calls.manage")
    here = path_to("calls:cut_offs", code)
    return _form(
        request,
        call,
        sent(request, CutOffForm),
        lambda form: actions.add_cut_off(call=call, at=form.moment, by=request.user),
        template="calls/cut_offs.html",
        to=here,
        done="The cut-off is added.",
        heading="Cut-offs",
        submit_label="Add a cut-off",
        call=call,
        cut_offs=list(call.cut_offs.all()),
        now=clock.now(),
    )


@permitted_on_object("calls.manage")
def assess_cut_off(request, code, number):
    row = access_cut_off(request.user, code, number)
    here = path_to("calls:cut_offs", code)
    return _form(
        request,
        row.call,
        sent(request, NothingToEnter),
        lambda form: actions.assess_cut_off(cut_off=row, by=request.user),
        template="layouts/confirm.html",
        to=here,
        cancel_url=here,
        done="Assessment has started.",
        heading=f"Start the assessment: {str(row).lower()}",
        consequences=[
            "bids submitted before this moment can be checked and scored",
            "the call stays open for bids to the next cut-off",
        ],
        submit_label="Start assessment",
    )


@permitted_on_object("calls.manage")
def remove_cut_off(request, code, number):
    row = access_cut_off(request.user, code, number)
    here = path_to("calls:cut_offs", code)

    def remove(form):
        actions.remove_cut_off(cut_off=row, by=request.user)
        return True

    return _form(
        request,
        row.call,
        sent(request, NothingToEnter),
        remove,
        template="layouts/confirm.html",
        to=here,
        cancel_url=here,
        done="The cut-off is taken back.",
        heading=f"Take back: {str(row).lower()}",
        consequences=["bids that were meant for it belong to the next cut-off"],
        submit_label="Take back",
        danger=True,
    )


@permitted_on_object("calls.manage")
def copy(request, code):
    call = access_call(request.user, code, "calls.manage")

    def make(form):
        given = form.cleaned_data
        return actions.copy_call(
            call=call,
            code=given["code"],
            title=given["title"],
            opens_at=datetime.combine(given["opens_on"], OPENS, clock.LONDON),
            closes_at=datetime.combine(given["closes_on"], CLOSES, clock.LONDON),
            by=request.user,
        )

    return _form(
        request,
        call,
        sent(request, CopyForm, initial={"title": call.title}),
        make,
        to=_page,
        template="calls/copy.html",
        done="The copy is a draft, with the form, the criteria and the page of the first.",
        heading="Copy the call",
        submit_label="Copy the call",
    )
