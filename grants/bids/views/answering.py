"""The questions of a section: saved as drafts, and never one person's over another's."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import reverse

from carefund.core import clock
from carefund.core.access import permitted_on_object
from carefund.core.errors import Refused
from carefund.questions.answers import Checked
from carefund.questions.forms.section import Posted, SectionForm

from .. import history, queries
from ..actions import Conflict, save_answers
from ..forms import ConflictForm
from ..forms.conflict import sealed
from ..rules import access_bid
from ..uploads import keeper


@permitted_on_object("bids.edit")
def section(request, reference, key):
    bid = access_bid(request.user, reference, "bids.edit")
    form, part = _section(bid, key)
    if request.method == "POST":
        return _save(request, bid, form, part)
    if bid.state != "draft":
        return redirect(f"{reverse('bids:check', args=[bid.reference])}#section-{key}")
    return _show(request, bid, form, part)


def _section(bid, key):
    form = queries.form_of(bid)
    try:
        return form, form.section(key)
    except KeyError as error:
        raise Http404 from error


def _show(request, bid, form, part, typed=None):
    standing = queries.standing_answers(bid)
    answers = {key: answer.value for key, answer in standing.items()}
    section_form = typed or SectionForm(
        form,
        part,
        answers,
        revisions={key: answer.revision for key, answer in standing.items()},
        extra=request.GET.get("add", ""),
        find=(request.GET.get("find", ""), request.GET.get("words", "")),
    )
    saved = any(question.key in answers for question in part.questions)
    checked = Checked(form, answers)
    outstanding = [(q, checked.message(q)) for q in part.questions] if saved else []
    context = {
        "bid": bid,
        "section": part,
        "form": section_form,
        "last": queries.last_saved(part, standing),
        "outstanding": [{"key": q.key, "text": text} for q, text in outstanding if text],
        "position": form.sections.index(part) + 1,
        "sections": len(form.sections),
    }
    return render(request, "bids/section.html", context)


def _save(request, bid, form, part):
    typed = SectionForm(
        form,
        part,
        queries.answers_of(bid),
        posted=Posted.of(request.POST, request.FILES),
        files=keeper(bid, request.user),
    )
    if not typed.is_valid():
        return _show(request, bid, form, part, typed)
    try:
        save_answers(bid=bid, values=typed.values(), revisions=typed.revisions, by=request.user)
    except Conflict as conflict:
        seals = [sealed(clash) for clash in conflict.clashes]
        return _show_conflict(request, bid, part, ConflictForm(form, seals))
    except Refused as error:
        typed.refused = error.message
        return _show(request, bid, form, part, typed)
    return _go_on(request, bid, form, part)


def _go_on(request, bid, form, part):
    here = reverse("bids:section", args=[bid.reference, part.key])
    if searched := SectionForm.searched(part, request.POST):
        return redirect(f"{here}?{urlencode(searched)}#question-{searched['find']}")
    if added := request.POST.get("add"):
        return redirect(f"{here}?add={added}#question-{added}")
    if "remove" in request.POST:
        return redirect(f"{here}#question-{request.POST['remove'].partition(':')[0]}")
    messages.success(request, f"“{part.title}” saved {history.moment(clock.now())}.")
    following = form.sections[form.sections.index(part) + 1 :]
    if "later" in request.POST or not following:
        return redirect("bids:task_list", bid.reference)
    return redirect("bids:section", bid.reference, following[0].key)


def _show_conflict(request, bid, part, conflict_form):
    context = {"bid": bid, "section": part, "form": conflict_form, "by": request.user}
    return render(request, "bids/conflict.html", context, status=409)


@permitted_on_object("bids.edit")
def resolve(request, reference, key):
    """Both answers were shown; what was chosen is saved, unless somebody saved yet again."""
    bid = access_bid(request.user, reference, "bids.edit")
    form, part = _section(bid, key)
    if request.method != "POST":
        return redirect("bids:section", bid.reference, key)
    try:
        chosen = ConflictForm(form, request.POST.getlist("clash"), request.POST)
    except (signing.BadSignature, KeyError):
        return HttpResponseBadRequest("This was not written by the service.")
    if not chosen.is_valid():
        return _show_conflict(request, bid, part, chosen)
    try:
        save_answers(bid=bid, values=chosen.values(), revisions=chosen.revisions(), by=request.user)
    except Conflict as conflict:
        seals = [sealed(clash) for clash in conflict.clashes]
        return _show_conflict(request, bid, part, ConflictForm(form, seals))
    except Refused as error:
        chosen.add_error(None, error.message)
        return _show_conflict(request, bid, part, chosen)
    messages.success(request, "What you chose to keep was saved.")
    return redirect("bids:section", bid.reference, key)
