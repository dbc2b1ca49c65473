"""Questions about a call: asked by people, answered by officers."""

from carefund.core.access import permitted_on_object, signed_in
from carefund.core.listing import Column, list_page
from carefund.core.outcomes import form_page, sent
from carefund.core.paths import path_to

from .. import actions
from ..forms import AnswerForm, AskForm
from ..queries import public_path
from ..rules import access_call, access_clarification, access_public_call

SHOWN = 120
COLUMNS = [
    Column(
        "Question",
        lambda row: row.asked if len(row.asked) <= SHOWN else f"{row.asked[: SHOWN - 1]}…",
        href=lambda row: path_to("calls:clarification", row.call.code, row.pk),
    ),
    Column("Asked", lambda row: row.asked_at, "instant", "asked", ("asked_at",)),
    Column("By", lambda row: row.asked_by or "Not known"),
    Column("State", lambda row: row.status, "state", "state", ("state",)),
]


@signed_in
def ask(request, code):
    """What a person asks is theirs and the department's; below are their earlier questions."""
    call = access_public_call(code)
    form = sent(request, AskForm) if call.takes_questions else None
    context = {
        "call": call,
        "heading": "Ask a question",
        "own": call.clarifications.filter(asked_by=request.user).order_by("-pk"),
        "public": public_path(call),
    }
    if form is None:
        context["over"] = True
        form = AskForm()
    return form_page(
        request,
        form,
        do=lambda given: actions.ask(call=call, text=given.cleaned_data["text"], by=request.user),
        to=request.path,
        done="Your question is sent. We write to you when it is answered.",
        template="calls/ask.html",
        submit_label="Send the question",
        **context,
    )


@permitted_on_object("calls.read_answers")
def clarifications(request, code):
    call = access_call(request.user, code, "calls.read_answers")
    rows = call.clarifications.select_related("asked_by", "call")
    return list_page(
        request,
        rows.order_by("-asked_at", "-pk"),
        COLUMNS,
        heading="Questions about the call",
        noun="question",
        lead=call.title,
        empty_title="Nobody has asked",
        empty_text="Questions stand here as they were asked. The public sees what is published.",
    )


@permitted_on_object("calls.read_answers")
def clarification(request, code, number):
    row = access_clarification(request.user, code, number, "calls.read_answers")
    back = path_to("calls:clarifications", code)
    may_answer = request.user.has_perm("calls.answer", row) and row.state != "published"
    if request.method == "POST":
        access_clarification(request.user, code, number, "calls.answer")
    start = {"question": row.question or row.asked, "answer": row.answer, "to": "all"}
    return form_page(
        request,
        sent(request, AnswerForm, initial=start),
        do=lambda form: _answer(row, form.cleaned_data, request.user),
        to=back,
        done="The answer is sent.",
        template="calls/clarification.html",
        heading="Question about the call",
        caption=row.call.title,
        submit_label="Send the answer",
        row=row,
        may_answer=may_answer,
    )


def _answer(row, given, by):
    if given["to"] == "all":
        return actions.publish_answer(
            clarification=row, question=given["question"], answer=given["answer"], by=by
        )
    return actions.answer_privately(clarification=row, answer=given["answer"], by=by)
