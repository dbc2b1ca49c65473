"""An organisation assesses itself: the list, one measure a page, submit."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from carefund.audit.queries import timeline
from carefund.core.access import permitted_on_object
from carefund.core.errors import Refused
from carefund.core.outcomes import NothingToEnter, attempt, form_page, sent
from carefund.core.paths import path_to
from carefund.files.checks import UploadRefused

from .. import actions, queries
from ..forms import AnswerForm
from ..models import Standard
from ..rules import access_assessment, access_evidence, access_measure, access_own

DONE = {"text": "Answered"}
NOT_DONE = {"tag": {"text": "Not started", "classes": "govuk-tag--grey"}}
MISSING = {"tag": {"text": "Evidence missing", "classes": "govuk-tag--yellow"}}


@permitted_on_object("standards.view_own")
@require_safe
def own(request, pk):
    """The standards, what the organisation submitted of each, and what is in progress."""
    organisation = access_own(request.user, pk)
    context = {
        "organisation": organisation,
        "standards": queries.state_of(organisation),
        "history": queries.history_of(organisation),
        "asked": queries.assesses_itself(organisation),
        "may_assess": request.user.has_perm("standards.assess", organisation),
    }
    return render(request, "standards/own.html", context)


@permitted_on_object("standards.assess")
@require_POST
def start(request, pk, code):
    organisation = access_own(request.user, pk, "standards.assess")
    standard = get_object_or_404(Standard.objects.newest(), code=code)
    try:
        row = actions.start(organisation=organisation, standard=standard, by=request.user)
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect("standards:own", pk)
    return redirect(row)


@permitted_on_object("standards.view")
@require_safe
def self_assessment(request, pk):
    """The task list of a draft; a submitted one as it was submitted."""
    row = access_assessment(request.user, pk)
    parts, ours = queries.parts_of(row), request.user.has_perm("standards.view_own", row)
    context = {
        "assessment": row,
        "parts": parts,
        "ready": not any(part.problem for part in parts),
        "own": ours,
        "newer": queries.newer_than(row.standard) if row.state == "draft" else None,
        # How it came about is told to those whose it is.
        "entries": timeline(row, to=request.user) if ours else [],
    }
    if row.state == "draft":
        editable = request.user.has_perm("standards.assess", row)
        context |= {
            "heading": row.standard.name,
            "caption": row.organisation,
            "editable": editable,
            "groups": [{"heading": "Measures", "items": [_item(row, p, editable) for p in parts]}],
        }
    name = "draft" if row.state == "draft" else "submitted"
    return render(request, f"standards/{name}.html", context)


def _item(row, part, editable):
    said = [f"Level {part.answer.level.level}: {part.answer.level.name}" if part.answer else ""]
    said += [f"last time level {part.before.level}" if part.before else ""]
    hint = ", ".join(filter(None, said))
    item = {
        "title": {"text": str(part.measure)},
        "status": NOT_DONE if part.answer is None else MISSING if part.problem else DONE,
        "hint": {"text": hint[:1].upper() + hint[1:]} if hint else None,
    }
    if editable:
        item["href"] = path_to("standards:answer", row.pk, part.measure.number)
    return item


@permitted_on_object("standards.assess")
def answer(request, pk, number):
    row, measure = access_measure(request.user, pk, number)
    part = next(p for p in queries.parts_of(row) if p.measure == measure)
    form = sent(request, AnswerForm, measure=measure, answer=part.answer)
    if form.is_bound and form.is_valid():
        places = {UploadRefused: "file", actions.Changed: form.seen_again}
        saved = attempt(
            form,
            lambda: actions.save_answer(
                assessment=row, measure=measure, by=request.user, **form.given
            ),
            places,
        )
        if saved is not None:
            return redirect(_next(row, measure))
    context = {
        "form": form,
        "part": part,
        "assessment": row,
        "heading": str(measure),
        "caption": f"{row.standard.name}, {row.organisation}",
        "cancel_url": row.get_absolute_url(),
    }
    return render(request, "standards/answer.html", context)


@permitted_on_object("standards.assess")
def remove_file(request, pk, number, file):
    row, measure, stored = access_evidence(request.user, pk, number, file)
    here = path_to("standards:answer", pk, number)

    def do(form):
        actions.remove_evidence(assessment=row, file=stored, by=request.user)
        return True

    return form_page(
        request,
        sent(request, NothingToEnter),
        do=do,
        to=here,
        done="The file is removed.",
        template="layouts/confirm.html",
        heading=f"Remove {stored.name}",
        caption=f"{measure}, {row.organisation}",
        consequences=[
            "the file is deleted, and nobody can open it again",
            "the history of the self-assessment says who removed it",
        ],
        danger=True,
        submit_label="Remove the file",
        cancel_url=here,
    )


def _next(row, measure):
    """On to the next measure that is not ready, back to the list when all are."""
    waiting = [p.measure for p in queries.parts_of(row) if p.problem and p.measure != measure]
    after = [m for m in waiting if m.number > measure.number]
    if after:
        return path_to("standards:answer", row.pk, after[0].number)
    return row.get_absolute_url()


@permitted_on_object("standards.assess")
def submit(request, pk):
    row = access_assessment(request.user, pk, "standards.assess")
    parts = queries.parts_of(row)
    return form_page(
        request,
        sent(request, NothingToEnter),
        do=lambda form: actions.submit(assessment=row, by=request.user),
        to=path_to("dashboards:profile", row.organisation_id, row.standard.code),
        done="The self-assessment is submitted.",
        template="standards/submit.html",
        heading="Submit the self-assessment",
        caption=str(row),
        assessment=row,
        parts=parts,
        ready=not any(part.problem for part in parts),
        submit_label="Submit",
        cancel_url=row.get_absolute_url(),
    )


@permitted_on_object("standards.assess")
def discard(request, pk):
    row = access_assessment(request.user, pk, "standards.assess")
    return form_page(
        request,
        sent(request, NothingToEnter),
        do=lambda form: actions.discard(assessment=row, by=request.user),
        to=path_to("standards:own", row.organisation_id),
        done="The self-assessment is discarded.",
        template="layouts/confirm.html",
        heading="Discard the self-assessment",
        caption=str(row),
        consequences=[
            "its answers count nowhere, and nobody can go on with it",
            "what was submitted before stays as it is",
        ],
        danger=True,
        submit_label="Discard",
        cancel_url=row.get_absolute_url(),
    )
