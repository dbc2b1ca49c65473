"""Questions about single sections of a submitted bid, and messages to bidders."""

from urllib.parse import urlencode

from django.contrib import messages
from django.shortcuts import redirect, render

from carefund.core.access import permitted_on_object
from carefund.core.outcomes import NothingToEnter, attempt, form_page, sent
from carefund.core.paths import path_to
from carefund.questions.forms.section import Posted, SectionForm

from .. import actions, beside, queries
from ..forms import AskForm, ReplyForm, WriteForm, WriteToAllForm
from ..rules import access_bid, access_case, access_request
from ..states import CLARIFIED_IN
from ..uploads import keeper
from .calls import access_call
from .cases import case_context

MOST_DRAFTS = 20


@permitted_on_object("bids.view_own")
def clarify(request, reference, number):
    """The authority reads a question of the department and replies."""
    bid = access_bid(request.user, reference, "bids.view_own")
    permission = "bids.reply" if request.method == "POST" else "bids.view_own"
    row = access_request(request.user, bid, number, permission)
    form = queries.form_of(bid)
    part = form.section(row.section)
    if request.method == "POST":
        return _reply(request, row, form, part)
    answers = {**queries.submitted_answers(bid), **row.values}
    searched = (request.GET.get("find", ""), request.GET.get("words", ""))
    typed = SectionForm(form, part, answers, extra=request.GET.get("add", ""), find=searched)
    return _show(request, row, part, typed, ReplyForm(initial={"reply": row.reply}))


def _show(request, row, part, typed, reply):
    waits = row.is_waiting and row.bid.state in CLARIFIED_IN
    context = {
        "bid": row.bid,
        "row": row,
        "section": part,
        "form": typed,
        "reply_form": reply,
        "may_reply": waits and request.user.has_perm("bids.reply", row.bid),
        "corrections": beside.corrections_of(row, row.bid) if row.replied_at else [],
        "theirs": None,
    }
    if context["may_reply"]:
        drafts = row.bid.kept_answers.filter(question=row.drafts).select_related("saved_by")
        context["drafts"] = drafts.order_by("-pk")[:MOST_DRAFTS]
    if "seen" in request.POST:
        row.refresh_from_db(fields=["reply", "values"])
        moved = request.POST["seen"] != row.draft
        context["theirs"] = beside.drafted(row) if moved else None
    return render(request, "bids/clarify.html", context)


def _reply(request, row, form, part):
    bid = row.bid
    answers = {**queries.submitted_answers(bid), **row.values}
    posted, files = Posted.of(request.POST, request.FILES), keeper(bid, request.user)
    typed = SectionForm(form, part, answers, posted=posted, files=files)
    reply = ReplyForm(request.POST)
    told = {"request": row, "by": request.user, "seen": request.POST.get("seen")}
    if not typed.is_valid():
        return _show(request, row, part, typed, reply)
    values = typed.values()
    if step := _step(request, row, part):
        words = request.POST.get("reply", "")[: reply.fields["reply"].max_length]
        kept = attempt(
            reply,
            lambda: actions.keep_reply(reply=words, values=values, **told) or True,
        )
        return redirect(step) if kept else _show(request, row, part, typed, reply)
    if reply.is_valid():
        words = reply.cleaned_data["reply"]
        done = attempt(reply, lambda: actions.reply_to_request(reply=words, values=values, **told))
        if done:
            messages.success(request, "Your reply was sent.")
            return redirect("bids:clarify", bid.reference, row.pk)
    return _show(request, row, part, typed, reply)


def _step(request, row, part):
    """Where to go on after keeping what was typed; empty when the reply is to be sent."""
    here = path_to("bids:clarify", row.bid.reference, row.pk)
    if searched := SectionForm.searched(part, request.POST):
        return f"{here}?{urlencode(searched)}#question-{searched['find']}"
    if added := request.POST.get("add"):
        return f"{here}?{urlencode({'add': added})}#question-{added}"
    if "remove" in request.POST:
        return f"{here}#question-{request.POST['remove'].partition(':')[0]}"
    if "later" in request.POST:
        return path_to("bids:task_list", row.bid.reference)
    return ""


@permitted_on_object("bids.view_case")
def case_clarifications(request, reference):
    bid = access_case(request.user, reference)
    form = queries.form_of(bid)
    rows = bid.clarification_requests.select_related("asked_by", "replied_by").order_by("-pk")
    told = [
        {
            "row": row,
            "title": form.section(row.section).title,
            "corrections": beside.corrections_of(row, bid) if row.replied_at else [],
        }
        for row in rows
    ]
    works = request.user.has_perm("bids.work", bid)
    context = {
        **case_context(request, bid, "clarifications"),
        "requests": told,
        "works": works,
        "may_ask": works and bid.state in CLARIFIED_IN,
    }
    return render(request, "bids/manage/clarifications.html", context)


@permitted_on_object("bids.work")
def ask_to_clarify(request, reference):
    bid = access_bid(request.user, reference, "bids.work")
    back = path_to("bids:case_clarifications", bid.reference)
    return form_page(
        request,
        sent(request, AskForm, sections=queries.form_of(bid).sections),
        do=lambda form: actions.ask_to_clarify(bid=bid, by=request.user, **form.cleaned_data),
        to=back,
        done="The bidder is asked, and told by email.",
        heading="Ask about a section",
        caption=f"{bid.reference} {bid.title}",
        submit_label="Ask the bidder",
        cancel_url=back,
    )


@permitted_on_object("bids.work")
def take_back(request, reference, number):
    bid = access_bid(request.user, reference, "bids.work")
    row = access_request(request.user, bid, number, "bids.work")
    back = path_to("bids:case_clarifications", bid.reference)
    return form_page(
        request,
        sent(request, NothingToEnter),
        do=lambda form: actions.take_back_request(request=row, by=request.user) or True,
        to=back,
        done="The question is taken back. The bidder was told.",
        heading="Take the question back?",
        caption=f"{bid.reference} {bid.title}",
        submit_label="Take it back",
        cancel_url=back,
    )


@permitted_on_object("bids.work")
def write_to_bidder(request, reference):
    bid = access_bid(request.user, reference, "bids.work")
    back = path_to("bids:case", bid.reference)
    return form_page(
        request,
        sent(request, WriteForm),
        do=lambda form: (
            actions.write_to_bidder(bid=bid, text=form.cleaned_data["text"], by=request.user)
            or True
        ),
        to=back,
        done="Your message was sent.",
        heading=f"Write to {bid.organisation}",
        caption=f"{bid.reference} {bid.title}",
        submit_label="Send",
        cancel_url=back,
    )


@permitted_on_object("calls.manage")
def write_to_bidders(request, code):
    call = access_call(request.user, code, "calls.manage")
    back = path_to("bids:manage_call", code)
    return form_page(
        request,
        sent(request, WriteToAllForm),
        do=lambda form: actions.write_to_bidders(call=call, by=request.user, **form.cleaned_data),
        to=back,
        done="Your message was sent.",
        heading="Write to bidders",
        caption=call.title,
        submit_label="Send",
        cancel_url=back,
    )
