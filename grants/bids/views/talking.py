"""What colleagues say about a question, what was saved for it, and the notes of the authority."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseBadRequest
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from carefund.core.access import permitted_on_object
from carefund.core.errors import Refused
from carefund.core.outcomes import form_page, sent
from carefund.core.paths import path_to

from .. import actions, colleagues, queries
from ..forms import CommentForm, HolderForm, NoteForm
from ..forms.talking import NOBODY
from ..rules import access_bid, steps_for


def _question_of(bid, key):
    form = queries.form_of(bid)
    try:
        asked = form.question(key)
    except KeyError as error:
        raise Http404 from error
    section = next(one for one in form.sections if asked in one.questions)
    return section, asked


@permitted_on_object("bids.read_comments")
def question(request, reference, key):
    """The comments on a question and every text that was saved for it."""
    bid = access_bid(request.user, reference, "bids.read_comments")
    section, asked = _question_of(bid, key)
    may_write = request.user.has_perm("bids.comment", bid)
    if request.method == "POST":
        access_bid(request.user, reference, "bids.comment")
    others = [one for one in colleagues.colleagues_of(bid) if one != request.user]
    here = path_to("bids:question", bid.reference, key)
    standing = queries.standing_answers(bid).get(key)
    return form_page(
        request,
        sent(request, CommentForm, colleagues=others),
        do=lambda form: actions.comment(
            bid=bid,
            question=key,
            text=form.cleaned_data["text"],
            to=form.to,
            by=request.user,
        ),
        to=f"{here}#comments",
        done="Your comment was added.",
        template="bids/question.html",
        bid=bid,
        section=section,
        question=asked,
        comments=colleagues.comments_on(bid, key),
        versions=colleagues.versions_of(bid, asked),
        current=standing.revision if standing else 0,
        may_write=may_write,
        may_edit=steps_for(request.user, bid)["edit"],
    )


@permitted_on_object("bids.edit")
@require_POST
def use(request, reference, key):
    """Make an earlier text the answer again; what stands now stays among the versions."""
    bid = access_bid(request.user, reference, "bids.edit")
    _question_of(bid, key)
    version = colleagues.version_of(bid, key, request.POST.get("version", ""))
    if version is None:
        return HttpResponseBadRequest("There is no such version of this answer.")
    standing = queries.standing_answers(bid).get(key)
    seen = request.POST.get("seen", "")
    revision = int(seen) if seen.isdecimal() and len(seen) <= len("999999999") else 0
    try:
        actions.save_answers(
            bid=bid, values={key: version.value}, revisions={key: revision}, by=request.user
        )
    except actions.Conflict:
        who = standing.saved_by or "The system" if standing else "Somebody"
        messages.error(request, f"{who} saved this answer just now. Look at it first.")
    except Refused as error:
        messages.error(request, error.message)
    else:
        messages.success(request, "The earlier text is the answer again. Nothing was lost.")
    return redirect("bids:question", bid.reference, key)


@permitted_on_object("bids.read_notes")
def notes(request, reference):
    """Notes that stay in the organisation."""
    bid = access_bid(request.user, reference, "bids.read_notes")
    if request.method == "POST":
        access_bid(request.user, reference, "bids.write_note")
    rows = bid.notes.select_related("by").order_by("-pk")
    return form_page(
        request,
        sent(request, NoteForm),
        do=lambda form: actions.write_note(
            bid=bid, text=form.cleaned_data["text"], by=request.user
        ),
        to=path_to("bids:notes", bid.reference),
        done="Your note was added.",
        template="bids/notes.html",
        bid=bid,
        page_obj=Paginator(rows, 50).get_page(request.GET.get("page")),
        may_write=request.user.has_perm("bids.write_note", bid),
    )


@permitted_on_object("bids.prepare")
def give(request, reference, key):
    """Give a section to a colleague."""
    bid = access_bid(request.user, reference, "bids.prepare")
    try:
        section = queries.form_of(bid).section(key)
    except KeyError as error:
        raise Http404 from error
    holder = colleagues.holders_of(bid).get(key)
    back = path_to("bids:task_list", bid.reference)
    initial = {"person": str(holder.person_id) if holder else NOBODY}
    return form_page(
        request,
        sent(request, HolderForm, writers=colleagues.writers_of(bid), initial=initial),
        do=lambda form: (
            actions.give_section(bid=bid, section=key, to=form.person, by=request.user) or True
        ),
        to=back,
        done=f"“{section.title}” was given as you chose.",
        heading=f"Who sees to “{section.title}”?",
        caption=bid.title,
        submit_label="Save",
        cancel_url=back,
    )
