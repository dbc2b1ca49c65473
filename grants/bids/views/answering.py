"""The questions of a section: saved as drafts, and never one person's over another's."""

from http import HTTPStatus
from urllib.parse import urlencode

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.crypto import get_random_string

from carefund.core import clock
from carefund.core.access import permitted_on_object
from carefund.core.errors import Refused
from carefund.core.paths import path_to
from carefund.questions.answers import Checked
from carefund.questions.forms.section import Posted, SectionForm

from .. import colleagues, history, queries
from ..actions import Conflict, be_in_section, keep_late, save_answers
from ..forms import ConflictForm
from ..forms.conflict import sealed
from ..rules import access_bid, access_to_answer
from ..uploads import keeper

PAGE_NAME = 22
LATE = (
    "The form was corrected while you were typing. What it no longer asks was kept here; "
    "check the rest of the section."
)


@permitted_on_object("bids.edit")
def section(request, reference, key):
    door = access_to_answer if request.method == "POST" else access_bid
    bid = door(request.user, reference, "bids.edit")
    if request.method == "POST" and (reply := _kept_late(request, bid, key)):
        return reply
    form, part = section_of(bid, key)
    if request.method == "POST":
        return _save(request, bid, form, part)
    if bid.state != "draft":
        return redirect(f"{path_to('bids:check', bid.reference)}#section-{key}")
    be_in_section(bid=bid, section=key, by=request.user)
    return _show(request, bid, form, part)


def _kept_late(request, bid, key):
    """The reply to a person who typed into what a corrected form no longer asks; else None.

    What they typed is set aside; what the form still asks is saved as always.
    """
    older = queries.older_form(bid, request.POST.get("form-version", ""))
    form = queries.read_form(older, bid.call) if older and bid.state == "draft" else None
    part = next((one for one in form.sections if one.key == key), None) if form else None
    if part is None:
        return None
    now = queries.form_of(bid)
    typed = typed_in(request, bid, form, part)
    lost = queries.lost_between(form, now)
    values = typed.values(lost) if typed.is_valid() else {}
    if not keep_late(bid=bid, older=older, values=values, by=request.user):
        return None
    messages.warning(request, LATE)
    here = next((one for one in now.sections if one.key == key), None)
    reply = _save(request, bid, now, here) if here else None
    if reply is None or reply.status_code == HTTPStatus.FOUND:
        return redirect("bids:form_changes", bid.reference)
    return reply


def typed_in(request, bid, form, part, kept=None):
    """What was typed; `kept` are the answers that stand, where they were just read."""
    kept = queries.kept_answers(bid) if kept is None else kept
    answers = {key: answer.value for key, answer in kept.items()}
    posted = Posted.of(request.POST, request.FILES)
    return SectionForm(form, part, answers, posted=posted, files=keeper(bid, request.user))


def section_of(bid, key):
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
        "others": colleagues.others_in(bid, part.key, request.user),
        "holder": colleagues.holders_of(bid).get(part.key),
        "returned": bid.section_returns.filter(section=part.key, settled_at=None).first(),
        "page": page_of(request),
    }
    _lead_to_talk(request, bid, section_form)
    return render(request, "bids/section.html", context)


def page_of(request):
    """The name of this opened page: what was saved from it before never clashes with it."""
    sent = request.POST.get("page", "")
    return sent if sent.isalnum() and len(sent) <= PAGE_NAME else get_random_string(PAGE_NAME)


def _lead_to_talk(request, bid, section_form):
    """From each question to what was said about it and to its earlier versions."""
    if not request.user.has_perm("bids.read_comments", bid):
        return
    counts = colleagues.talk_of(bid)
    for entry in section_form.entries:
        if not entry.question.type.is_computed:
            number = counts.get(entry.question.key, 0)
            entry.talk = {
                "href": path_to("bids:question", bid.reference, entry.question.key),
                "text": f"Comments ({number}) and earlier versions",
            }


def _save(request, bid, form, part):
    kept = queries.kept_answers(bid)
    typed = typed_in(request, bid, form, part, kept)
    if not typed.is_valid():
        return _show(request, bid, form, part, typed)
    try:
        save_answers(
            bid=bid,
            values=typed.values(),
            revisions=typed.revisions,
            page=page_of(request),
            seen=kept,
            leaves="" if _stays(request, part) else part.key,
            by=request.user,
        )
    except Conflict as conflict:
        seals = [sealed(clash) for clash in conflict.clashes]
        return _show_conflict(request, bid, part, ConflictForm(form, seals))
    except Refused as error:
        typed.refused = error.message
        return _show(request, bid, form, part, typed)
    return _go_on(request, bid, form, part)


def _stays(request, part):
    """Whether the person goes on in this section: for a row more or less, or to search."""
    asked = "remove" in request.POST or request.POST.get("add")
    return bool(asked or SectionForm.searched(part, request.POST))


def _go_on(request, bid, form, part):
    here = path_to("bids:section", bid.reference, part.key)
    if searched := SectionForm.searched(part, request.POST):
        return redirect(f"{here}?{urlencode(searched)}#question-{searched['find']}")
    if added := request.POST.get("add"):
        return redirect(f"{here}?add={added}#question-{added}")
    if "remove" in request.POST:
        return redirect(f"{here}#question-{request.POST['remove'].partition(':')[0]}")
    messages.success(request, f"“{part.title}” saved {history.moment(clock.now())}.")
    following = form.sections[form.sections.index(part) + 1 :]
    if "later" in request.POST or not following:
        return HttpResponseRedirect(path_to("bids:task_list", bid.reference))
    return HttpResponseRedirect(path_to("bids:section", bid.reference, following[0].key))


def _show_conflict(request, bid, part, conflict_form):
    context = {"bid": bid, "section": part, "form": conflict_form, "by": request.user}
    return render(request, "bids/conflict.html", context, status=409)


@permitted_on_object("bids.edit")
def resolve(request, reference, key):
    """Both answers were shown; what was chosen is saved, unless somebody saved yet again."""
    bid = access_bid(request.user, reference, "bids.edit")
    form, part = section_of(bid, key)
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
